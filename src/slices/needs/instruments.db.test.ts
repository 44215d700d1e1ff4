import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writing } from '#platform/db/pools.ts';
import {
	createInstrument,
	draftInstrument,
	moveItem,
	saveItem,
	setScale
} from './server/commands/instruments.ts';
import { campaignById, progressOf } from './server/queries/campaigns.ts';
import { instrumentById, instrumentsFor } from './server/queries/instruments.ts';
import { unitMessage } from './server/queries/message.ts';
import { otherAnswers } from './server/queries/other-answers.ts';
import { unitInView } from './server/queries/units.ts';
import { countTarget } from './server/target.ts';
import { itemsOf } from './instrument.ts';
import { TEMPLATES } from './templates.ts';
import { instrumentSurvey } from './test-instrument.ts';
import { now, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof instrumentSurvey>>;
beforeAll(async () => {
	city = await instrumentSurvey('full', ['self', 'supervisor']);
});
afterAll(() => city.close());
const idOf = (question: RegExp) =>
	itemsOf(city.definition).find((item) => question.test(item.question))?.id ?? '';

describe('an instrument', () => {
	test.each(TEMPLATES.map(({ key }) => [key]))('%s is taken whole from its template', async (template) => {
		const made = await city.does(city.officer(), createInstrument, { template }, { now });
		const sheet = await city.sees((db) => instrumentById(db, city.officer(), made.instrumentId));
		const wanted = TEMPLATES.find((one) => one.key === template);
		expect(itemsOf(sheet.definition).map((item) => item.kind)).toEqual(
			wanted?.sections.flatMap((section) => section.items.map((item) => item.kind))
		);
		const conditions = itemsOf(sheet.definition).flatMap((item) => item.condition ?? []);
		const ids = itemsOf(sheet.definition).map((item) => item.id);
		expect(conditions.every((condition) => ids.includes(condition.itemId))).toBe(true);
	});
	test('is written and seen only by whoever runs campaigns', async () => {
		expect(await city.sees((db) => instrumentsFor(db, city.kasi()))).toEqual([]);
		await expect(city.sees((db) => instrumentById(db, city.kasi(), city.instrumentId))).rejects.toMatchObject(
			{
				kind: 'missing'
			}
		);
		await expect(city.does(city.kasi(), createInstrument, { template: 'short' })).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
	test('keeps a condition behind the question that it looks at', async () => {
		await expect(
			city.does(city.officer(), moveItem, { itemId: idOf(/^Seberapa sering/), direction: 'up' }, { now })
		).resolves.toEqual({});
		await expect(
			city.does(city.officer(), moveItem, { itemId: idOf(/^Seberapa sering/), direction: 'up' }, { now })
		).rejects.toMatchObject({ code: 'needs.build.conditionOrder' });
		await city.does(
			city.officer(),
			moveItem,
			{ itemId: idOf(/^Seberapa sering/), direction: 'down' },
			{ now }
		);
	});
	test('asks peers for levels alone', async () => {
		await expect(
			city.does(
				city.officer(),
				saveItem,
				{
					versionId: city.versionId,
					sectionId: city.definition.sections[0]?.id,
					kind: 'text',
					raters: ['peer'],
					question: 'Apa kekurangannya?'
				},
				{ now }
			)
		).rejects.toMatchObject({ issues: [{ path: 'raters', code: 'needs.build.groupLevelsOnly' }] });
	});
});

describe('a target', () => {
	test('is counted before opening, by unit and kind', async () => {
		const count = (scope: object) =>
			city.sees((db) =>
				countTarget(db, { unitIds: [], postKinds: [], employmentKinds: [], postLevels: [], ...scope }, today)
			);
		expect(await count({})).toMatchObject({ people: 12 });
		expect(await count({ unitIds: [city.unit.marelan] })).toMatchObject({ people: 8 });
		expect(
			await count({ unitIds: [city.unit.marelan, city.unit.plaju], postKinds: ['general'] })
		).toMatchObject({
			people: 9
		});
		expect(await count({ employmentKinds: ['PPPK'] })).toMatchObject({ people: 0 });
	});
	test('lets raters be changed within the survey’s days only, and says so beside the field', async () => {
		await expect(city.setUp({ adjustUntil: '2026-06-01' })).rejects.toMatchObject({
			issues: [{ path: 'adjustUntil', code: 'needs.campaign.adjustAfterClose' }]
		});
		await city.setUp({ adjustUntil: '2026-05-31' });
	});
	test('keeps everybody else out of the campaign', async () => {
		await city.setUp({ unitIds: [city.unit.marelan] });
		expect(await city.open()).toEqual({ people: 8 });
		await expect(city.answer('stranger', 'stranger', 'self', city.levels(2))).rejects.toMatchObject({
			code: 'needs.rate.notAsked'
		});
	});
});

describe('a version in use', () => {
	test('cannot be changed, not by a command and not by raw SQL', async () => {
		await expect(
			city.does(city.officer(), setScale, { versionId: city.versionId, scalePoints: 4 }, { now })
		).rejects.toMatchObject({ code: 'needs.build.frozen' });
		for (const statement of [
			`update needs.instrument_item set question = 'Lain' where version_id = $1`,
			`delete from needs.instrument_section where version_id = $1`,
			`update needs.instrument_version set frozen_at = null where id = $1`
		])
			await expect(city.owner.query(statement, [city.versionId])).rejects.toMatchObject({ code: 'AS001' });
		await expect(
			writing(
				city.agencyId,
				(tx) =>
					tx
						.updateTable('needs.campaign')
						.set({ instrument_version_id: null })
						.where('id', '=', city.asked.campaignId)
						.execute(),
				city.db
			)
		).rejects.toMatchObject({ code: 'AS001' });
	});
	test('is edited as a new version, one draft at a time', async () => {
		const { versionId } = await city.does(
			city.officer(),
			draftInstrument,
			{ instrumentId: city.instrumentId },
			{ now }
		);
		const sheet = await city.sees((db) => instrumentById(db, city.officer(), city.instrumentId));
		expect(sheet.version).toMatchObject({ id: versionId, number: 2, frozenAt: null });
		expect(itemsOf(sheet.definition)).toHaveLength(itemsOf(city.definition).length);
		await expect(
			city.does(city.officer(), draftInstrument, { instrumentId: city.instrumentId }, { now })
		).rejects.toMatchObject({ code: 'needs.build.draftExists' });
	});
});

describe('answers that are no levels', () => {
	const need = (number?: number, mastery?: number) => [
		{ itemId: city.itemOf('needMastery'), competencyId: city.first, number, mastery }
	];
	test('of need and mastery may come one tap after the other', async () => {
		await city.answer('ani', 'ani', 'self', need(5));
		await city.answer('ani', 'ani', 'self', need(undefined, 2));
		const [row] = await city.rows('answer', 'person_id = $2', city.who('ani'));
		expect(row).toMatchObject({ number: 5, mastery: 2, source: 'self', rater_id: city.who('ani') });
		await expect(city.answer('ani', 'ani', 'self', need(6))).rejects.toMatchObject({
			code: 'needs.answer.outside'
		});
	});
	test('to what a condition hides are refused; an answer hidden later is kept and not counted', async () => {
		const why = idOf(/^Apa yang menghalangi/);
		const words = [{ itemId: why, words: 'Loket kosong' }];
		await expect(city.answer('ani', 'ani', 'self', words)).rejects.toMatchObject({
			code: 'needs.answer.hidden'
		});
		const free = (code: string) => [{ itemId: city.itemOf('choice'), codes: [code] }];
		await city.answer('ani', 'ani', 'self', free('no'));
		await city.answer('ani', 'ani', 'self', words);
		await city.answer('ani', 'ani', 'self', free('yes'));
		const kept = () => city.rows('answer', 'person_id = $2 and item_id = $3', city.who('ani'), why);
		expect(await kept()).toMatchObject([{ words: 'Loket kosong', counts: false }]);
		await city.answer('ani', 'ani', 'self', free('partly'));
		expect(await kept()).toMatchObject([{ words: 'Loket kosong', counts: true }]);
	});
	test('that do not exist as choices, or are too many, are refused', async () => {
		const form = (codes: string[]) =>
			city.answer('ani', 'ani', 'self', [{ itemId: city.itemOf('form'), codes }]);
		await expect(form(['XX99'])).rejects.toMatchObject({ code: 'needs.answer.unknownChoice' });
		await expect(form(['KL03', 'KL06', 'KL07', 'NK01'])).rejects.toMatchObject({
			code: 'needs.answer.tooMany'
		});
		await form(['KL03', 'NK10']);
	});
	test('are added up for a unit, and hidden while fewer than five answered', async () => {
		const seen = async () => {
			const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
			const all = await city.sees((db) => otherAnswers(db, city.officer(), campaign, city.definition, null));
			return all.items.find(({ item }) => item.kind === 'needMastery');
		};
		expect(await seen()).toMatchObject({ people: 1, hidden: true, competencies: [] });
		for (const name of ['budi', 'citra', 'dewi', 'eko']) await city.answer(name, name, 'self', need(4, 2));
		expect(await seen()).toMatchObject({
			people: 5,
			hidden: false,
			competencies: [{ people: 5, need: 4.2, mastery: 2, gap: 2.2 }]
		});
	});
	test('of nobody in another unit are shown', async () => {
		const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
		await expect(
			city.sees((db) =>
				otherAnswers(
					db,
					city.as('stranger', ['needs.read'], 'kota.plaju'),
					campaign,
					city.definition,
					city.unit.marelan
				)
			)
		).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('whom the survey still waits for', () => {
	test('is told the unit by names, and counted in its progress', async () => {
		await city.answer('fitri', 'fitri', 'self', [
			...city.levels(2),
			...[city.first, city.second].map((competencyId) => ({
				itemId: city.itemOf('needMastery'),
				competencyId,
				number: 3,
				mastery: 3
			})),
			{ itemId: city.itemOf('choice'), codes: ['yes'] }
		]);
		const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
		const message = await city.sees(async (db) =>
			unitMessage(db, city.kasi(), campaign, await unitInView(db, city.kasi(), city.unit.pelayanan))
		);
		expect(message).toMatchObject({ people: 7, done: 1 });
		expect(message.waiting).not.toContain('fitri');
		const rows = await city.sees((db) => progressOf(db, city.officer(), campaign.id, 'kota.marelan'));
		expect(rows.reduce((sum, row) => sum + row.selfDone, 0)).toBe(1);
	});
});
