import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { seedReactionForms } from './public.server.ts';
import { chooseForms } from './server/commands/choose-forms.ts';
import { openReactions } from './server/commands/open-reactions.ts';
import { react } from './server/commands/react.ts';
import { openSlip } from './server/envelope.ts';
import { changeResults } from './server/form-results.ts';
import { SESSION_ITEMS } from './reaction-items.ts';
import { idBytes, pagesHolding, touched } from './test-attacker.ts';
import { linkFor } from './ui/device-link.ts';

/**
 * The attacker of anonymity.db.test.ts, now at the forms after sessions, and at people who let their forms be linked. They
 * know who answered what form, so somebody who alone sat in two classes would be known by any mark that both answers share.
 * This time they have the file with the key too, once all is opened. What they never have is what lies on a device.
 */
const SIX = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
/** Only Ani is in both. */
const OTHERS = ['ani', 'officer', 'coach', 'camat', 'kasi', 'stranger'];
const NOW = new Date('2026-03-06T10:00:00Z');
const LATER = new Date('2026-04-01T03:00:00Z');
const wordsOf = (name: string, session: string) => `sandi-${name}-${session.slice(-6)}-xyzzy`;
const secretOf = (name: string): string => Buffer.from(name.padEnd(32, '*')).toString('hex');

let it: Awaited<ReturnType<typeof town>>;
/** Two sessions of one class, then one of another. */
let first: Sat, second: Sat, other: Sat;
type Sat = { classId: string; sessionId: string };

beforeAll(async () => {
	process.env['REACTION_KEY'] = 'a key of the tests only';
	it = await town();
	await it.owner.query('create extension if not exists pageinspect');
	await writing(it.agencyId, (tx) => seedReactionForms(tx, it.agencyId), it.db);
	const six = await aClass(SIX);
	[first, second] = [await aSession(six, 1), await aSession(six, 2)];
	other = await aSession(await aClass(OTHERS), 3);
});
afterAll(() => it.close());

async function aClass(people: readonly string[]): Promise<string> {
	const id = newId();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, $3, 'Pelayanan prima', $4, 'KL03', 'class', 'running', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, id, `K-${id.slice(-6)}`, it.need.versionId]
	);
	for (const name of people)
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', '2026-02-01')`,
			[it.agencyId, newId(), id, it.who(name)]
		);
	const short = await it.owner.query<{ id: string }>(
		`select v.id from evaluation.form_version v join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
		where t.agency_id = $1 and t.shipped = 'session'`,
		[it.agencyId]
	);
	await it.does(it.as('officer', ['classes.manage'], ''), chooseForms, {
		classId: id,
		sessionVersionId: short.rows[0]?.id
	});
	return id;
}

