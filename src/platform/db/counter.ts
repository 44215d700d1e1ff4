import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from './db.ts';

/**
 * Takes `count` numbers of a yearly counter and answers the first; 0 takes none and answers the next. The counter's
 * row stays locked until the transaction ends, so numbers never repeat, and what is rolled back leaves no hole.
 */
export async function nextNumbers(
	tx: Tx,
	agencyId: string,
	name: string,
	year: number,
	count: number
): Promise<number> {
	const rows = await sql<{ value: number }>`
		insert into platform.counter (agency_id, name, year, value) values (${agencyId}, ${name}, ${year}, ${count})
		on conflict (agency_id, name, year) do update set value = platform.counter.value + ${count}
		returning value`.execute(tx);
	const last = rows.rows[0]?.value;
	if (last === undefined) throw refused('platform.work.conflict');
	return last - count + 1;
}
