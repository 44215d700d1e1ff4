import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/make/database.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
beforeAll(async () => {
	scratch = await testDatabase();
	owner = new pg.Pool({ connectionString: scratch.url, max: 1 });
});
afterAll(async () => {
	await owner.end();
	await scratch.drop();
});

describe('quiet hours', () => {
	const after = async (at: string, zone: string, from: number, to: number) =>
		(
			await owner.query<{ at: Date }>('select notices.after_quiet($1::timestamptz, $2, $3, $4) as at', [
				at,
				zone,
				from,
				to
			])
		).rows[0]?.at.toISOString();

	test.each([
		// Past midnight: before it the next day's morning, after it the same day's.
		['2027-03-09T19:59:59+07:00', 'Asia/Jakarta', 20, 6, '2027-03-09T19:59:59+07:00'],
		['2027-03-09T20:00:00+07:00', 'Asia/Jakarta', 20, 6, '2027-03-10T06:00:00+07:00'],
		['2027-03-10T00:00:00+07:00', 'Asia/Jakarta', 20, 6, '2027-03-10T06:00:00+07:00'],
		['2027-03-10T05:59:00+07:00', 'Asia/Jakarta', 20, 6, '2027-03-10T06:00:00+07:00'],
		['2027-03-10T06:00:00+07:00', 'Asia/Jakarta', 20, 6, '2027-03-10T06:00:00+07:00'],
		// The same instant is still evening in WIB, and already night in WITA and WIT.
		['2027-03-09T19:30:00+07:00', 'Asia/Makassar', 20, 6, '2027-03-10T06:00:00+08:00'],
		['2027-03-09T19:30:00+07:00', 'Asia/Jayapura', 20, 6, '2027-03-10T06:00:00+09:00'],
		['2027-03-10T04:30:00+07:00', 'Asia/Jayapura', 20, 6, '2027-03-10T06:30:00+09:00'],
		// Within a day, to midnight, from midnight, and none at all.
		['2027-03-09T12:30:00+07:00', 'Asia/Jakarta', 12, 14, '2027-03-09T14:00:00+07:00'],
		['2027-03-09T14:00:00+07:00', 'Asia/Jakarta', 12, 14, '2027-03-09T14:00:00+07:00'],
		['2027-03-09T23:10:00+07:00', 'Asia/Jakarta', 22, 0, '2027-03-10T00:00:00+07:00'],
		['2027-03-09T00:10:00+07:00', 'Asia/Jakarta', 0, 5, '2027-03-09T05:00:00+07:00'],
		['2027-03-09T23:10:00+07:00', 'Asia/Jakarta', 8, 8, '2027-03-09T23:10:00+07:00'],
		// The last evening of a year.
		['2027-12-31T22:00:00+07:00', 'Asia/Jakarta', 20, 6, '2028-01-01T06:00:00+07:00']
	])('%s in %s, quiet %d to %d: %s', async (at, zone, from, to, expected) => {
		expect(await after(at, zone, from, to)).toBe(new Date(expected).toISOString());
	});
});
