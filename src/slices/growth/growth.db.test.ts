import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { unwish, wish } from './server/commands.ts';
import { dismissedBy, openGaps, suggestionsFor, wishesIn } from './server/queries.ts';

let it: Awaited<ReturnType<typeof graduation>>;
/** A program that closes Ani's second, smaller gap, and a longer one that does the same. */
let small = '';
let long = '';
beforeAll(async () => {
	it = await graduation();
	await lacks('ani', it.need.otherCompetencyId, 2, 1);
	// Measured and nothing missing: a reserve, not a gap.
	await lacks('dewi', it.need.competencyId, 3, 4);
	small = await aProgram('KECIL', 8, it.need.otherCompetencyId, 2);
	long = await aProgram('PANJANG', 40, it.need.otherCompetencyId, 2);
});
afterAll(() => it.close());

/** A measured level in the closed campaign. */
async function lacks(name: string, competencyId: string, required: number, level: number): Promise<void> {
	await it.owner.query(
		`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level) values ($1, $2, $3, $4, '06') on conflict do nothing`,
		[it.agencyId, it.need.campaignId, it.who(name), it.unit.pelayanan]
	);
	await it.owner.query(
		`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level) values ($1, $2, $3, $4, $5, $6, $7)`,
		[it.agencyId, it.need.campaignId, it.who(name), competencyId, it.unit.pelayanan, required, level]
	);
}

/** A program in force that raises a competency to a level. */
async function aProgram(code: string, hours: number, competencyId: string, level: number): Promise<string> {
	const [programId, versionId] = [newId(), newId()];
	const agency = it.agencyId;
	await it.owner.query(
		`insert into programs.program (agency_id, id, code, name, form, created_by, created_at) values ($1, $2, $3, $4, 'KL03', 'uji', '2026-01-01')`,
		[agency, programId, code, `Program ${code}`]
	);
	await it.owner.query(
		`insert into programs.version (agency_id, id, program_id, number, status, created_by, created_at) values ($1, $2, $3, 1, 'draft', 'uji', '2026-01-01')`,
		[agency, versionId, programId]
	);
	await it.owner.query(
		`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode) values ($1, $2, $3, 1, 'Isi', $4, 'class')`,
		[agency, newId(), versionId, hours]
	);
	await it.owner.query(
		`insert into programs.outcome (agency_id, id, version_id, sort, statement, competency_id, level) values ($1, $2, $3, 1, 'Mampu', $4, $5)`,
		[agency, newId(), versionId, competencyId, level]
	);
	await it.owner.query(
		`update programs.version set status = 'in_force', in_force_at = now() where agency_id = $1 and id = $2`,
		[agency, versionId]
	);
	await it.owner.query('update programs.program set version_id = $3 where agency_id = $1 and id = $2', [
		agency,
		programId,
		versionId
	]);
	return programId;
}

const next = (name: string) => it.sees((db) => suggestionsFor(db, it.who(name), it.today() || '2027-01-01'));
const codes = async (name: string) => (await next(name)).map(({ program }) => program.name);
const says = (
	name: string,
	status: 'wished' | 'dismissed',
	{ programId = it.need.programId, now = new Date(), reason = '' } = {}
) => it.does(it.as(name), wish, { programId, status, reason }, { now });

