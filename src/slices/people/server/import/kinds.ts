import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { checkEducation, EDUCATION, EDUCATION_LEVELS } from '../../import/check-education.ts';
import { checkPeople, PEOPLE } from '../../import/check-people.ts';
import { checkPerformance, PERFORMANCE } from '../../import/check-performance.ts';
import { predicateName } from '../../performance.ts';
import { checkUnits, UNITS } from '../../import/check-units.ts';
import { applyPeople } from './apply-people.ts';
import { applyUnits, refreshHeads } from './apply-units.ts';
import { comparePeople } from './compare-people.ts';
import { compareUnits } from './compare-units.ts';
import { addImportKind, type Applied, type ImportKind, type Undone } from './kind.ts';
import { refuseCorrectedSince, settleCorrections, unsettleCorrections } from './kept-corrections.ts';
import { knownUnits } from './known-units.ts';
import { postsKind } from './posts-kind.ts';
import { recordKind } from './record-kind.ts';
import { dependantsOfPeople, undoPeople } from './undo-people.ts';
import { dependantsOfUnits, undoUnits } from './undo-units.ts';

const fieldLabel = (field: string): string => `people.import.field.${field}`;

const unitsKind: ImportKind = {
	shape: UNITS,
	label: 'people.import.kind.units',
	fieldLabel,
	check: async (sheet, { tx, agencyId }) => checkUnits(sheet, await knownUnits(tx, agencyId)),
	compare: compareUnits,
	apply: async (tx, applied, progress) => {
		await progress(0, 1);
		await applyUnits(tx, applied);
		await refreshStatistics(tx, 'people.unit');
		await refreshHeads(tx, applied.agencyId);
		await progress(1, 1);
	},
	dependants: dependantsOfUnits,
	undo: async (tx, undone) => {
		await undoUnits(tx, undone);
		await refreshHeads(tx, undone.agencyId);
	},
	subjects: sql`(select u.id, u.name || coalesce(' · ' || u.code, '') as label, u.agency_id, '/people/unit/' || u.id as href from people.unit u)`,
	expected: sql`(select u.id, u.name || coalesce(' · ' || u.code, '') as label, u.agency_id, '/people/unit/' || u.id as href
		from people.unit u where u.valid_to is null)`
};

const peopleKind: ImportKind = {
	shape: PEOPLE,
	label: 'people.import.kind.people',
	fieldLabel,
	check: async (sheet, { tx, agencyId, today }) =>
		checkPeople(sheet, { today, units: await knownUnits(tx, agencyId) }),
	compare: comparePeople,
	apply: async (tx, applied, progress) => {
		await applyPeople(tx, applied, progress);
		await refuseCorrectedSince(tx, applied);
		await settleCorrections(tx, applied);
		// Before 1,095 heads are looked up among 14,351 posts that the planner takes for none: 6.6 s.
		await refreshStatistics(tx, 'people.person', 'people.posting');
		await refreshHeads(tx, applied.agencyId);
	},
	dependants: dependantsOfPeople,
	undo: async (tx, undone) => {
		await undoPeople(tx, undone);
		await unsettleCorrections(tx, undone);
		await refreshHeads(tx, undone.agencyId);
	},
	subjects: sql`(select p.id, p.name || coalesce(' · ' || p.nip, '') as label, p.agency_id, '/people/' || p.id as href from people.person p)`,
	expected: sql`(select p.id, p.name || coalesce(' · ' || p.nip, '') as label, p.agency_id, '/people/' || p.id as href
		from people.person p where p.active and p.employment_kind <> 'OFFICIAL')`
};

