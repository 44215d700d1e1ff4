import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { AppError, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool, type DB } from '#platform/db/db.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { command } from './command.ts';
import { deliverEvents, on } from './events.ts';
import { run } from './run.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
let owner: Kysely<DB>;
let worker: Kysely<DB>;
const agencyId = newId();
const actor: Actor = {
	agencyId,
	accountId: 'a1',
	personId: null,
	name: 'A',
	unitPath: '',
	hat: null,
	grants: []
};

beforeAll(async () => {
	scratch = await testDatabase();
	owner = openKysely(openPool(scratch.url, null, 2));
	worker = openKysely(openPool(scratch.url, 'asah_worker', 2));
	await sql`insert into platform.agency (agency_id, code, name, city, time_zone) values (${agencyId}, 'x', 'x', 'x', 'Asia/Jakarta')`.execute(
		owner
	);
});
afterAll(async () => {
	await owner.destroy();
	await worker.destroy();
	await scratch.drop();
});

const Shape = z.object({ name: z.string().min(2) });
const insertUnit = (options: { ask?: boolean; allow?: boolean; fail?: boolean } = {}) =>
	command('people.testUnit', Shape, async ({ tx, actor: who, permit, record }, { name }) => {
		const id = newId();
		await tx
			.insertInto('people.unit')
			.values({
				agency_id: who.agencyId,
				id,
				name,
				kind: 'dinas',
				label: id.replaceAll('-', ''),
				path: id.replaceAll('-', ''),
				valid_from: '2026-01-01'
			})
			.execute();
		if (options.ask !== false) permit(options.allow !== false);
		if (options.fail) throw refused('people.nip.length', { digits: 17 });
		record('classes.closed', { classId: id });
		return { id };
	});

const units = async (name: string) =>
	(await sql<{ n: number }>`select count(*)::int as n from people.unit where name = ${name}`.execute(owner))
		.rows[0]?.n;
const go = (work: ReturnType<typeof insertUnit>, name: string, key?: string) =>
	run(work, { actor, input: { name }, kysely: scratch.db, ...(key === undefined ? {} : { key }) });

