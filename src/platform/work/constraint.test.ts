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

test('where it means something else to one command, whichever was told last', async () => {
	constraintMeans('one_post', 'people.import.postsMoved', 'people.applyImport');
	constraintMeans('one_post', 'people.move.overlap');
	await expect(mended(met('one_post'), 'people.moveStaff')).rejects.toMatchObject({
		code: 'people.move.overlap'
	});
	constraintMeans('one_post', 'people.import.postsMoved', 'people.applyImport');
	await expect(mended(met('one_post'), 'people.moveStaff')).rejects.toMatchObject({
		code: 'people.move.overlap'
	});
	await expect(mended(met('one_post'), 'people.applyImport')).rejects.toMatchObject({
		code: 'people.import.postsMoved'
	});
});
