import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { Dependant, Undone } from './kind.ts';

/** Room by room, how many rows refer to what the import made. `beside`: tables that undoing empties itself. */
export async function referringRows(
	tx: Tx,
	{ agencyId, importId }: Undone,
	target: string,
	beside: readonly string[]
): Promise<Dependant[]> {
	const { rows } = await sql<{ room: string; many: number }>`
		select split_part(place, '.', 1) as room, sum(many)::int as many
		from people.import_dependants(${agencyId}::uuid, ${importId}::uuid, ${target}::regclass, ${[...ALWAYS_BESIDE, ...beside]}::text[])
		group by 1 order by 1`.execute(tx);
	return rows.map(({ room, many }) => ({ code: `people.import.depends.${room}`, params: { count: many } }));
}

/** Follow from people and units by themselves; `people.import_forget` takes them away. */
const ALWAYS_BESIDE = ['people.standing', 'people.headship', 'people.unit_version'];

/** Later imports that wrote the same things: each is named, newest first, and has to be undone before. */
export async function laterImports(tx: Tx, { agencyId, importId, appliedAt }: Undone): Promise<Dependant[]> {
	const { rows } = await sql<{ file: string; many: number }>`
		select i.file_name as file, count(*)::int as many
		from people.import i
		join people.import_row later on later.agency_id = i.agency_id and later.import_id = i.id and later.outcome in ('new', 'changed')
		join people.import_row own on own.agency_id = i.agency_id and own.import_id = ${importId}
			and own.subject_id = later.subject_id and own.outcome in ('new', 'changed')
		where i.agency_id = ${agencyId} and i.status = 'applied' and i.applied_at >= ${appliedAt} and i.id <> ${importId}
		group by i.id, i.file_name, i.applied_at order by i.applied_at desc`.execute(tx);
	return rows.map(({ file, many }) => ({
		code: 'people.import.depends.laterImport',
		params: { file, count: many }
	}));
}

export const some = (code: string, count: number): Dependant[] =>
	count > 0 ? [{ code, params: { count } }] : [];
