import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { fullName } from './model.ts';

export { readTable } from './import/read-table.ts';
export { applyFile, importFile } from './server/import-file.ts';
export { checkedRow, rowReader, type CheckedRow, type RowReader } from './import/problem.ts';
export { personLabel, readDate, readNipCell } from './import/read-cell.ts';
export type { Column, FileShape } from './import/shape.ts';
export type { Sheet } from './import/sheet.ts';
export { laterImports } from './server/import/dependants.ts';
export {
	addFollower,
	addImportKind,
	type Applied,
	type Checking,
	type ComparedRows,
	type Dependant,
	type Follower,
	type ImportKind,
	type Progress,
	type Undone
} from './server/import/kind.ts';
export { oneProblem } from './server/import/problem-sql.ts';
export { recordKind } from './server/import/record-kind.ts';
export { personByNip } from './server/queries/person-by-nip.ts';
export { turnDay } from './server/commands/turn-day.ts';
export { looksWritten } from './server/access-log.ts';
export { ownDataOf } from './server/queries/own-data.ts';
/** Which kecamatan adjoin, each pair once: who has a short way to a class elsewhere. */
export { adjoining } from './server/queries/neighbours.ts';
/** How many a unit's counter needs at least, by role, weekday and shift: what a scheduler must not undercut. */

export type StaffMember = {
	personId: string;
	name: string;
	nip: string | null;
	postTitle: string;
	postLevel: string;
	isHead: boolean;
	unitId: string;
	unitName: string;
	unitPath: string;
	supervisorId: string | null;
};

type StaffLine = StaffMember & { front_title: string | null; back_title: string | null };

const STAFF = sql`s.person_id as "personId", s.name, s.front_title, s.back_title, s.nip, s.post_title as "postTitle",
	s.post_level as "postLevel", s.is_head as "isHead", s.unit_id as "unitId", s.unit_name as "unitName",
	s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId"`;

const member = ({ front_title, back_title, name, ...line }: StaffLine): StaffMember => ({
	...line,
	name: fullName({ name, front_title, back_title })
});

/** Who works here, with unit and supervisor; null for somebody who left or has no post. Asks nobody's permission. */
export async function staffOf(db: Db, personId: string): Promise<StaffMember | null> {
	const { rows } = await sql<StaffLine>`select ${STAFF} from people.staff s
		where s.agency_id = (select platform.current_agency()) and s.person_id = ${personId}`.execute(db);
	return rows[0] ? member(rows[0]) : null;
}
