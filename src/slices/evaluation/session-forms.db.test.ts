import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { evaluationOfClass, reactionsDue } from './public.server.ts';
import { SESSION_ITEMS } from './reaction-items.ts';
import { classForms, formScreen, sessionResults, sessionTrend } from './server/class-forms.ts';
import { chooseForms } from './server/commands/choose-forms.ts';
import { openReactions } from './server/commands/open-reactions.ts';
import { react } from './server/commands/react.ts';
import { formAtAddress, reactionForm } from './server/queries.ts';
import { reactionsToOpen } from './server/reactions-to-open.ts';
import { townWithForms } from './test-forms.ts';

const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
/** All sessions are over by then, two minutes each, because people sit in one at a time. */
const IN_TIME = new Date('2026-03-06T02:50:00Z');
const TODAY = '2026-03-06';
const minute = (at: number) => new Date(Date.UTC(2026, 2, 6, 1, at)).toISOString();
const LATER = new Date('2026-03-10T03:00:00Z');
const LATER_DAY = '2026-03-10';

let it: Awaited<ReturnType<typeof townWithForms>>;
beforeAll(async () => {
	it = await townWithForms();
});
afterAll(() => it.close());

const office = () => it.as('officer', ['classes.manage', 'evaluation.read'], '');
let number = 0;

/** A running class with one session, with the short form unless told otherwise. */
async function aSession({ form = true, only = '' } = {}) {
	const [classId, sessionId] = [newId(), newId()];
	number += 1;
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'running', 30, '2026-03-06', '2026-03-20', 'uji', '2026-01-01')`,
		[it.agencyId, classId, `S-${number}`, it.need.versionId]
	);
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', $4, $5, 1)`,
		[it.agencyId, sessionId, classId, minute(number * 2), minute(number * 2 + 2)]
	);
	for (const name of SIX)
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', '2026-02-01')`,
			[it.agencyId, newId(), classId, it.who(name)]
		);
	if (only)
		await it.owner.query(
			'insert into classes.session_member (agency_id, session_id, person_id) values ($1, $2, $3)',
			[it.agencyId, sessionId, it.who(only)]
		);
	if (form) {
		const { choices } = await it.sees((db) => classForms(db, office(), classId, IN_TIME, TODAY));
		await it.does(office(), chooseForms, { classId, sessionVersionId: choices[0]?.versionId });
	}
	return { classId, sessionId };
}
type Sat = Awaited<ReturnType<typeof aSession>>;

const answers = (mark: number, sure = true) =>
	SESSION_ITEMS.map(({ code, kind }) =>
		kind === 'text'
			? { item: code, remark: 'kata' }
			: kind === 'confidence'
				? { item: code, ...(sure ? { before: 2, score: mark } : {}) }
				: { item: code, score: mark }
	);
const gives = (name: string, sat: Sat, mark: number, now = IN_TIME, sure = true) =>
	it.does(it.as(name), react, { ...sat, answers: answers(mark, sure) }, { now });
const opens = (sat: Sat, now = LATER) =>
	it.does({ ...it.as('officer', ['evaluation.read'], ''), personId: null }, openReactions, sat, { now });
const results = (sat: Sat, now = LATER, day = LATER_DAY) =>
	it.sees((db) => sessionResults(db, office(), sat, now, day));

