import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { classForms } from './server/class-forms.ts';
import { chooseForms } from './server/commands/choose-forms.ts';
import { react } from './server/commands/react.ts';
import {
	draftForm,
	dropForm,
	reopenForm,
	retireForm,
	saveForm,
	startForm,
	useForm
} from './server/commands/write-form.ts';
import { formTemplates, formVersion } from './server/forms.ts';
import { reactionForm } from './server/queries.ts';
import { townWithForms } from './test-forms.ts';

const NOW = new Date('2026-03-07T03:00:00Z');
const TODAY = '2026-03-07';

let it: Awaited<ReturnType<typeof townWithForms>>;
beforeAll(async () => {
	it = await townWithForms();
});
afterAll(() => it.close());

const office = () => it.as('officer', ['programs.edit', 'classes.manage', 'evaluation.read'], '');
const items = (...wordings: string[]) =>
	wordings.map((wordingId) => ({ aspect: 'material', kind: 'scale', wordingId }));

let number = 0;
async function aForm(...wordings: string[]) {
	number += 1;
	const name = `Formulir ${number}`;
	const { templateId, versionId } = await it.does(office(), startForm, { name });
	await it.does(office(), saveForm, { versionId, revision: 1, name, items: items(...wordings) });
	return { templateId, versionId, name };
}
const codesOf = async (versionId: string) =>
	(await it.sees((db) => formVersion(db, office(), versionId))).items.map(({ code }) => code);

async function aClass(): Promise<string> {
	const id = newId();
	number += 1;
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'running', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, id, `F-${number}`, it.need.versionId]
	);
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', '2026-02-01')`,
		[it.agencyId, newId(), id, it.who('ani')]
	);
	return id;
}

describe('a form of the agency’s own', () => {
	test('starts as a copy, is written, put in use, and changes no more once a class has chosen it', async () => {
		const shipped = (await it.sees((db) => formTemplates(db, office()))).templates.find(
			({ shipped: ours, inUse }) => ours && inUse?.items === 12
		);
		const { versionId } = await it.does(office(), startForm, {
			name: 'Salinan',
			copyOf: shipped?.inUse?.versionId
		});
		expect(await codesOf(versionId)).toHaveLength(12);
		await it.does(office(), saveForm, {
			versionId,
			revision: 1,
			name: 'Salinan',
			items: items('Materi dapat dipakai')
		});
		await it.does(office(), useForm, { versionId });
		await expect(
			it.does(office(), saveForm, { versionId, revision: 2, name: 'Salinan', items: items('Lain') })
		).rejects.toMatchObject({ code: 'evaluation.form.inUse' });
		await it.does(office(), reopenForm, { versionId });
		await it.does(office(), useForm, { versionId });
		await it.does(office(), chooseForms, { classId: await aClass(), finalVersionId: versionId });
		await expect(it.does(office(), reopenForm, { versionId })).rejects.toMatchObject({
			code: 'evaluation.form.chosen'
		});
	});

	test('not even whoever writes past the commands changes what is in use', async () => {
		const { versionId } = await aForm('Satu', 'Dua');
		await it.does(office(), useForm, { versionId });
		await expect(
			it.owner.query('delete from evaluation.form_item where version_id = $1', [versionId])
		).rejects.toMatchObject({ code: 'AS001' });
		await it.does(office(), chooseForms, { classId: await aClass(), sessionVersionId: versionId });
		await expect(
			it.owner.query('update evaluation.form_version set in_use_since = null where id = $1', [versionId])
		).rejects.toMatchObject({ code: 'AS001' });
	});

	test('in a new version keeps the items whose words stay, and leaves the old version as it was', async () => {
		const { templateId, versionId, name } = await aForm('Tetap', 'Berubah');
		await it.does(office(), useForm, { versionId });
		const before = await codesOf(versionId);
		const next = await it.does(office(), draftForm, { templateId });
		await expect(it.does(office(), draftForm, { templateId })).rejects.toMatchObject({
			code: 'evaluation.form.draftThere'
		});
		await it.does(office(), saveForm, {
			versionId: next.versionId,
			revision: 1,
			name,
			items: items('Tetap', 'Berubah sudah')
		});
		const after = await codesOf(next.versionId);
		expect(after[0]).toBe(before[0]);
		expect(after[1]).not.toBe(before[1]);
		expect(await codesOf(versionId)).toEqual(before);
		await it.does(office(), dropForm, { versionId: next.versionId });
		expect(await codesOf(versionId)).toEqual(before);
	});

	test('is not saved over what somebody else has just saved, nor under a name that is taken', async () => {
		const { versionId, name } = await aForm('Satu');
		await expect(
			it.does(office(), saveForm, { versionId, revision: 1, name, items: items('Dua') })
		).rejects.toMatchObject({ code: 'evaluation.form.stale' });
		await expect(it.does(office(), startForm, { name })).rejects.toMatchObject({
			code: 'evaluation.form.nameTaken'
		});
	});

	test('the same sentence twice and a form without one are refused beside the line', async () => {
		const { versionId, name } = await aForm('Satu');
		await expect(
			it.does(office(), saveForm, { versionId, revision: 2, name, items: items('Satu', 'satu') })
		).rejects.toMatchObject({
			issues: [{ path: 'items.1.wordingId', code: 'evaluation.form.itemTwice' }]
		});
		await expect(
			it.does(office(), saveForm, { versionId, revision: 2, name, items: items('', '') })
		).rejects.toMatchObject({ issues: [{ code: 'evaluation.form.itemsNeeded' }] });
	});

	test('two sends of one save are one save', async () => {
		const { versionId, name } = await aForm('Satu');
		const twice = () =>
			it.does(
				office(),
				saveForm,
				{ versionId, revision: 2, name, items: items('Satu', 'Dua') },
				{ key: 'the-same-key' }
			);
		expect(await twice()).toEqual(await twice());
		expect(await codesOf(versionId)).toHaveLength(2);
	});

	test('is seen by who reads results, changed by the office alone; for others it does not exist', async () => {
		const { versionId, templateId } = await aForm('Satu');
		const reader = it.as('trainer', ['evaluation.read'], '');
		expect((await it.sees((db) => formVersion(db, reader, versionId))).can).toMatchObject({
			edit: false,
			copy: false
		});
		for (const actor of [it.as('ani'), it.as('kasi', ['needs.read'])]) {
			await expect(it.sees((db) => formTemplates(db, actor))).rejects.toMatchObject({ kind: 'missing' });
			await expect(it.sees((db) => formVersion(db, actor, versionId))).rejects.toMatchObject({
				kind: 'missing'
			});
		}
		for (const [work, input] of [
			[useForm, { versionId }],
			[dropForm, { versionId }],
			[reopenForm, { versionId }]
		] as const)
			await expect(it.does(reader, work, input)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.does(reader, draftForm, { templateId })).rejects.toMatchObject({ kind: 'forbidden' });
	});
});

