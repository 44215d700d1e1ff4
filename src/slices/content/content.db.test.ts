import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { createProgram, putInForce, saveVersion } from '#slices/programs/public.server.ts';
import { draftVersion } from '#slices/programs/server/commands/draft-version.ts';
import { town } from '../../../tests/make/town.ts';
import { askedQuestions } from './public.server.ts';
import { carryOver } from './server/commands/carry-over.ts';
import { raiseLesson, removeLesson, saveLesson } from './server/commands/lessons.ts';
import { raiseQuestion, removeQuestion, saveQuestion } from './server/commands/questions.ts';
import { createQuiz, replaceQuiz, saveQuiz } from './server/commands/quizzes.ts';
import { lessonEditor, materialList, quizEditor, versionMaterial } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
let office: Actor;
let author: Actor;
beforeAll(async () => {
	it = await town();
	office = it.as('officer', ['programs.read', 'programs.edit', 'programs.approve'], '');
	author = it.as('trainer', ['content.edit']);
});
afterAll(() => it.close());

let serial = 0;
let programId = '';
let versionId = '';
let moduleId = '';
/** A curriculum in force with one module and no material. */
beforeEach(async () => {
	serial += 1;
	({ programId, versionId } = await it.does(office, createProgram, {
		code: `MT-${serial}`,
		name: `Materi ${serial}`,
		form: 'KL03'
	}));
	const outcomes = [{ statement: 'Melayani antrean', competencyId: it.need.competencyId, level: 3 }];
	await it.does(office, saveVersion, {
		versionId,
		revision: 1,
		modules: [{ name: 'Simulasi', learningHours: 4, mode: 'field' }],
		outcomes
	});
	await it.does(office, putInForce, { versionId, revision: 2 });
	moduleId = (await material()).modules[0]?.id ?? '';
});

const material = (id = versionId) => it.sees((db) => versionMaterial(db, author, id));
const lesson = (title: string, parts: object = {}) =>
	it.does(author, saveLesson, { moduleId, title, body: 'Isi.', minutes: 5, ...parts });
const picture = (bytes: string) => ({
	name: 'gambar.png',
	base64: Buffer.from(bytes, 'latin1').toString('base64')
});
const chunk = (kind: string, data: string) => `\0\0\0${String.fromCharCode(data.length)}${kind}${data}crc!`;
/** One pixel, as a phone writes it: where beside it. */
const PNG = `\x89PNG\r\n\x1a\n${chunk('IHDR', '\0\0\0\x01\0\0\0\x01\b\0\0\0\0')}${chunk('eXIf', 'GPS 3.5952,98.6722')}${chunk('IDAT', 'pixel')}${chunk('IEND', '')}`;
const question = (parts: object = {}) => ({
	stem: 'Siapa dulu?',
	kind: 'single',
	choices: [{ wording: 'Urutan', correct: true }, { wording: '' }, { wording: 'Kenalan' }],
	...parts
});

