import pg from 'pg';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import type { Db } from '#platform/db/db.ts';
import { run, type RunOptions } from '#platform/work/run.ts';
import type { Command } from '#platform/work/command.ts';
import type { z } from 'zod';
import { testDatabase } from './database.ts';

const UNITS = {
	kota: { parent: null, path: 'kota', head: null },
	bkpsdm: { parent: 'kota', path: 'kota.bkpsdm', head: 'officer' },
	marelan: { parent: 'kota', path: 'kota.marelan', head: 'camat' },
	pelayanan: { parent: 'marelan', path: 'kota.marelan.pelayanan', head: 'kasi' },
	plaju: { parent: 'kota', path: 'kota.plaju', head: 'stranger' }
} as const;

export type UnitKey = keyof typeof UNITS;

const STAFF: Record<string, UnitKey> = {
	officer: 'bkpsdm',
	trainer: 'bkpsdm',
	coach: 'bkpsdm',
	camat: 'marelan',
	kasi: 'pelayanan',
	stranger: 'plaju',
	...Object.fromEntries(
		['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'].map((name) => [name, 'pelayanan'] as const)
	)
};

/**
 * A small agency to test rooms in: five units with heads, twelve people, one competency with a measured gap, and one
 * program in force that raises it. `as` makes an actor of one of them; `does` runs a command, `sees` a query.
 */
export async function town() {
	const base = await testDatabase();
	const owner = new pg.Pool({ connectionString: base.url, max: 2 });
	const agencyId = newId();
	const unit = idsOf<UnitKey>(Object.keys(UNITS).filter((key): key is UnitKey => key in UNITS));
	const person = idsOf(Object.keys(STAFF));
	const nip: Record<string, string> = {};

	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Pemerintah Kota Uji', 'Uji', 'Asia/Jakarta')`,
		[agencyId, `uji-${agencyId.slice(-12)}`]
	);
	for (const [key, facts] of Object.entries(UNITS))
		await owner.query(
			`insert into people.unit (agency_id, id, name, kind, parent_id, label, path, valid_from) values ($1, $2, $3, 'dinas', $4, $5, $6, '2020-01-01')`,
			[
				agencyId,
				idOf(unit, key),
				`Unit ${key}`,
				facts.parent === null ? null : unit[facts.parent],
				key,
				facts.path
			]
		);
	let serial = 1;
	for (const [name, at] of Object.entries(STAFF)) {
		nip[name] = `19850312201001${String(1000 + serial++)}`;
		await owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, $4, 'female', 'PNS')`,
			[agencyId, idOf(person, name), nip[name], name]
		);
		await owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, $5, 'general', '06', '2020-01-01')`,
			[
				agencyId,
				newId(),
				idOf(person, name),
				unit[at],
				name === 'trainer' ? 'Widyaiswara Ahli Muda' : 'Pengadministrasi'
			]
		);
	}
	for (const [key, { head }] of Object.entries(UNITS))
		if (head !== null)
			await owner.query('update people.unit set head_person_id = $3 where agency_id = $1 and id = $2', [
				agencyId,
				idOf(unit, key),
				idOf(person, head)
			]);
	await owner.query('select people.refresh_leaders($1)', [agencyId]);

	const need = await measuredNeed(owner, agencyId, unit.pelayanan, [
		idOf(person, 'ani'),
		idOf(person, 'budi'),
		idOf(person, 'citra')
	]);

	return {
		...base,
		owner,
		agencyId,
		unit,
		need,
		/** id of a person by name */
		who: (name: string) => idOf(person, name),
		nip: (name: string) => nip[name] ?? '',
		as: (name: string, abilities: readonly Ability[] = [], at: string = pathOf(name)): Actor => ({
			agencyId,
			accountId: `account-${name}`,
			personId: idOf(person, name),
			name,
			unitPath: pathOf(name),
			hat: null,
			grants: abilities.map((ability) => ({ ability, unitPath: at }))
		}),
		does: <Shape extends z.ZodType, Answer>(
			actor: Actor,
			work: Command<Shape, Answer>,
			input: unknown,
			options: Partial<RunOptions> = {}
		): Promise<Answer> => run(work, { actor, input, kysely: base.db, ...options }),
		sees: <T>(read: (db: Db) => Promise<T>): Promise<T> => reading(agencyId, read, base.db),
		close: async () => {
			await owner.end();
			await base.drop();
		}
	};
}