async function aSession(classId: string, hour: number): Promise<Sat> {
	const sessionId = newId();
	const at = (minute: number) => new Date(Date.UTC(2026, 2, 6, hour, minute)).toISOString();
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, $4, 'Antrean', 'class', $5, $6, $7, 1)`,
		[it.agencyId, sessionId, classId, hour, at(0), at(45), it.who('trainer')]
	);
	return { classId, sessionId };
}

/** What a device sends: its words, its marks, and where they were before. */
async function sends(name: string, sat: Sat, mark: number, last: Sat | null): Promise<void> {
	const kept = { secret: secretOf(name), last: last?.sessionId ?? null };
	await it.does(
		it.as(name),
		react,
		{
			...sat,
			answers: SESSION_ITEMS.map(({ code, kind }) =>
				kind === 'text'
					? { item: code, remark: wordsOf(name, sat.sessionId) }
					: kind === 'scale'
						? { item: code, score: mark }
						: { item: code, before: 1, score: mark }
			),
			link: await linkFor(kept, it.agencyId, sat.sessionId)
		},
		{ now: NOW }
	);
}
const opens = (sat: Sat) =>
	it.does({ ...it.as('officer', ['evaluation.read'], ''), personId: null }, openReactions, sat, {
		now: LATER
	});
const rowsHolding = (bytes: Buffer) => pagesHolding(it.owner, bytes);

describe('while the forms of a session are taken', () => {
	beforeAll(async () => {
		for (const [index, name] of SIX.entries()) await sends(name, first, (index % 5) + 1, null);
	});

	test('no page holds a word, a link or a key, and the envelopes look alike, linked or not', async () => {
		for (const name of SIX) {
			const kept = { secret: secretOf(name), last: null };
			const { address, key } = await linkFor(kept, it.agencyId, first.sessionId);
			for (const bytes of [
				Buffer.from(wordsOf(name, first.sessionId)),
				Buffer.from(address, 'hex'),
				Buffer.from(address),
				Buffer.from(key, 'hex'),
				Buffer.from(key),
				Buffer.from(kept.secret, 'hex')
			])
				expect(await rowsHolding(bytes)).toEqual([]);
		}
		const { rows } = await it.owner.query<{ size: number; id: string }>(
			'select length(sealed) as size, id from evaluation.session_envelope'
		);
		expect(rows).toHaveLength(6);
		expect(new Set(rows.map(({ size }) => size)).size).toBe(1);
		expect(rows.every(({ id }) => id[14] === '4')).toBe(true);
	});
});

describe('after sessions were opened', () => {
	beforeAll(async () => {
		await opens(first);
		for (const [index, name] of SIX.entries()) await sends(name, second, ((index + 2) % 5) + 1, first);
		for (const name of OTHERS)
			await sends(name, other, name === 'ani' ? 5 : 2, name === 'ani' ? second : null);
		await opens(second);
		await opens(other);
	});

	test('no transaction that touched a person’s rows touched anybody’s answers or slips, dead rows included', async () => {
		const people = [...new Set([...SIX, ...OTHERS])];
		const ofPeople = touched(
			(await Promise.all(people.map((name) => rowsHolding(idBytes(it.who(name)))))).flat()
		);
		const answers = (
			await Promise.all(
				[first, second, other].flatMap(({ sessionId }) =>
					people.map((name) => rowsHolding(Buffer.from(wordsOf(name, sessionId))))
				)
			)
		).flat();
		expect(new Set(answers.map(({ table }) => table))).toEqual(new Set(['evaluation.session_answer']));
		// One transaction a session, however many answered.
		expect(touched(answers).size).toBe(3);
		const slips = await it.owner.query<{ writer: string; remover: string }>(
			`select i.t_xmin::text as writer, i.t_xmax::text as remover
			from generate_series(0, pg_relation_size('evaluation.reaction_slip') / current_setting('block_size')::int - 1) b
			cross join lateral heap_page_items(get_raw_page('evaluation.reaction_slip', b::int)) i where i.t_data is not null`
		);
		expect(slips.rows.length).toBeGreaterThanOrEqual(11);
		const all = [...touched(answers), ...slips.rows.flatMap(({ writer, remover }) => [writer, remover])];
		expect(all.filter((number) => number !== '0' && ofPeople.has(number))).toEqual([]);
	});

	test('who alone sat in both is known to have linked at most: their slips say nothing without their device', async () => {
		const left = await it.owner.query<{ address: Buffer; sealed: Buffer }>(
			'select address, sealed from evaluation.reaction_slip'
		);
		// Six of the other class, and five whose last form was the second session; Ani's of that one is gone.
		expect(left.rows).toHaveLength(11);
		expect(new Set(left.rows.map(({ sealed }) => sealed.length)).size).toBe(1);
		const held = [
			Buffer.alloc(32, process.env['REACTION_KEY']).toString('hex'),
			...left.rows.map(({ address }) => address.toString('hex'))
		];
		for (const { sealed } of left.rows) for (const key of held) expect(openSlip(key, sealed)).toBeUndefined();
		for (const name of new Set([...SIX, ...OTHERS]))
			for (const { sessionId } of [first, second, other]) {
				const kept = { secret: secretOf(name), last: null };
				const { key } = await linkFor(kept, it.agencyId, sessionId);
				for (const bytes of [Buffer.from(key, 'hex'), Buffer.from(key), Buffer.from(kept.secret, 'hex')])
					expect(await rowsHolding(bytes)).toEqual([]);
			}
	});

	test('only how all changed together is kept: six of six are, the one who sat in both is not', async () => {
		const together = await it.sees((db) => changeResults(db, second));
		expect(together.map(({ pairs }) => pairs)).toEqual([6, 6, 6]);
		expect(await it.sees((db) => changeResults(db, other))).toEqual([]);
		const columns = await it.owner.query<{ column_name: string }>(
			`select column_name from information_schema.columns where table_schema = 'evaluation' and table_name in ('session_answer', 'reaction_slip') order by 1`
		);
		expect(columns.rows.map(({ column_name }) => column_name)).toEqual([
			'address',
			'agency_id',
			'agency_id',
			'grade',
			'grade_before',
			'id',
			'item_code',
			'remark',
			'score',
			'sealed',
			'session_id'
		]);
	});

	test('no envelope, key, event, audit line of a person or idempotency key is left', async () => {
		const left = await it.owner.query(
			'select from evaluation.session_envelope union all select from evaluation.session_box where locked_key is not null'
		);
		expect(left.rows).toEqual([]);
		const audit = await it.owner.query<{ command: string }>(
			'select distinct command from platform.audit where agency_id = $1 order by 1',
			[it.agencyId]
		);
		expect(audit.rows.map(({ command }) => command)).toEqual([
			'evaluation.chooseForms',
			'evaluation.openReactions'
		]);
		expect(
			(
				await it.owner.query(
					`select from platform.idempotency where agency_id = $1 and command = 'evaluation.react'`,
					[it.agencyId]
				)
			).rows
		).toEqual([]);
	});
});

test('five of six who link are not told, because the sixth would be known by what is left', async () => {
	const sixAgain = await aClass(SIX);
	const [then, now] = [await aSession(sixAgain, 5), await aSession(sixAgain, 6)];
	for (const name of SIX) await sends(name, then, 3, null);
	await opens(then);
	for (const name of SIX) await sends(name, now, 4, name === 'fitri' ? null : then);
	await opens(now);
	expect(await it.sees((db) => changeResults(db, now))).toEqual([]);
});

test('six who link are not told where one alone comes from another form, whose mark a subtraction would give', async () => {
	const [ani, ...five] = SIX;
	const [theirs, hers] = [await aSession(await aClass(five), 7), await aSession(await aClass(OTHERS), 8)];
	const together = await aSession(await aClass(SIX), 9);
	for (const name of five) await sends(name, theirs, 3, null);
	for (const name of OTHERS) await sends(name, hers, name === ani ? 1 : 4, null);
	await opens(theirs);
	await opens(hers);
	for (const name of SIX) await sends(name, together, 4, name === ani ? hers : theirs);
	await opens(together);
	// Six times the mean before, less five times the mean of the five, would be what Ani said.
	expect(await it.sees((db) => changeResults(db, together))).toEqual([]);
});

test('marks are told in one group only: the six who were told and a seventh are not told again', async () => {
	const twelve = [...SIX, ...OTHERS.slice(1), 'trainer'];
	const seven = [...SIX, 'kasi'];
	const then = await aSession(await aClass(SIX), -1);
	const now = await aSession(await aClass(twelve), 0);
	const later = await aSession(await aClass(seven), 4);
	for (const name of SIX) await sends(name, then, 2, null);
	await opens(then);
	for (const name of twelve) await sends(name, now, 3, SIX.includes(name) ? then : null);
	await opens(now);
	expect((await it.sees((db) => changeResults(db, now))).map(({ pairs }) => pairs)).toEqual([6, 6, 6]);
	// Seven of twelve would hide each of them, had six of the seven not been told: what is left over is one person's.
	for (const name of seven) await sends(name, later, 4, now);
	await opens(later);
	expect(await it.sees((db) => changeResults(db, later))).toEqual([]);
});