describe('a lesson', () => {
	test('may be written and mended while its curriculum is in force', async () => {
		const { lessonId } = await lesson('Antrean');
		const { lesson: before } = await it.sees((db) => lessonEditor(db, author, lessonId));
		await lesson('Antrean warga', { lessonId, seenAt: before.changedAt.toISOString() });
		expect((await material()).modules[0]?.lessons).toMatchObject([{ title: 'Antrean warga' }]);
	});

	test('changed by somebody else meanwhile is not overwritten', async () => {
		const { lessonId } = await lesson('Antrean');
		const late = lesson('Lain', { lessonId, seenAt: '2026-01-01T00:00:00.000Z' });
		await expect(late).rejects.toMatchObject({ kind: 'refused', code: 'content.lesson.changedMeanwhile' });
	});

	test('takes a picture only with words for it, and only what is one', async () => {
		const refusal = (path: string, code: string) => ({ kind: 'invalid', issues: [{ path, code }] });
		await expect(lesson('A1', { picture: picture(PNG) })).rejects.toMatchObject(
			refusal('pictureAlt', 'content.picture.altMissing')
		);
		const html = picture('<script>alert(1)</script>');
		await expect(lesson('A1', { picture: html, pictureAlt: 'x' })).rejects.toMatchObject(
			refusal('picture', 'content.picture.wrongKind')
		);
		const huge = { name: 'besar.png', base64: 'A'.repeat(7_000_004) };
		await expect(lesson('A1', { picture: huge, pictureAlt: 'x' })).rejects.toMatchObject(
			refusal('picture.base64', 'content.picture.tooLarge')
		);
		const { lessonId } = await lesson('A1', { picture: picture(PNG), pictureAlt: 'Loket' });
		expect((await it.sees((db) => lessonEditor(db, author, lessonId))).lesson).toMatchObject({
			pictureAlt: 'Loket',
			pictureSize: PNG.length - chunk('eXIf', 'GPS 3.5952,98.6722').length
		});
		const kept = await it.owner.query<{ content: Buffer }>(
			'select f.content from platform.file f join content.lesson l on l.agency_id = f.agency_id and l.picture_id = f.id where l.id = $1',
			[lessonId]
		);
		expect(kept.rows[0]?.content.toString('latin1')).not.toContain('GPS');
		const torn = picture(PNG.slice(0, -9));
		await expect(lesson('A2', { picture: torn, pictureAlt: 'x' })).rejects.toMatchObject({
			code: 'platform.files.torn'
		});
		await lesson('A1', { lessonId, removePicture: true });
		expect((await it.sees((db) => lessonEditor(db, author, lessonId))).lesson.pictureId).toBeNull();
	});

	test('moves up and goes away', async () => {
		const first = await lesson('Satu');
		const second = await lesson('Dua');
		await it.does(author, raiseLesson, { lessonId: second.lessonId });
		await it.does(author, raiseLesson, { lessonId: second.lessonId });
		expect((await material()).modules[0]?.lessons.map(({ title }) => title)).toEqual(['Dua', 'Satu']);
		await it.does(author, removeLesson, { lessonId: first.lessonId });
		expect((await material()).modules[0]?.lessons).toHaveLength(1);
	});

	test('keeps its module from being taken out of a draft', async () => {
		const { versionId: next } = await it.does(office, draftVersion, { programId, reason: 'Temuan' });
		moduleId = (await material(next)).modules[0]?.id ?? '';
		await lesson('Antrean');
		const empty = it.does(office, saveVersion, { versionId: next, revision: 1, modules: [], outcomes: [] });
		await expect(empty).rejects.toMatchObject({ kind: 'refused', code: 'content.lesson.moduleHasLessons' });
	});
});

describe('a quiz', () => {
	const make = (purpose: string) =>
		it.does(author, createQuiz, { versionId, purpose, title: 'Kuis', passPercent: 70 });

	test('keeps its questions in order, empty choices left out', async () => {
		const { quizId } = await make('pretest');
		await it.does(author, saveQuestion, { quizId, revision: 1, ...question() });
		const { questionId } = await it.does(author, saveQuestion, {
			quizId,
			revision: 2,
			...question({ stem: 'Yang kedua?' })
		});
		await it.does(author, raiseQuestion, { quizId, revision: 3, questionId });
		const { questions, quiz } = await it.sees((db) => quizEditor(db, author, quizId));
		expect(questions.map(({ stem, choices }) => [stem, ...choices.map(({ wording }) => wording)])).toEqual([
			['Yang kedua?', 'Urutan', 'Kenalan'],
			['Siapa dulu?', 'Urutan', 'Kenalan']
		]);
		await it.does(author, removeQuestion, { quizId, revision: quiz.revision, questionId });
		await it.does(author, saveQuiz, { quizId, revision: 5, title: 'Tes awal', passPercent: 60 });
		expect(await it.sees((db) => quizEditor(db, author, quizId))).toMatchObject({
			quiz: { title: 'Tes awal' },
			questions: [{}]
		});
	});

	test('asks without telling what is right', async () => {
		const { quizId } = await make('practice');
		await it.does(author, saveQuestion, {
			quizId,
			revision: 1,
			...question({ explanation: 'Karena nomor.' })
		});
		const asked = await it.sees((db) => askedQuestions(db, it.agencyId, quizId));
		expect(asked).toMatchObject([
			{ stem: 'Siapa dulu?', choices: [{ wording: 'Urutan' }, { wording: 'Kenalan' }] }
		]);
		expect(JSON.stringify(asked)).not.toMatch(/correct|Karena/);
	});

	test('refuses a question that measures nothing, beside its choices', async () => {
		const { quizId } = await make('practice');
		const save = (choices: object[]) =>
			it.does(author, saveQuestion, { quizId, revision: 1, ...question({ choices }) });
		await expect(save([{ wording: 'A' }, { wording: 'B' }])).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'choices', code: 'content.question.noneCorrect' }]
		});
		await expect(save([{ wording: 'A' }, { wording: '', correct: true }])).rejects.toMatchObject({
			issues: [{ path: 'choices.1.wording', code: 'content.choice.emptyCorrect' }]
		});
	});

	test('changed by somebody else meanwhile is not overwritten', async () => {
		const { quizId } = await make('practice');
		await it.does(author, saveQuestion, { quizId, revision: 1, ...question() });
		const late = it.does(author, saveQuestion, { quizId, revision: 1, ...question() });
		await expect(late).rejects.toMatchObject({ kind: 'refused', code: 'content.quiz.changedMeanwhile' });
	});

	test('before and after there is one each; practice as many as wanted', async () => {
		await make('pretest');
		await expect(make('pretest')).rejects.toMatchObject({ kind: 'refused', code: 'content.quiz.testExists' });
		await make('practice');
		await make('practice');
	});

	test('nobody has taken is changed as it is, not replaced', async () => {
		const { quizId } = await make('pretest');
		await expect(it.does(author, replaceQuiz, { quizId })).rejects.toMatchObject({
			code: 'content.quiz.stillOpen'
		});
	});

	test('that was taken is replaced by a copy that can change, once', async () => {
		const { quizId } = await make('pretest');
		await it.does(author, saveQuestion, { quizId, revision: 1, ...question() });
		await it.owner.query('update content.quiz set used_at = now() where id = $1', [quizId]);
		const copy = await it.does(author, replaceQuiz, { quizId });
		expect(await it.sees((db) => quizEditor(db, author, copy.quizId))).toMatchObject({
			can: { edit: true },
			questions: [{ stem: 'Siapa dulu?', choices: [{ correct: true }, { correct: false }] }]
		});
		await expect(it.does(author, replaceQuiz, { quizId })).rejects.toMatchObject({
			code: 'content.quiz.retired'
		});
	});
});