const pathOf = (name: string): string => UNITS[STAFF[name] ?? 'kota'].path;

function idsOf<Key extends string>(keys: readonly Key[]): Record<Key, string> {
	// Every key gets an id, so the record is complete.
	return Object.fromEntries(keys.map((key) => [key, newId()])) as Record<Key, string>;
}

function idOf(ids: Record<string, string>, key: string): string {
	const id = ids[key];
	if (id === undefined) throw new Error(`nobody is called ${key}`);
	return id;
}

/** One competency, a closed campaign in which these people lack two levels of it, and a program of 20 JP that raises it to 3. */
async function measuredNeed(owner: pg.Pool, agencyId: string, unitId: string, people: readonly string[]) {
	const need = {
		competencyId: newId(),
		otherCompetencyId: newId(),
		campaignId: newId(),
		programId: newId(),
		otherProgramId: newId(),
		versionId: newId(),
		moduleId: newId()
	};
	const dictionaryId = newId();
	await owner.query(
		`insert into competencies.dictionary (agency_id, id, name, legal_basis, valid_from) values ($1, $2, 'Kamus', 'uji', '2020-01-01')`,
		[agencyId, dictionaryId]
	);
	for (const [index, id] of [need.competencyId, need.otherCompetencyId].entries())
		await owner.query(
			`insert into competencies.competency (agency_id, id, dictionary_id, code, family, name, name_en, definition, sort)
			values ($1, $2, $3, $4, 'managerial', $5, $5, '', $6)`,
			[agencyId, id, dictionaryId, `M.0${index + 1}`, `Kompetensi ${index + 1}`, index]
		);
	await owner.query(
		`insert into competencies.edition (agency_id, dictionary_id, competency_id, code, family, name, name_en, definition, sort)
		select agency_id, dictionary_id, id, code, family, name, name_en, definition, sort from competencies.competency where agency_id = $1`,
		[agencyId]
	);
	await owner.query(`update competencies.dictionary set status = 'in_force' where agency_id = $1`, [
		agencyId
	]);
	await owner.query(
		`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
		values ($1, $2, 'AKPK', 2027, 'closed', '2026-03-01', '2026-05-31', 'uji', '2026-03-01')`,
		[agencyId, need.campaignId]
	);
	for (const personId of people) {
		await owner.query(
			`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level) values ($1, $2, $3, $4, '06')`,
			[agencyId, need.campaignId, personId, unitId]
		);
		await owner.query(
			`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level) values ($1, $2, $3, $4, $5, 3, 1)`,
			[agencyId, need.campaignId, personId, need.competencyId, unitId]
		);
	}
	for (const [id, code] of [
		[need.programId, 'PPP'],
		[need.otherProgramId, 'LAIN']
	])
		await owner.query(
			`insert into programs.program (agency_id, id, code, name, form, created_by, created_at) values ($1, $2, $3, $4, 'KL03', 'uji', '2026-01-01')`,
			[agencyId, id, code, `Program ${code}`]
		);
	for (const [versionId, programId] of [
		[need.versionId, need.programId],
		[newId(), need.otherProgramId]
	]) {
		await owner.query(
			`insert into programs.version (agency_id, id, program_id, number, status, created_by, created_at) values ($1, $2, $3, 1, 'draft', 'uji', '2026-01-01')`,
			[agencyId, versionId, programId]
		);
		await owner.query(
			`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode) values ($1, $2, $3, 1, 'Standar pelayanan', 20, 'class')`,
			[agencyId, versionId === need.versionId ? need.moduleId : newId(), versionId]
		);
		if (versionId === need.versionId)
			await owner.query(
				`insert into programs.outcome (agency_id, id, version_id, sort, statement, competency_id, level) values ($1, $2, $3, 1, 'Melayani antrean', $4, 3)`,
				[agencyId, newId(), versionId, need.competencyId]
			);
		await owner.query(
			`update programs.version set status = 'in_force', in_force_at = now() where agency_id = $1 and id = $2`,
			[agencyId, versionId]
		);
		await owner.query('update programs.program set version_id = $3 where agency_id = $1 and id = $2', [
			agencyId,
			programId,
			versionId
		]);
	}
	return need;
}
