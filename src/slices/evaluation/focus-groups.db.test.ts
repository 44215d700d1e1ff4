import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { codebook, codesOf } from './server/codebook.ts';
import { changeCode, mergeCodes, splitCode, takeCodes, writeCode } from './server/commands/codebook.ts';
import { changeGroup, finishGroup, holdGroup, reopenGroup } from './server/commands/focus-groups.ts';
import {
	addPassages,
	changePassage,
	codePassages,
	dropPassage,
	handOverCodes
} from './server/commands/focus-passages.ts';
import { writeFinding } from './server/commands/write-finding.ts';
import { findingById } from './server/finding-list.ts';
import { focusGroup, focusGroups, groupSubjects } from './server/focus-groups.ts';
import { themePage, themesOf } from './server/focus-themes.ts';

let it: Awaited<ReturnType<typeof town>>;
const classId = newId();
const LATER = { now: new Date('2026-04-10T03:00:00Z') };
const office = () => it.as('officer', ['programs.edit'], '');
const reader = () => it.as('camat', ['evaluation.read'], '');
const about = () => ({ versionId: it.need.versionId, classId: null });
const head = {
	title: 'Petugas loket, putaran pertama',
	heldOn: '2026-04-01',
	people: 7,
	questions: '1. Apa yang paling Anda ingat?\n2. Apa yang menghalangi?\n\n'
};
const codeOf = async (code: string): Promise<string> => {
	const found = (await it.sees((db) => codesOf(db))).find((one) => one.code === code);
	if (!found) throw new Error(`no code ${code}`);
	return found.id;
};

beforeAll(async () => {
	it = await town();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'K-1', 'Pelayanan prima', $3, 'KL03', 'class', 'finished', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, classId, it.need.versionId]
	);
	const sessionId = newId();
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', '2026-03-06 08:00+07', '2026-03-06 10:00+07', $4, 2)`,
		[it.agencyId, sessionId, classId, it.who('trainer')]
	);
});
afterAll(() => it.close());

describe('the codebook', () => {
	test('is kept by the office, read by readers of results, and nothing to anybody else', async () => {
		await expect(it.does(reader(), takeCodes, {})).rejects.toMatchObject({ kind: 'forbidden' });
		expect(await it.does(office(), takeCodes, {})).toEqual({ count: 8 });
		expect(await it.does(office(), takeCodes, {})).toEqual({ count: 0 });
		const { codes, can } = await it.sees((db) => codebook(db, reader()));
		expect([codes.length, can.keep]).toEqual([8, false]);
		await expect(it.sees((db) => codebook(db, it.as('ani')))).rejects.toMatchObject({ kind: 'missing' });
	});

	test('names each code once', async () => {
		const code = { code: 'praktik', name: 'Praktik', definition: 'Kurang mencoba' };
		await expect(it.does(office(), writeCode, code)).rejects.toMatchObject({
			code: 'evaluation.codebook.taken'
		});
		const { codeId } = await it.does(office(), writeCode, { ...code, code: 'latih' });
		await it.does(office(), changeCode, { ...code, codeId, code: 'LATIHAN', active: true });
		expect(await codeOf('LATIHAN')).toBe(codeId);
	});
});

