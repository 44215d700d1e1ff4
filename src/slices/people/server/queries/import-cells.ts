import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '#platform/db/db.ts';
import { Problems, type ShownProblem } from './import-rows.ts';

export type CellRow = { row: number; cells: string[]; problems: ShownProblem[] };
const SLICE = 500;
const Cells = z.array(z.string());

/** Every row of a dry run as the file wrote it, in its order, slice by slice. The caller has asked `importSheet` first. */
export async function* importCells(db: Db, importId: string): AsyncGenerator<CellRow[]> {
	for (let after = 0; ;) {
		const { rows } = await sql<{ row: number; cells: unknown; problems: unknown }>`
			select r.row_number as row, (array_agg(r.cells order by r.part))[1] as cells,
				-- What is wrong with a whole row is said of each of its parts.
				(
					select jsonb_agg(once.p order by once.turn) from (
						select e.p, min(s.turn * 1000 + e.nth) as turn
						from unnest(array_agg(r.problems order by r.part)) with ordinality as s(list, turn)
						cross join jsonb_array_elements(s.list) with ordinality as e(p, nth) group by e.p
					) once
				) as problems
			from people.import_row r
			where r.agency_id = (select platform.current_agency()) and r.import_id = ${importId} and r.row_number > ${after}
			group by r.row_number order by r.row_number limit ${SLICE}`.execute(db);
		if (rows.length === 0) return;
		yield rows.map(({ row, cells, problems }) => ({
			row,
			cells: Cells.parse(cells ?? []),
			problems: Problems.parse(problems ?? [])
		}));
		after = rows.at(-1)?.row ?? after;
	}
}