describe('a new curriculum version', () => {
	test('gets the material of the one before, and nothing twice', async () => {
		await lesson('Antrean', { picture: picture(PNG), pictureAlt: 'Loket' });
		const { quizId } = await it.does(author, createQuiz, {
			versionId,
			purpose: 'pretest',
			title: 'Tes',
			passPercent: 70
		});
		await it.does(author, saveQuestion, { quizId, revision: 1, ...question() });
		const { versionId: next } = await it.does(office, draftVersion, { programId, reason: 'Temuan' });
		expect((await material(next)).carriable).toEqual({ lessons: 1, quizzes: 1 });
		const carry = () => it.does(author, carryOver, { versionId: next });
		const [one, two] = await Promise.all([carry(), carry()]);
		expect(one.lessons + two.lessons).toBe(1);
		expect(one.quizzes + two.quizzes).toBe(1);
		const carried = await material(next);
		expect(carried.modules[0]?.lessons).toMatchObject([{ title: 'Antrean' }]);
		expect(carried.quizzes).toMatchObject([{ title: 'Tes', questions: 1, usedAt: null }]);
		expect(carried.carriable).toEqual({ lessons: 0, quizzes: 0 });
	});
});

test('who neither writes material nor reads programs finds nothing', async () => {
	const { lessonId } = await lesson('Antrean');
	const ani = it.as('ani');
	await expect(it.sees((db) => versionMaterial(db, ani, versionId))).rejects.toMatchObject({
		kind: 'missing'
	});
	await expect(
		it.sees((db) => lessonEditor(db, it.as('camat', ['programs.read']), lessonId))
	).rejects.toMatchObject({ kind: 'missing' });
	await expect(
		it.does(ani, saveLesson, { moduleId, title: 'Lain', body: 'x', minutes: 1 })
	).rejects.toMatchObject({ kind: 'forbidden' });
});

test('the list puts curricula with bare modules first', async () => {
	await lesson('Antrean');
	const { versions } = await it.sees((db) =>
		materialList(db, author, { search: 'Materi', size: 100, offset: 0 })
	);
	expect(versions.find(({ id }) => id === versionId)).toMatchObject({ modules: 1, bare: 0, lessons: 1 });
	expect(versions.map(({ bare }) => bare)).toEqual(versions.map(({ bare }) => bare).sort((a, b) => b - a));
});