describe('a focus group', () => {
	let groupId = '';
	let passages: string[] = [];
	const sheet = (actor = office()) => it.sees((db) => focusGroup(db, actor, groupId));
	const code = async (actor: ReturnType<typeof office>, given: Record<number, string[]>) =>
		it.does(actor, codePassages, {
			groupId,
			coded: await Promise.all(
				Object.entries(given).map(async ([at, codes]) => ({
					passageId: passages[Number(at)] ?? '',
					codes: await Promise.all(codes.map(codeOf))
				}))
			)
		});

	test('is written down by who teaches the class or works on its program, once it took place', async () => {
		const of = { ...head, about: `class:${classId}` };
		await expect(it.does(it.as('coach'), holdGroup, of, LATER)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			it.does(it.as('trainer'), holdGroup, { ...head, about: `version:${it.need.versionId}` }, LATER)
		).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.does(office(), holdGroup, { ...of, heldOn: '2026-05-01' }, LATER)).rejects.toMatchObject({
			issues: [{ path: 'heldOn', code: 'evaluation.focus.notYet' }]
		});
		await expect(
			it.does(office(), holdGroup, { ...of, notes: 'Hubungi 0812-3456-7890' }, LATER)
		).rejects.toMatchObject({ issues: [{ path: 'notes', code: 'evaluation.focus.seemsPersonal' }] });
		({ groupId } = await it.does(
			office(),
			holdGroup,
			{ ...of, facilitatorNip: it.nip('coach'), secondCoderNip: it.nip('fitri') },
			LATER
		));
		expect(await sheet()).toMatchObject({
			questions: ['Apa yang paling Anda ingat?', 'Apa yang menghalangi?'],
			facilitator: { name: 'coach', nip: it.nip('coach') },
			can: { see: 'all', work: true, codeSecond: false }
		});
		expect(
			(await it.sees((db) => groupSubjects(db, it.as('trainer'), '2026-04-10'))).map((s) => s.kind)
		).toEqual(['class']);
	});

	test('is not there for strangers; who may not code it twice is told so', async () => {
		for (const name of ['stranger', 'ani'])
			await expect(sheet(it.as(name))).rejects.toMatchObject({ kind: 'missing' });
		const seen = (await sheet()).edition;
		const change = { ...head, groupId, seen, facilitatorNip: it.nip('coach') };
		await expect(
			it.does(office(), changeGroup, { ...change, secondCoderNip: it.nip('coach') }, LATER)
		).rejects.toMatchObject({ issues: [{ path: 'secondCoderNip' }] });
		await it.does(office(), changeGroup, { ...change, secondCoderNip: it.nip('fitri') }, LATER);
		await expect(it.does(office(), changeGroup, change, LATER)).rejects.toMatchObject({
			code: 'evaluation.focus.stale'
		});
	});

	test('takes what was said, one passage a line; a number or a name waits for a second look', async () => {
		const lines =
			'Peserta 1: Contohnya dari bank.\nPeserta 2: Praktiknya hanya sekali.\nKata Pak Rahmat cukup.';
		const add = { groupId, question: 1, shareable: true };
		await expect(it.does(office(), addPassages, { ...add, lines })).rejects.toMatchObject({
			issues: [{ path: 'lines', code: 'evaluation.focus.linesPersonal', params: { lines: '3' } }]
		});
		expect(await it.does(office(), addPassages, { ...add, lines, keep: true })).toEqual({ count: 3 });
		const more = Array.from({ length: 9 }, (_, at) => `Peserta ${at % 4}: Praktik kurang, kali ke-${at}.`);
		await it.does(it.as('coach'), addPassages, { groupId, lines: more.join('\n') });
		const { list } = await sheet();
		passages = list.map(({ id }) => id);
		expect(list.slice(0, 3).map(({ speaker, shareable }) => [speaker, shareable])).toEqual([
			['Peserta 1', true],
			['Peserta 2', true],
			[null, false]
		]);
		await expect(
			it.does(office(), changePassage, { passageId: passages[2], said: 'Kata Pak Rahmat', shareable: true })
		).rejects.toMatchObject({ issues: [{ path: 'shareable', code: 'evaluation.focus.notShareable' }] });
	});

	test('is coded twice by people who do not see each other, and their agreement stays as it was', async () => {
		await code(it.as('coach'), {
			0: ['CONTOH'],
			1: ['PRAKTIK'],
			3: ['PRAKTIK'],
			4: ['PRAKTIK'],
			5: ['LATIHAN']
		});
		await expect(it.does(office(), finishGroup, { groupId })).rejects.toMatchObject({
			code: 'evaluation.focus.waitsForSecond'
		});
		const second = it.as('fitri');
		expect((await sheet(second)).list.flatMap(({ codes }) => codes)).toEqual([]);
		await code(second, { 0: ['CONTOH'], 1: ['PRAKTIK'], 3: ['PRAKTIK'], 4: [], 5: ['PRAKTIK'] });
		expect((await sheet()).list.flatMap((one) => one.second)).toEqual([]);
		await expect(it.does(second, dropPassage, { passageId: passages[0] })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.does(office(), handOverCodes, { groupId })).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(second, handOverCodes, { groupId });
		await expect(code(second, { 4: ['PRAKTIK'] })).rejects.toMatchObject({
			code: 'evaluation.focus.handedOver'
		});
		const { agreement } = await sheet();
		const of = async (name: string) => {
			const id = await codeOf(name);
			return agreement?.codes.find(({ codeId }) => codeId === id);
		};
		expect(agreement?.passages).toBe(12);
		expect(await of('CONTOH')).toMatchObject({ both: 1, first: 0, second: 0, kappa: 1 });
		expect(await of('PRAKTIK')).toMatchObject({ both: 2, first: 1, second: 1 });
		expect(await of('LATIHAN')).toMatchObject({ both: 0, first: 1, second: 0, kappa: 0 });
	});

	test('shows others nothing before its coding is finished, then themes and what may be shared, without speakers', async () => {
		expect((await sheet(reader())).list).toEqual([]);
		expect((await it.sees((db) => themesOf(db, about()))).themes).toEqual([]);
		await it.does(office(), finishGroup, { groupId });
		await expect(code(office(), { 0: [] })).rejects.toMatchObject({ code: 'evaluation.focus.finished' });
		const { list, notes, facilitator, can } = await sheet(reader());
		expect(list.map(({ said, speaker }) => [said, speaker])).toEqual([
			['Contohnya dari bank.', null],
			['Praktiknya hanya sekali.', null]
		]);
		expect([notes, facilitator, can]).toEqual(['', null, { see: 'shared', work: false, codeSecond: false }]);
		// Who teaches the class is talked about: they are outside too.
		expect((await sheet(it.as('trainer'))).can.see).toBe('shared');
		const page = await it.sees((db) => themePage(db, reader(), about(), null));
		expect(page.quotes.map(({ said }) => said)).toHaveLength(2);
		expect(page.themes.themes.map(({ code: name, passages: n, speakers }) => [name, n, speakers])).toEqual([
			['PRAKTIK', 3, 3],
			['CONTOH', 1, 1],
			['LATIHAN', 1, 1]
		]);
		for (const name of ['stranger', 'ani', 'trainer'])
			await expect(it.sees((db) => themePage(db, it.as(name), about(), null))).rejects.toMatchObject({
				kind: 'missing'
			});
		expect(
			(await it.sees((db) => themePage(db, it.as('trainer'), { ...about(), classId }, null))).can.write
		).toBe(true);
	});

	test('counts merged codes as one, though each passage keeps its own; it can be undone', async () => {
		const [from, into] = [await codeOf('LATIHAN'), await codeOf('PRAKTIK')];
		await expect(it.does(office(), mergeCodes, { codeId: into, intoId: into })).rejects.toMatchObject({
			code: 'evaluation.codebook.merged'
		});
		await it.does(office(), mergeCodes, { codeId: from, intoId: into });
		const themes = async () =>
			(await it.sees((db) => themesOf(db, about()))).themes.map((one) => [one.code, one.passages]);
		expect(await themes()).toEqual([
			['PRAKTIK', 4],
			['CONTOH', 1]
		]);
		// What it was merged into becomes part of a third: the chain is followed to its end.
		await it.does(office(), mergeCodes, { codeId: into, intoId: await codeOf('CONTOH') });
		expect(await themes()).toEqual([['CONTOH', 5]]);
		expect((await sheet()).list[5]?.codes.map((one) => one.code)).toEqual(['LATIHAN']);
		await it.does(office(), splitCode, { codeId: into });
		await it.does(office(), splitCode, { codeId: from });
		await expect(it.does(office(), splitCode, { codeId: from })).rejects.toMatchObject({
			code: 'evaluation.codebook.notMerged'
		});
		expect((await themes())[0]).toEqual(['PRAKTIK', 3]);
	});

	test('proposes its themes as findings; one that was made of it keeps the passages, and is not proposed again', async () => {
		const codeId = await codeOf('PRAKTIK');
		const page = () => it.sees((db) => themePage(db, office(), about(), null));
		// Five coded passages are too few for a share: a second group speaks of it too.
		expect((await page()).proposals).toEqual([]);
		const other = await it.does(
			office(),
			holdGroup,
			{ ...head, title: 'Putaran kedua', about: `version:${it.need.versionId}` },
			LATER
		);
		await it.does(office(), addPassages, { groupId: other.groupId, lines: 'P9: Kurang latihan.' });
		const passageId = (await it.sees((db) => focusGroup(db, office(), other.groupId))).list[0]?.id;
		await it.does(office(), codePassages, {
			groupId: other.groupId,
			coded: [{ passageId, codes: [codeId] }]
		});
		await it.does(office(), finishGroup, { groupId: other.groupId });
		expect((await page()).proposals.map(({ theme, why }) => [theme.code, why])).toEqual([
			['PRAKTIK', 'groups']
		]);

		const finding = { statement: 'Praktik terlalu sedikit di kelas.', severity: 'high', codeId };
		const { findingId } = await it.does(office(), writeFinding, {
			...finding,
			versionId: it.need.versionId
		});
		expect((await page()).proposals).toEqual([]);
		const inside = await it.sees((db) => findingById(db, office(), findingId));
		expect([inside.passages.length, inside.hidden, inside.class]).toEqual([4, 0, null]);
		const outside = await it.sees((db) => findingById(db, reader(), findingId));
		expect([outside.passages.map(({ said }) => said), outside.hidden]).toEqual([
			['Praktiknya hanya sekali.'],
			3
		]);
		await expect(
			it.does(office(), writeFinding, {
				...finding,
				codeId: await codeOf('ALAT'),
				versionId: it.need.versionId
			})
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(office(), writeFinding, finding)).rejects.toMatchObject({ kind: 'missing' });
	});

	test('opened again counts no longer, and a passage that goes takes its codes along', async () => {
		await it.does(office(), reopenGroup, { groupId });
		expect((await it.sees((db) => themesOf(db, about()))).groups).toBe(1);
		await it.does(office(), dropPassage, { passageId: passages[1] });
		await it.does(office(), finishGroup, { groupId });
		expect((await it.sees((db) => themesOf(db, about()))).themes[0]?.passages).toBe(3);
		expect((await it.sees((db) => focusGroups(db, office(), { size: 10, offset: 0 }))).total).toBe(2);
	});
});
