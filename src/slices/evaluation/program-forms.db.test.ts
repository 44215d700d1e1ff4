import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { classForms, formScreen } from './server/class-forms.ts';
import { chooseForms, followProgramForms } from './server/commands/choose-forms.ts';
import { setProgramForms } from './server/commands/program-forms.ts';
import { react } from './server/commands/react.ts';
import { reopenForm, retireForm, saveForm, startForm, useForm } from './server/commands/write-form.ts';
import { formTemplates } from './server/forms.ts';
import { programForms, programsWithForms } from './server/program-forms.ts';
import { reactionForm, reactionsDue } from './server/queries.ts';
import { townWithForms } from './test-forms.ts';

// The class's only session ends on 6 March at 10.00; its form is open from then on.
const BEFORE = new Date('2026-03-05T03:00:00Z');
const NOW = new Date('2026-03-07T03:00:00Z');
const TODAY = '2026-03-07';

let it: Awaited<ReturnType<typeof townWithForms>>;
beforeAll(async () => {
	it = await townWithForms();
});
afterAll(() => it.close());

beforeEach(() => it.owner.query('delete from evaluation.program_form'));

const office = () => it.as('officer', ['programs.edit', 'classes.manage', 'evaluation.read'], '');

let number = 0;
async function inUse(wordingId: string) {
	number += 1;
	const name = `Formulir ${number}`;
	const { templateId, versionId } = await it.does(office(), startForm, { name });
	const items = [{ aspect: 'material', kind: 'scale', wordingId }];
	await it.does(office(), saveForm, { versionId, revision: 1, name, items });
	await it.does(office(), useForm, { versionId });
	return { templateId, versionId };
}

const SEATED = ['ani', 'budi', 'citra'];
/** Each with a participant of its own: nobody sits in two classes at once. */
async function aClass(): Promise<{ classId: string; sessionId: string; who: string }> {
	const who = SEATED.shift() ?? '';
	const [classId, sessionId] = [newId(), newId()];
	number += 1;
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'running', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, classId, `P-${number}`, it.need.versionId]
	);
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', '2026-03-06 08:00+07', '2026-03-06 10:00+07', 2)`,
		[it.agencyId, sessionId, classId]
	);
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', '2026-02-01')`,
		[it.agencyId, newId(), classId, it.who(who)]
	);
	return { classId, sessionId, who };
}

const give = (finalVersionId?: string, sessionVersionId?: string, now = BEFORE) =>
	it.does(
		office(),
		setProgramForms,
		{ programId: it.need.programId, finalVersionId, sessionVersionId },
		{ now }
	);
const wordsAt = async (who: string, classId: string, sessionId: string | null = null) =>
	(await it.sees((db) => reactionForm(db, it.as(who), { classId, sessionId }, NOW, TODAY))).items.map(
		({ wordingId }) => wordingId
	);

describe('forms of a program', () => {
	test('are what its classes use by themselves, at the end and after sessions', async () => {
		const { classId, sessionId, who } = await aClass();
		expect(await wordsAt(who, classId)).toHaveLength(12);
		await expect(wordsAt(who, classId, sessionId)).rejects.toMatchObject({ kind: 'missing' });
		const [final, session] = [await inUse('Kelas ini berguna'), await inUse('Sesi ini berguna')];
		await give(final.versionId, session.versionId);
		expect(await wordsAt(who, classId)).toEqual(['Kelas ini berguna']);
		expect(await wordsAt(who, classId, sessionId)).toEqual(['Sesi ini berguna']);
		const due = await it.sees((db) => reactionsDue(db, it.who(who), NOW, TODAY));
		expect(
			due
				.filter((one) => one.classId === classId)
				.map((one) => one.sessionId)
				.toSorted()
		).toEqual([sessionId, null].toSorted());
		const screen = await it.sees((db) => formScreen(db, office(), { classId, sessionId }, NOW, TODAY));
		expect(screen.session).toMatchObject({ number: 1, topic: 'Antrean' });
	});

	test('leave alone what was open before, and never rewrite what is past', async () => {
		const { classId, sessionId, who } = await aClass();
		const late = await inUse('Datang terlambat');
		await give(late.versionId, late.versionId, NOW);
		expect(await wordsAt(who, classId)).toHaveLength(12);
		await expect(wordsAt(who, classId, sessionId)).rejects.toMatchObject({ kind: 'missing' });
		const sheet = await it.sees((db) => classForms(db, office(), classId, NOW, TODAY));
		expect(sheet.sessions).toEqual([]);
	});

	test('give way to what a class chose, until it follows its program again', async () => {
		const { classId, who } = await aClass();
		const [ofProgram, ofClass] = [await inUse('Dari program'), await inUse('Dari kelas')];
		await give(ofProgram.versionId);
		await it.does(office(), chooseForms, { classId, finalVersionId: ofClass.versionId });
		expect(await wordsAt(who, classId)).toEqual(['Dari kelas']);
		await it.does(office(), followProgramForms, { classId });
		expect(await wordsAt(who, classId)).toEqual(['Dari program']);
		await it.does(office(), chooseForms, { classId, finalVersionId: ofClass.versionId });
		const [item] = (
			await it.sees((db) => reactionForm(db, it.as(who), { classId, sessionId: null }, NOW, TODAY))
		).items;
		await it.does(
			it.as(who),
			react,
			{ classId, answers: [{ item: item?.code ?? '', score: 4 }] },
			{ now: NOW }
		);
		for (const [work, input] of [
			[followProgramForms, { classId }],
			[chooseForms, { classId, finalVersionId: ofProgram.versionId }]
		] as const)
			await expect(it.does(office(), work, input)).rejects.toMatchObject({
				code: 'evaluation.form.answered'
			});
	});

	test('cannot change once given, and are only those that are offered', async () => {
		const given = await inUse('Diberikan');
		await give(given.versionId);
		await expect(it.does(office(), reopenForm, { versionId: given.versionId })).rejects.toMatchObject({
			code: 'evaluation.form.chosen'
		});
		const retired = await inUse('Tidak ditawarkan');
		await it.does(office(), retireForm, { templateId: retired.templateId, retired: true });
		await expect(give(retired.versionId)).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'finalVersionId', code: 'evaluation.form.notOffered' }]
		});
		await expect(give(newId())).rejects.toMatchObject({ kind: 'invalid' });
	});

	test('are the office’s to choose and shown with who chose what; the same again is no choice', async () => {
		const given = await inUse('Dua kali');
		await give(given.versionId);
		await give(given.versionId);
		const sheet = await it.sees((db) => programForms(db, office(), it.need.programId));
		expect(sheet.history).toMatchObject([
			{ by: 'officer', final: { versionId: given.versionId }, session: null }
		]);
		expect(await it.sees((db) => programsWithForms(db))).toMatchObject([{ id: it.need.programId }]);
		const { templates } = await it.sees((db) => formTemplates(db, office()));
		expect(templates.find(({ id }) => id === given.templateId)).toMatchObject({ programs: 1 });
		const input = { programId: it.need.programId };
		await expect(it.does(it.as('ani'), setProgramForms, input)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			it.does(it.as('camat', ['programs.edit'], 'kota.marelan'), setProgramForms, input)
		).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.does(office(), setProgramForms, { programId: newId() })).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(it.sees((db) => programForms(db, it.as('ani'), it.need.programId))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
