import type pg from 'pg';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';

/** At most `max` failures under `key`, forgotten when nothing was tried for `seconds`. */
export type Limit = { key: string; max: number; seconds: number };

/**
 * Limits of one kind of guessing. An office of hundreds sits behind one address, so an address alone is stopped late;
 * one account from one address early; one account from everywhere in between, so that many addresses do not help.
 */
export const limitsOf = (scope: 'sign-in' | 'code' | 'password', name: string, address: string): Limit[] => [
	{ key: `${scope}|${name}|${address}`, max: 5, seconds: 300 },
	{ key: `${scope}|${name}`, max: 30, seconds: 900 },
	{ key: `${scope}||${address}`, max: 200, seconds: 300 }
];

/**
 * Counts a try before it is made, so that a hundred at once are counted too; `forgive` takes it back when it was right.
 * Refuses (tooOften, with the minutes to wait) beyond a limit; a refused try does not make the wait longer.
 */
export async function countTry(pool: pg.Pool, limits: readonly Limit[], now: number): Promise<void> {
	let wait = 0;
	for (const { key, max, seconds } of limits) {
		const { rows } = await pool.query<{ count: number; last: string }>(
			`insert into auth.rate_limit as r (id, key, count, last_request) values ($1, $2, 1, $4::bigint)
			on conflict (key) do update set
				count = case when r.last_request <= $4::bigint - $5::bigint then 1 else least(r.count, $3::int) + 1 end,
				last_request = case when r.count >= $3::int and r.last_request > $4::bigint - $5::bigint then r.last_request else $4::bigint end
			returning count, last_request as last`,
			[newId(), key, max, now, seconds * 1000]
		);
		const line = rows[0];
		if (line && line.count > max) wait = Math.max(wait, Number(line.last) + seconds * 1000 - now);
	}
	if (wait > 0) throw new AppError('tooOften', 'auth.tooOften', { minutes: Math.ceil(wait / 60_000) });
}

/** The try was right: the account starts anew, the address gets its one try back. Long-forgotten lines go with it. */
export async function forgive(pool: pg.Pool, limits: readonly Limit[], now: number): Promise<void> {
	const keys = limits.map((limit) => limit.key);
	await pool.query('delete from auth.rate_limit where key = any($1) or last_request < $2', [
		keys.slice(0, 2),
		now - 3_600_000
	]);
	await pool.query('update auth.rate_limit set count = greatest(count - 1, 0) where key = any($1)', [
		keys.slice(2)
	]);
}
