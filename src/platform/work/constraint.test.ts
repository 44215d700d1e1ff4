import pg from 'pg';
import { expect, test } from 'vitest';
import { constraintMeans, mended, roomsLoadBy } from './constraint.ts';

const met = (constraint: string) =>
	Object.assign(new pg.DatabaseError('duplicate key', 0, 'error'), { code: '23505', constraint });

test('a constraint is told in words, also when its room is loaded only now', async () => {
	let loads = 0;
	roomsLoadBy(() => {
		loads += 1;
		constraintMeans('edition_code', 'competencies.version.codeTaken');
		return Promise.resolve();
	});
	await expect(mended(met('edition_code'))).rejects.toMatchObject({ code: 'competencies.version.codeTaken' });
	await expect(mended(met('edition_code'))).rejects.toMatchObject({ kind: 'refused' });
	expect(loads).toBe(1);
	await expect(mended(met('nobody_told'))).rejects.toBeInstanceOf(pg.DatabaseError);
});