/** Entries of education; the highest becomes what is shown of the person where it is higher than what was known. */
const educationKind = recordKind({
	shape: EDUCATION,
	label: 'people.import.kind.education',
	fieldLabel,
	check: (sheet, { today }) => checkEducation(sheet, { today }),
	table: 'people.education',
	fields: [
		{ name: 'level', type: 'text', from: ['tingkat_pendidikan_nama'] },
		{ name: 'study', type: 'text', from: ['pendidikan_nama'] },
		{ name: 'graduated', type: 'smallint', from: ['tahun_lulus'] }
	],
	identity: ['level', 'study'],
	// One studies a subject to its end in a year once: another level of it is a correction.
	alike: ['study', 'graduated'],
	write: {
		insert: (rows) => sql`insert into people.education ${rows}`,
		update: (rows) => sql`update people.education t ${rows}`,
		remove: (rows) => sql`delete from people.education t ${rows}`
	},
	afterApply: raiseEducation,
	beforeUndo: lowerEducation
});

const rank = (level: ReturnType<typeof sql.ref>) =>
	sql`coalesce(array_position(${[...EDUCATION_LEVELS]}::text[], ${level}), 0)`;

async function raiseEducation(tx: Tx, { agencyId, importId }: Applied): Promise<void> {
	await sql`with highest as materialized (
			select distinct on (d.person_id) d.person_id, d.level, ir.row_number
			from people.import_row ir cross join lateral jsonb_to_record(ir.data) as d(person_id uuid, level text)
			where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('new', 'changed')
			order by d.person_id, ${rank(sql.ref('d.level'))} desc
		), raised as materialized (
			select h.*, p.education_level as was from highest h join people.person p on p.agency_id = ${agencyId} and p.id = h.person_id
			where ${rank(sql.ref('h.level'))} > ${rank(sql.ref('p.education_level'))} and not exists (
				-- What a verifier found wrong about the person does not come back by way of an entry.
				select from people.correction c where c.agency_id = p.agency_id and c.person_id = p.id and c.field = 'education_level'
					and c.status = 'approved' and c.settled_import_id is null and lower(c.current) = lower(h.level)
					and lower(c.proposed) = lower(p.education_level))
		), noted as (
			update people.import_row ir set before = coalesce(ir.before, '{}') || jsonb_build_object('person', raised.person_id, 'was', raised.was, 'now', raised.level)
			from raised where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.row_number = raised.row_number
		)
		update people.person p set education_level = raised.level from raised
		where p.agency_id = ${agencyId} and p.id = raised.person_id`.execute(tx);
}

async function lowerEducation(tx: Tx, { agencyId, importId }: Undone): Promise<void> {
	await sql`update people.person p set education_level = ir.before ->> 'was' from people.import_row ir
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.before ? 'person'
			and p.agency_id = ${agencyId} and p.id = (ir.before ->> 'person')::uuid and p.education_level = ir.before ->> 'now'`.execute(
		tx
	);
}

const performanceKind = recordKind({
	shape: PERFORMANCE,
	label: 'people.import.kind.performance',
	fieldLabel,
	shown: (field, value) => (field === 'predicate' ? predicateName(value) : value),
	check: (sheet, { today }) => checkPerformance(sheet, { today }),
	table: 'people.performance_rating',
	fields: [
		{ name: 'year', type: 'smallint', from: ['tahun'] },
		{ name: 'period', type: 'text', from: ['periode', 'tahun'] },
		{ name: 'work', type: 'smallint', from: ['hasil_kerja'] },
		{ name: 'behaviour', type: 'smallint', from: ['perilaku'] },
		{ name: 'predicate', type: 'smallint', from: ['predikat', 'tahun'] }
	],
	identity: ['year', 'period'],
	write: {
		insert: (rows) => sql`insert into people.performance_rating ${rows}`,
		update: (rows) => sql`update people.performance_rating t ${rows}`,
		remove: (rows) => sql`delete from people.performance_rating t ${rows}`
	}
});

/** The kinds of this room, in the order in which an agency brings them. */
for (const kind of [unitsKind, peopleKind, postsKind, educationKind, performanceKind]) addImportKind(kind);
