import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { SESSION_ITEMS } from './reaction-items.ts';
import { sessionTrend } from './server/class-forms.ts';
import { chooseForms } from './server/commands/choose-forms.ts';
import { openReactions } from './server/commands/open-reactions.ts';
import { react } from './server/commands/react.ts';
import { writeFinding } from './server/commands/write-finding.ts';
import { findingById } from './server/finding-list.ts';
import { classFindings } from './server/findings.ts';
import { townWithForms } from './test-forms.ts';

const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const LATER = new Date('2026-03-10T03:00:00Z');
const LATER_DAY = '2026-03-10';
const at = (minute: number) => new Date(Date.UTC(2026, 2, 6, 1, minute));

let it: Awaited<ReturnType<typeof townWithForms>>;
/** The next version of the curriculum and its module, made from those of the town. */
const next = { versionId: newId(), moduleId: newId() };
type Of = { versionId: string; moduleId: string | null };

beforeAll(async () => {
	it = await townWithForms();
	await it.owner.query(
		`insert into programs.version (agency_id, id, program_id, number, status, based_on, created_by, created_at)
		values ($1, $2, $3, 99, 'draft', $4, 'uji', '2026-01-01')`,
		[it.agencyId, next.versionId, it.need.programId, it.need.versionId]
	);
	await it.owner.query(
		`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode, based_on)
		values ($1, $2, $3, 1, 'Antrean', 2, 'class', $4)`,
		[it.agencyId, next.moduleId, next.versionId, it.need.moduleId]
	);
});
afterAll(() => it.close());

const office = () => it.as('officer', ['classes.manage', 'evaluation.read', 'programs.edit'], '');
let number = 0;

/** A class with a session, in which six gave these marks in turn to every item; opened. */
async function opened(marks: readonly number[], of: Of = next) {
	const [classId, sessionId] = [newId(), newId()];
	number += 1;
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'running', 30, '2026-03-06', '2026-03-20', 'uji', '2026-01-01')`,
		[it.agencyId, classId, `T-${number}`, of.versionId]
	);
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, module_id, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', $4, 'class', $5, $6, $7, 1)`,
		[it.agencyId, sessionId, classId, of.moduleId, at(number * 2), at(number * 2 + 2), it.who('trainer')]
	);
	for (const name of SIX)
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', '2026-02-01')`,
			[it.agencyId, newId(), classId, it.who(name)]
		);
	const short = await it.owner.query<{ id: string }>(
		`select v.id from evaluation.form_version v join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
		where t.agency_id = $1 and t.shipped = 'session'`,
		[it.agencyId]
	);
	await it.does(office(), chooseForms, { classId, sessionVersionId: short.rows[0]?.id });
	for (const [index, name] of SIX.entries())
		await it.does(
			it.as(name),
			react,
			{
				classId,
				sessionId,
				answers: SESSION_ITEMS.flatMap(({ code, kind }) =>
					kind === 'scale' ? [{ item: code, score: marks[index % marks.length] }] : []
				)
			},
			{ now: at(number * 2 + 1) }
		);
	await it.does(
		{ ...it.as('officer', ['evaluation.read'], ''), personId: null },
		openReactions,
		{ classId, sessionId },
		{ now: LATER }
	);
	return { classId, sessionId };
}

const found = (classId: string) =>
	it.sees(async (db) => {
		const { marks: sessions } = await sessionTrend(db, classId, LATER, LATER_DAY);
		return classFindings(db, it.as('trainer'), classId, { sessions });
	});

test('what was said low of one session is proposed with the session named, and once a finding rests on it no more', async () => {
	const sat = await opened([2, 3]);
	const { proposals } = await found(sat.classId);
	expect(proposals).toHaveLength(SESSION_ITEMS.filter(({ kind }) => kind === 'scale').length);
	const [first] = proposals;
	expect(first).toMatchObject({
		kind: 'lowItem',
		session: { id: sat.sessionId, number: 1, topic: 'Antrean' },
		item: { mean: 2.5, points: 5, answers: 6 }
	});
	const written = {
		classId: sat.classId,
		sessionId: sat.sessionId,
		itemCode: first?.item.code,
		statement: 'Latihan terlalu jauh dari pekerjaan di loket.',
		severity: 'high'
	};
	const { findingId } = await it.does(it.as('trainer'), writeFinding, written);
	const after = await found(sat.classId);
	expect(after.proposals.map(({ item }) => item.code)).toEqual(
		proposals.slice(1).map(({ item }) => item.code)
	);
	expect(after.findings).toMatchObject([
		{ id: findingId, itemCode: first?.item.code, sessionId: sat.sessionId }
	]);
	expect(await it.sees((db) => findingById(db, office(), findingId))).toMatchObject({
		class: { id: sat.classId },
		session: { id: sat.sessionId, number: 1, topic: 'Antrean' }
	});
});

test('a finding names no session of another class, and no item that is not asked', async () => {
	const [one, other] = [await opened([4]), await opened([4])];
	const finding = { classId: one.classId, statement: 'Contoh kasusnya dari kantor lain.', severity: 'low' };
	for (const wrong of [{ sessionId: other.sessionId }, { sessionId: newId() }, { itemCode: 'TIDAK.ADA' }])
		await expect(it.does(office(), writeFinding, { ...finding, ...wrong })).rejects.toMatchObject({
			kind: 'missing'
		});
});

test('a session that does worse than sessions about its module in the version before is proposed as a drop', async () => {
	await opened([5], it.need);
	const { classId } = await opened([4]);
	const { proposals } = await found(classId);
	expect(proposals[0]).toMatchObject({ kind: 'dropped', before: 5, item: { mean: 4 } });
	// Another module is another thing: it is compared with nothing.
	const apart = await opened([4], { ...next, moduleId: null });
	expect((await found(apart.classId)).proposals).toEqual([]);
});

test('a class is compared with all opened classes of the version before, and with none that is still sealed', async () => {
	const { classId } = await opened([5]);
	const item = {
		code: 'M.01',
		wordingId: 'x',
		wordingEn: 'x',
		answers: 6,
		mean: 3,
		points: 4,
		spread: []
	} as const;
	const proposed = async () =>
		(await it.sees((db) => classFindings(db, it.as('trainer'), classId, { items: [item] }))).proposals;
	expect(await proposed()).toEqual([]);
	for (const [marks, isOpen] of [
		[[4, 4, 4, 4, 3], true],
		[[1, 1, 1, 1, 1], false]
	] as const) {
		const { classId: before } = await opened([5], it.need);
		await it.owner.query(
			`insert into evaluation.reaction_box (agency_id, class_id, public_key, opened_on, locked_key)
			values ($1, $2, '', case when $3 then date '2026-03-20' end, case when $3 then null else '\\x00'::bytea end)`,
			[it.agencyId, before, isOpen]
		);
		for (const score of marks)
			await it.owner.query(
				`insert into evaluation.reaction_answer (agency_id, class_id, item_code, score) values ($1, $2, 'M.01', $3)`,
				[it.agencyId, before, score]
			);
	}
	expect(await proposed()).toMatchObject([
		{ kind: 'dropped', before: 3.8, session: null, item: { mean: 3 } }
	]);
});
