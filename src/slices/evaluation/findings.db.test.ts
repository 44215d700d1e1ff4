import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { askChange, decideChange } from '#slices/programs/public.server.ts';
import { changeRequestsOn } from '#slices/programs/server/change-requests.ts';
import { town } from '../../../tests/make/town.ts';
import { nameOwner } from './server/commands/name-owner.ts';
import { writeFinding } from './server/commands/write-finding.ts';
import { findingById } from './server/finding-list.ts';
import { classFindings, findingFacts } from './server/findings.ts';
import { officeIs } from './server/owners.ts';
import { saidAndChanged } from './server/said.ts';

let it: Awaited<ReturnType<typeof town>>;
const classId = newId();
const NOTHING = {};

beforeAll(async () => {
	it = await town();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'K-1', 'Pelayanan prima', $3, 'KL03', 'class', 'finished', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		[it.agencyId, classId, it.need.versionId]
	);
	await it.owner.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', '2026-03-06 08:00+07', '2026-03-06 10:00+07', $4, 2)`,
		[it.agencyId, newId(), classId, it.who('trainer')]
	);
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'passed', '2026-02-01')`,
		[it.agencyId, newId(), classId, it.who('ani')]
	);
});
afterAll(() => it.close());

const finding = { classId, statement: 'Latihan terlalu jauh dari pekerjaan di loket.', severity: 'high' };
const author = () => it.as('officer', ['programs.edit', 'programs.read'], '');

describe('a finding', () => {
	let findingId = '';

	test('is written by who teaches the class or works on the program, not by a stranger', async () => {
		await expect(it.does(it.as('coach'), writeFinding, finding)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.does(it.as('ani'), writeFinding, finding)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			it.does(it.as('trainer'), writeFinding, { ...finding, classId: newId() })
		).rejects.toMatchObject({
			kind: 'missing'
		});
		({ findingId } = await it.does(it.as('trainer'), writeFinding, {
			...finding,
			evidence: 'M.02: 2,3 dari 4'
		}));
		const { findings, can } = await it.sees((db) => classFindings(db, it.as('trainer'), classId, NOTHING));
		expect(findings).toMatchObject([
			{ id: findingId, severity: 'high', owner: 'trainer', decision: null, answer: null }
		]);
		expect(can).toEqual({ write: true });
	});

	test('asks programs for a change, once however often it is told', async () => {
		const asked = await it.sees((db) => findingFacts(db, findingId));
		const clock = { ...author(), personId: null };
		await it.does(clock, askChange, asked);
		await it.does(clock, askChange, asked);
		expect(await it.sees((db) => changeRequestsOn(db, it.agencyId, it.need.versionId))).toMatchObject([
			{ id: findingId, wording: finding.statement, severity: 'high', decision: null }
		]);
	});

	test('stays open until programs answer, once; then participants read what became of their words', async () => {
		const decided = {
			changeId: findingId,
			decision: 'adopted',
			answer: 'Latihan kini memakai antrean sungguhan.'
		};
		await expect(it.does(it.as('trainer'), decideChange, decided)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await it.does(author(), decideChange, decided);
		await expect(it.does(author(), decideChange, decided)).rejects.toMatchObject({
			code: 'programs.change.alreadyDecided'
		});
		const said = await it.sees((db) => saidAndChanged(db, it.as('ani'), classId));
		expect(said.findings).toMatchObject([
			{ statement: finding.statement, decision: 'adopted', answer: decided.answer }
		]);
	});

	test('is read by participants of its classes; for others the page does not exist', async () => {
		for (const name of ['stranger', 'budi', 'coach'])
			await expect(it.sees((db) => saidAndChanged(db, it.as(name), classId))).rejects.toMatchObject({
				kind: 'missing'
			});
		await expect(it.sees((db) => classFindings(db, it.as('ani'), classId, NOTHING))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});

describe('the owner of a finding', () => {
	const statement = 'Contoh kasusnya dari kantor lain.';
	let findingId = '';
	const handTo = (by: ReturnType<typeof author>, who: string, reason = 'Pindah tugas bulan ini.') =>
		it.does(by, nameOwner, { findingId, ownerId: it.who(who), reason });
	const sheet = (of = author()) => it.sees((db) => findingById(db, of, findingId));

	beforeAll(async () => {
		officeIs(sql`select ${it.who('officer')}::uuid as person_id`);
		({ findingId } = await it.does(it.as('trainer'), writeFinding, { ...finding, statement }));
	});

	test('is its writer, and may be somebody who works on programs or teaches the class', async () => {
		const { mayOwn, writer, owner, can } = await sheet();
		expect(mayOwn.map(({ name }) => name)).toEqual(['officer', 'trainer']);
		expect({ writer, owner, ...can }).toMatchObject({ writer: 'trainer', owner: 'trainer', nameOwner: true });
		for (const who of ['ani', 'camat'])
			await expect(handTo(author(), who)).rejects.toMatchObject({
				kind: 'invalid',
				issues: [{ path: 'ownerId', code: 'evaluation.owner.mayNot' }]
			});
		await expect(handTo(author(), 'trainer')).rejects.toMatchObject({
			issues: [{ code: 'evaluation.owner.same' }]
		});
		await expect(handTo(author(), 'officer', 'x')).rejects.toMatchObject({ kind: 'invalid' });
	});

	test('is changed by the office, the teacher or the owner, with the reason in the audit trail', async () => {
		for (const who of ['ani', 'coach', 'stranger'])
			await expect(handTo(it.as(who), 'officer')).rejects.toMatchObject({ kind: 'forbidden' });
		await handTo(it.as('trainer'), 'officer', 'Officer menyusun versi berikutnya.');
		const { owner, writer, ownerChanges } = await sheet();
		expect({ owner, writer }).toEqual({ owner: 'officer', writer: 'trainer' });
		expect(ownerChanges).toMatchObject([
			{ from: 'trainer', to: 'officer', by: 'trainer', reason: 'Officer menyusun versi berikutnya.' }
		]);
		const told = await it.owner.query(
			`select payload ->> 'findingId' as id from platform.event where name = 'evaluation.findingOwned'`
		);
		expect(told.rows).toEqual([{ id: findingId }]);
	});

	test('stays once the finding is answered', async () => {
		const asked = await it.sees((db) => findingFacts(db, findingId));
		await it.does({ ...author(), personId: null }, askChange, asked);
		await it.does(author(), decideChange, {
			changeId: findingId,
			decision: 'declined',
			answer: 'Kasus kantor sendiri belum ada.'
		});
		await expect(handTo(author(), 'trainer')).rejects.toMatchObject({ code: 'evaluation.owner.decided' });
		expect((await sheet()).mayOwn).toEqual([]);
	});

	test('and what it rests on are not told to participants', async () => {
		const { findings } = await it.sees((db) => saidAndChanged(db, it.as('ani'), classId));
		expect(Object.keys(findings[0] ?? {}).toSorted()).toEqual(
			['answer', 'answeredAt', 'decision', 'id', 'since', 'statement'].toSorted()
		);
	});
});