describe('the forms of a class', () => {
	test('are the shipped one until another is chosen, and the participant meets what was chosen', async () => {
		const classId = await aClass();
		const asked = async () =>
			(
				await it.sees((db) => reactionForm(db, it.as('ani'), { classId, sessionId: null }, NOW, TODAY))
			).items.map(({ wordingId }) => wordingId);
		expect(await asked()).toHaveLength(12);
		const { versionId } = await aForm('Hanya ini');
		await expect(
			it.does(office(), chooseForms, { classId, finalVersionId: versionId })
		).rejects.toMatchObject({ issues: [{ path: 'finalVersionId', code: 'evaluation.form.notOffered' }] });
		await it.does(office(), useForm, { versionId });
		await it.does(office(), chooseForms, { classId, finalVersionId: versionId });
		expect(await asked()).toEqual(['Hanya ini']);
	});

	test('stay once somebody has answered; what they saw is what counts', async () => {
		const classId = await aClass();
		const { versionId, templateId } = await aForm('Hanya ini');
		await it.does(office(), useForm, { versionId });
		await it.does(office(), chooseForms, { classId, finalVersionId: versionId });
		const [code] = await codesOf(versionId);
		await it.does(it.as('ani'), react, { classId, answers: [{ item: code, score: 5 }] }, { now: NOW });
		await expect(it.does(office(), chooseForms, { classId })).rejects.toMatchObject({
			code: 'evaluation.form.answered'
		});
		await it.does(office(), retireForm, { templateId, retired: true });
		const forms = await it.sees((db) => classForms(db, office(), classId, NOW, TODAY));
		expect(forms.class).toMatchObject({ finalVersionId: versionId, given: 1 });
		expect(forms.choices.map((one) => one.versionId)).toContain(versionId);
	});

	test('are chosen by the office, shown by who teaches, and nobody else’s', async () => {
		const classId = await aClass();
		await expect(it.does(it.as('trainer'), chooseForms, { classId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.sees((db) => classForms(db, it.as('ani'), classId, NOW, TODAY))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