describe('a form after a session', () => {
	test('is taken from its last quarter of an hour for three days, once, and twice sent is harmless', async () => {
		const sat = await aSession();
		await expect(gives('ani', sat, 4, new Date('2026-03-06T00:30:00Z'))).rejects.toMatchObject({
			code: 'evaluation.reaction.notYet'
		});
		const both = await Promise.allSettled([gives('ani', sat, 4), gives('ani', sat, 1)]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		await expect(gives('ani', sat, 4)).rejects.toMatchObject({ code: 'evaluation.reaction.alreadyGiven' });
		await expect(gives('budi', sat, 4, LATER)).rejects.toMatchObject({ code: 'evaluation.reaction.over' });
		const kept = await it.owner.query('select from evaluation.session_envelope where session_id = $1', [
			sat.sessionId
		]);
		expect(kept.rows).toHaveLength(1);
	});

	test('is awaited from who sat in it, and nobody’s where the class has none', async () => {
		const sat = await aSession();
		const due = await it.sees((db) => reactionsDue(db, it.who('fitri'), IN_TIME, TODAY));
		expect(due).toContainEqual({
			...sat,
			code: `S-${number}`,
			name: 'Pelayanan prima',
			topic: 'Antrean',
			until: '2026-03-09'
		});
		const without = await aSession({ form: false });
		await expect(gives('ani', without, 4)).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.sees((db) => reactionForm(db, it.as('ani'), without, IN_TIME, TODAY))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('of a session for a few is no other’s, nor is that of a class for a stranger', async () => {
		const pair = await aSession({ only: 'ani' });
		await expect(gives('budi', pair, 4)).rejects.toMatchObject({ kind: 'missing' });
		await gives('ani', pair, 4);
		const sat = await aSession();
		await expect(gives('stranger', sat, 4)).rejects.toMatchObject({ kind: 'missing' });
		await expect(gives('ani', { ...sat, classId: pair.classId }, 4)).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('does not count as the class’s own', async () => {
		const sat = await aSession();
		await gives('ani', sat, 4);
		expect(await it.sees((db) => evaluationOfClass(db, sat.classId, LATER, LATER_DAY))).toMatchObject({
			given: 0,
			reaction: null
		});
	});
});

describe('results of a session', () => {
	test('of four are destroyed unopened, and nothing of them is in the trend', async () => {
		const sat = await aSession();
		for (const name of SIX.slice(0, 4)) await gives(name, sat, 2);
		expect((await results(sat, IN_TIME, TODAY)).reactions).toMatchObject({ reason: 'collecting' });
		await expect(opens(sat, IN_TIME)).rejects.toMatchObject({ code: 'evaluation.reaction.stillOpen' });
		expect(await it.sees((db) => reactionsToOpen(db, LATER, LATER_DAY))).toContainEqual(sat);
		await opens(sat);
		expect((await results(sat)).reactions).toEqual({ shown: false, reason: 'tooFew' });
		for (const table of ['session_answer', 'session_envelope'])
			expect(
				(await it.owner.query(`select from evaluation.${table} where session_id = $1`, [sat.sessionId])).rows
			).toEqual([]);
		expect(await it.sees((db) => sessionTrend(db, sat.classId, LATER, LATER_DAY))).toMatchObject({
			sessions: [{ given: 4, mean: null, results: 'tooFew' }],
			marks: []
		});
	});

	test('are shown once closed, while the class goes on: marks to five, confidence with its interval', async () => {
		const sat = await aSession();
		for (const [index, name] of SIX.slice(0, 5).entries()) await gives(name, sat, index + 1);
		await opens(sat);
		const { reactions } = await results(sat);
		if (!reactions.shown) throw new Error('hidden');
		expect(reactions.items).toHaveLength(3);
		expect(reactions.items[0]).toMatchObject({ mean: 3, points: 5, spread: [1, 1, 1, 1, 1], answers: 5 });
		// Before 2 each; now 1 to 5: mean change 1, t(4) = 2.776, s = √2.5.
		const [sure] = reactions.confidence;
		if (!sure?.shown) throw new Error('hidden');
		expect(sure).toMatchObject({ pairs: 5, meanBefore: 2, meanAfter: 3, change: 1 });
		expect(sure.lower).toBeCloseTo(1 - 2.776 * Math.sqrt(0.5), 3);
		expect(reactions.remarks).toHaveLength(1);
		const { sessions } = await it.sees((db) => sessionTrend(db, sat.classId, LATER, LATER_DAY));
		expect(sessions[0]?.mean).toBeCloseTo(2.5);
	});

	test('name a confidence that only four of six gave, and tell nothing of it', async () => {
		const sat = await aSession();
		for (const [index, name] of SIX.entries()) await gives(name, sat, 4, IN_TIME, index < 4);
		await opens(sat, IN_TIME);
		const { reactions } = await results(sat, IN_TIME, TODAY);
		if (!reactions.shown) throw new Error('hidden');
		expect(reactions.items[0]).toMatchObject({ answers: 6 });
		expect(reactions.confidence).toEqual([expect.objectContaining({ code: 'SA.01', shown: false })]);
		expect(Object.keys(reactions.confidence[0] ?? {}).sort()).toEqual([
			'code',
			'shown',
			'wordingEn',
			'wordingId'
		]);
	});

	test('are not a participant’s to read', async () => {
		const sat = await aSession();
		await expect(
			it.sees((db) => sessionResults(db, it.as('ani'), sat, LATER, LATER_DAY))
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.sees((db) => formScreen(db, it.as('ani'), sat, LATER, LATER_DAY))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});

test('the short address leads to the form that is awaited, then to the class’s; a stranger meets nothing', async () => {
	const sat = await aSession();
	const to = (name: string, nth: number | null, code = `s-${number}`) =>
		it.sees((db) => formAtAddress(db, it.as(name), code, nth, IN_TIME, TODAY));
	expect(await to('ani', null)).toEqual(sat);
	expect(await to('ani', 1)).toEqual(sat);
	await gives('ani', sat, 4);
	expect(await to('ani', null)).toEqual({ classId: sat.classId, sessionId: null });
	await expect(to('ani', 2)).rejects.toMatchObject({ kind: 'missing' });
	await expect(to('stranger', null)).rejects.toMatchObject({ kind: 'missing' });
	await expect(to('ani', null, 'tidak-ada')).rejects.toMatchObject({ kind: 'missing' });
});