describe('next for you', () => {
	test('is the program that closes the largest gap, with the gap as its reason; then the shorter of two alike', async () => {
		const [first, ...others] = await next('ani');
		expect(first).toMatchObject({
			program: { programId: it.need.programId, learningHours: 20, nextClassId: null, wish: null },
			gap: {
				competencyId: it.need.competencyId,
				name: 'Kompetensi 1',
				required: 3,
				measured: 1,
				passedTo: null
			},
			remaining: 2,
			closes: 2
		});
		expect(others.map(({ program, remaining }) => [program.programId, remaining])).toEqual([
			[small, 1],
			[long, 1]
		]);
	});

	test('looks at one’s own gaps only: a colleague without the second gap is offered nothing for it', async () => {
		expect(await codes('budi')).toEqual(['Program PPP']);
	});

	test('is empty without a gap, and where nothing was ever measured', async () => {
		expect(await codes('dewi')).toEqual([]);
		expect(await it.sees((db) => openGaps(db, it.who('dewi')))).toEqual([]);
		expect(await codes('stranger')).toEqual([]);
	});

	test('a draft of a survey does not count yet, a newer answered one does', async () => {
		const campaignId = newId();
		await it.owner.query(
			`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
			values ($1, $2, 'AKPK 2028', 2028, 'draft', '2026-09-01', '2026-10-31', 'uji', '2026-09-01')`,
			[it.agencyId, campaignId]
		);
		await it.owner.query(
			`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level) values ($1, $2, $3, $4, '06')`,
			[it.agencyId, campaignId, it.who('citra'), it.unit.pelayanan]
		);
		await it.owner.query(
			`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level) values ($1, $2, $3, $4, $5, 3, 3)`,
			[it.agencyId, campaignId, it.who('citra'), it.need.competencyId, it.unit.pelayanan]
		);
		expect(await codes('citra')).toEqual(['Program PPP']);
		await it.owner.query(`update needs.campaign set status = 'closed' where id = $1`, [campaignId]);
		expect(await codes('citra')).toEqual([]);
	});

	test('names the next class that still takes people, and leaves out what one asked for; no again after failing', async () => {
		it.nextDay();
		const { classId } = await it.aClass();
		expect((await next('ani'))[0]?.program).toMatchObject({
			nextClassId: classId,
			nextStartsOn: it.today()
		});
		await it.asks('ani', classId);
		expect(await codes('ani')).toEqual(['Program KECIL', 'Program PANJANG']);
		await it.owner.query(`update classes.registration set status = 'failed' where class_id = $1`, [classId]);
		expect(await codes('ani')).toEqual(['Program PPP', 'Program KECIL', 'Program PANJANG']);
	});

	test('what was passed since then counts as reached until it is measured again, and the next gap comes up', async () => {
		it.nextDay();
		await it.over({ present: ['ani'] });
		expect(await codes('ani')).toEqual(['Program KECIL', 'Program PANJANG']);
		expect(await it.sees((db) => openGaps(db, it.who('ani')))).toMatchObject([
			{ competencyId: it.need.competencyId, measured: 1, passedTo: 3 },
			{ competencyId: it.need.otherCompetencyId, measured: 1, passedTo: null }
		]);
	});
});

describe('a wish', () => {
	const open = async (name: string) => {
		const { rows } = await it.owner.query<{ status: string }>(
			'select status from growth.wish where person_id = $1 and closed_at is null',
			[it.who(name)]
		);
		return rows.map(({ status }) => status);
	};

	test('is made once: again, and from two devices at once, one holds', async () => {
		await says('budi', 'wished');
		await says('budi', 'wished');
		expect(await open('budi')).toEqual(['wished']);
		const [early, late] = [new Date('2027-01-02T03:00:00.000Z'), new Date('2027-01-02T03:00:00.005Z')];
		await Promise.all([1, 2, 3, 4].map((n) => says('budi', 'wished', { now: n % 2 ? late : early })));
		expect(await open('budi')).toEqual(['wished']);
		expect((await next('budi'))[0]?.program.wish).toBe('wished');
	});

	test('that was put off is offered no more, until one takes it back', async () => {
		// The screen says which of the two was kept, and how to take it back.
		expect(await says('budi', 'dismissed', { reason: 'Anak masih kecil' })).toEqual({
			programId: it.need.programId,
			status: 'dismissed'
		});
		expect(await open('budi')).toEqual(['dismissed']);
		expect(await codes('budi')).toEqual([]);
		expect(await it.sees((db) => dismissedBy(db, it.who('budi')))).toMatchObject([
			{ programId: it.need.programId, reason: 'Anak masih kecil' }
		]);
		await it.does(it.as('budi'), unwish, { programId: it.need.programId });
		expect(await open('budi')).toEqual([]);
		expect(await codes('budi')).toEqual(['Program PPP']);
	});

	test('is one’s own: nobody else’s list changes by it', async () => {
		await says('budi', 'dismissed');
		expect(await open('eko')).toEqual([]);
		await it.does(it.as('eko'), unwish, { programId: it.need.programId });
		expect(await open('budi')).toEqual(['dismissed']);
		expect(await it.sees((db) => dismissedBy(db, it.who('eko')))).toEqual([]);
	});

	test('is read by who talks it over in the unit, and by no other unit', async () => {
		await says('fitri', 'wished', { programId: small, reason: 'Untuk loket baru' });
		const read = async (name: string, abilities: Parameters<typeof it.as>[1]) =>
			(await it.sees((db) => wishesIn(db, it.as(name, abilities)))).map((one) => [
				one.personName,
				one.reason
			]);
		expect(await read('kasi', ['growth.read'])).toEqual([['fitri', 'Untuk loket baru']]);
		expect(await read('stranger', ['growth.read'])).toEqual([]);
		expect(await read('budi', [])).toEqual([]);
	});

	test('for a program that does not exist, or by a machine, is no wish', async () => {
		await expect(says('eko', 'wished', { programId: newId() })).rejects.toMatchObject({ kind: 'missing' });
		const machine = { ...it.as('eko'), personId: null };
		await expect(
			it.does(machine, wish, { programId: it.need.programId, status: 'wished' })
		).rejects.toMatchObject({ kind: 'missing' });
		expect(await open('eko')).toEqual([]);
	});
});