describe('a command', () => {
	test('writes, tells its event and leaves one audit line', async () => {
		const { id } = await go(insertUnit(), 'Dinas Satu');
		expect(await units('Dinas Satu')).toBe(1);
		const audit = await sql<{
			command: string;
			subject: unknown;
		}>`select command, subject from platform.audit where subject ->> 'classId' = ${id}`.execute(owner);
		expect(audit.rows).toEqual([{ command: 'people.testUnit', subject: { classId: id } }]);
		const event = await sql<{
			name: string;
		}>`select name from platform.event where payload ->> 'classId' = ${id}`.execute(owner);
		expect(event.rows).toEqual([{ name: 'classes.closed' }]);
	});
	test('with a character that no text may hold is told so, not a failure of ours', async () => {
		await expect(go(insertUnit(), 'Dinas \0')).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ code: 'platform.work.character' }]
		});
	});
	test('that never asked permission is rolled back', async () => {
		await expect(go(insertUnit({ ask: false }), 'Tak Bertanya')).rejects.toThrow(/without asking/);
		expect(await units('Tak Bertanya')).toBe(0);
	});
	test('that was not allowed, or refused later, writes nothing by half', async () => {
		await expect(go(insertUnit({ allow: false }), 'Tak Boleh')).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(go(insertUnit({ fail: true }), 'Gagal')).rejects.toMatchObject({
			kind: 'refused',
			code: 'people.nip.length',
			params: { digits: 17 }
		});
		expect(await units('Tak Boleh')).toBe(0);
		expect(await units('Gagal')).toBe(0);
	});
	test('names the field that is out of shape and writes nothing', async () => {
		const wrong = await go(insertUnit(), 'x').catch((error: unknown) => error);
		expect(wrong).toBeInstanceOf(AppError);
		expect(wrong).toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'name', code: 'kernel.field.tooShort', params: { minimum: 2 } }]
		});
	});
	test('sent again under the same key answers as it did and writes once', async () => {
		const first = await go(insertUnit(), 'Dua Kali', 'key-twice-1');
		const second = await go(insertUnit(), 'Dua Kali', 'key-twice-1');
		expect(second).toEqual(first);
		expect(await units('Dua Kali')).toBe(1);
	});
	test('sent twice at once under one key writes once and answers both', async () => {
		const answers = await Promise.all([1, 2, 3, 4].map(() => go(insertUnit(), 'Serentak', 'key-at-once')));
		expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
		expect(await units('Serentak')).toBe(1);
	});
	test('with other input under a used key is refused', async () => {
		await go(insertUnit(), 'Kunci', 'key-reused-1');
		await expect(go(insertUnit(), 'Kunci Lain', 'key-reused-1')).rejects.toMatchObject({
			code: 'platform.work.keyReused'
		});
	});
	test.each(['short', 'x'.repeat(201)])(
		'under a key that is no key (%#) is refused in words',
		async (key) => {
			await expect(go(insertUnit(), 'Kunci Aneh', key)).rejects.toMatchObject({
				kind: 'refused',
				code: 'platform.work.keyForm'
			});
			expect(await units('Kunci Aneh')).toBe(0);
		}
	);
	test('that was refused may be sent again under the same key once mended', async () => {
		await expect(go(insertUnit({ fail: true }), 'Ulang', 'key-mended-1')).rejects.toMatchObject({
			kind: 'refused'
		});
		await go(insertUnit(), 'Ulang', 'key-mended-1');
		expect(await units('Ulang')).toBe(1);
	});
	test('cannot write into another agency', async () => {
		const foreign = command('people.testForeign', z.object({}), async ({ tx, permit }) => {
			permit(true);
			await tx
				.insertInto('people.unit')
				.values({
					agency_id: newId(),
					id: newId(),
					name: 'Asing',
					kind: 'dinas',
					label: 'z',
					path: 'z',
					valid_from: '2026-01-01'
				})
				.execute();
		});
		await expect(run(foreign, { actor, input: {}, kysely: scratch.db })).rejects.toThrow(
			/row-level security/
		);
	});
	test('promised to be anonymous leaves neither key nor audit line', async () => {
		const nameless = command('people.testNameless', z.object({}), async ({ permit }) => permit(true), {
			audit: 'withoutActor'
		});
		await run(nameless, { actor, input: {}, key: 'key-nameless', kysely: scratch.db });
		const kept = await sql<{
			n: number;
		}>`select (select count(*) from platform.audit where command = 'people.testNameless') + (select count(*) from platform.idempotency where key = 'key-nameless') as n`.execute(
			owner
		);
		expect(Number(kept.rows[0]?.n)).toBe(0);
	});
	test('whose name is withheld says what was done and not by whom', async () => {
		const unsigned = command(
			'people.testUnsigned',
			z.object({}),
			async ({ permit, note }) => {
				permit(true);
				note({ evaluationId: 'x' });
			},
			{ audit: 'withoutName' }
		);
		await run(unsigned, { actor, input: {}, key: 'key-unsigned', requestId: 'r-1', kysely: scratch.db });
		const { rows } = await sql`
			select account_id, person_id, hat, request_id, subject from platform.audit where command = 'people.testUnsigned'`.execute(
			owner
		);
		expect(rows).toEqual([
			{ account_id: 'withheld', person_id: null, hat: null, request_id: null, subject: { evaluationId: 'x' } }
		]);
	});
});

describe('an event', () => {
	test('reaches its listener once, and again only when the listener failed', async () => {
		const heard: string[] = [];
		let failing = true;
		on('people.imported', async (event) => {
			heard.push(event.payload.importId);
			if (failing) throw new Error('not now');
		});
		const importId = newId();
		const tell = command('people.testTell', z.object({}), async ({ permit, record }) => {
			permit(true);
			record('people.imported', { importId });
		});
		await run(tell, { actor, input: {}, kysely: scratch.db });
		while ((await deliverEvents(worker, scratch.db)) > 0);
		expect(heard).toEqual([importId]);
		failing = false;
		await sql`update platform.event set next_at = now() where payload ->> 'importId' = ${importId}`.execute(
			owner
		);
		await deliverEvents(worker, scratch.db);
		await sql`update platform.event set next_at = now() where payload ->> 'importId' = ${importId}`.execute(
			owner
		);
		await deliverEvents(worker, scratch.db);
		expect(heard).toEqual([importId, importId]);
	});
});
