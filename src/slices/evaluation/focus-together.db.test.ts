import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { town } from '../../../tests/make/town.ts';
import { codesOf } from './server/codebook.ts';
import { takeCodes } from './server/commands/codebook.ts';
import { holdGroup } from './server/commands/focus-groups.ts';
import { addPassages, changePassage, codePassages, dropPassage } from './server/commands/focus-passages.ts';
import { focusGroup } from './server/focus-groups.ts';

let it: Awaited<ReturnType<typeof town>>;
let groupId = '';
let codes: string[] = [];
const LATER = { now: new Date('2026-04-10T03:00:00Z') };
const officer = () => it.as('officer', ['programs.edit'], '');
const colleague = () => it.as('coach', ['programs.edit'], '');
const list = async () => (await it.sees((db) => focusGroup(db, officer(), groupId))).list;
const idAt = async (at: number) => (await list())[at]?.id ?? '';
const codesAt = async (at: number) => (await list())[at]?.codes.map(({ id }) => id).toSorted();

beforeAll(async () => {
	it = await town();
	await it.does(officer(), takeCodes, {});
	codes = (await it.sees((db) => codesOf(db))).slice(0, 3).map(({ id }) => id);
});
beforeEach(async () => {
	({ groupId } = await it.does(
		officer(),
		holdGroup,
		{
			title: 'Petugas loket',
			heldOn: '2026-04-01',
			people: 7,
			questions: 'Apa yang menghalangi?',
			about: `version:${it.need.versionId}`
		},
		LATER
	));
	await it.does(officer(), addPassages, { groupId, lines: 'Mesinnya belum ada.\nAntreannya panjang.' });
});
afterAll(() => it.close());

describe('two people at one focus group', () => {
	test('code at the same time, and each keeps what the other ticked', async () => {
		const [a = '', b = '', c = ''] = codes;
		const passageId = await idAt(0);
		const gives = (who: typeof officer, ticked: string[], seen: string) =>
			it.does(who(), codePassages, { groupId, coded: [{ passageId, codes: ticked, seen }] });
		await gives(officer, [a], 'none');
		await gives(colleague, [b], 'none');
		expect(await codesAt(0)).toEqual([a, b].toSorted());
		await gives(officer, [], a);
		expect(await codesAt(0)).toEqual([b]);
		await Promise.all([gives(officer, [b, a], b), gives(colleague, [c], b)]);
		expect(await codesAt(0)).toEqual([a, c].toSorted());
		await it.does(officer(), codePassages, { groupId, coded: [{ passageId, codes: [b] }] });
		expect(await codesAt(0)).toEqual([b]);
	});

	test('correct the same passage: the second is told, and nothing is written over', async () => {
		const passageId = await idAt(0);
		const seen = 'Mesinnya belum ada.';
		await it.does(officer(), changePassage, { passageId, said: 'Mesin antreannya belum ada.', seen });
		await expect(
			it.does(colleague(), changePassage, { passageId, said: 'Mesinnya rusak.', seen })
		).rejects.toMatchObject({ code: 'evaluation.focus.passageStale' });
		expect((await list())[0]?.said).toBe('Mesin antreannya belum ada.');
	});

	test('one corrects what the other removes: it is gone for both', async () => {
		const passageId = await idAt(0);
		const [change] = await Promise.allSettled([
			it.does(officer(), changePassage, { passageId, said: 'Mesinnya datang Mei.' }),
			it.does(colleague(), dropPassage, { passageId })
		]);
		if (change.status === 'rejected') expect(change.reason).toMatchObject({ kind: 'missing' });
		expect(await list()).toHaveLength(1);
	});

	test('write passages at the same moment: all are there, each in a place of its own', async () => {
		const lines = (who: string) =>
			Array.from({ length: 30 }, (_, at) => `${who} menyebut hal ke-${at + 1}`).join('\n');
		await Promise.all([
			it.does(officer(), addPassages, { groupId, lines: lines('Satu') }),
			it.does(colleague(), addPassages, { groupId, lines: lines('Dua') })
		]);
		expect(await list()).toHaveLength(62);
	});
});

test('what was removed makes room again below four hundred', async () => {
	const lines = Array.from({ length: 398 }, (_, at) => `Hal ke-${at + 1} yang disebut`).join('\n');
	await it.does(officer(), addPassages, { groupId, lines });
	await expect(it.does(officer(), addPassages, { groupId, lines: 'Satu lagi' })).rejects.toMatchObject({
		code: 'evaluation.focus.tooMany'
	});
	await it.does(officer(), dropPassage, { passageId: await idAt(0) });
	await it.does(officer(), addPassages, { groupId, lines: 'Satu lagi' });
	expect((await list()).at(-1)?.said).toBe('Satu lagi');
});
