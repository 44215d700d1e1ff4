import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { createProgram } from './server/commands/create-program.ts';
import { putInForce } from './server/commands/put-in-force.ts';
import { advise, askReview, decideAdvice, revokeReview } from './server/commands/review.ts';
import { saveVersion } from './server/commands/save-version.ts';
import { partnerActor, partnerPage } from './server/partner-page.ts';
import { versionPage } from './server/queries.ts';

const NOW = new Date('2026-03-09T03:00:00Z');
const WEEKS_LATER = new Date('2026-04-09T03:00:00Z');
const ADVICE = 'Tambahkan simulasi antrean lansia.';

let it: Awaited<ReturnType<typeof town>>;
let office: Actor;
beforeAll(async () => {
	it = await town();
	office = it.as('officer', ['programs.read', 'programs.edit', 'programs.approve'], '');
});
afterAll(() => it.close());

let serial = 0;
let versionId = '';
let secret = '';
let invitationId = '';
/** A draft that Dr. Rina of a university was asked to read until 23 March. */
beforeEach(async () => {
	serial += 1;
	({ versionId } = await it.does(office, createProgram, {
		code: `RV-${serial}`,
		name: 'Layanan loket',
		form: 'KL03'
	}));
	await it.does(office, saveVersion, {
		versionId,
		revision: 1,
		modules: [{ name: 'Simulasi', learningHours: 4, mode: 'field' }],
		outcomes: [{ statement: 'Melayani antrean', competencyId: it.need.competencyId, level: 3 }]
	});
	const input = {
		versionId,
		partner: 'Dr. Rina',
		organisation: 'Universitas Uji',
		question: 'Cukupkah simulasinya?'
	};
	const asked = await it.does(office, askReview, input, { now: NOW });
	invitationId = asked.invitationId;
	secret = asked.path.replace('/review/', '');
});

const page = (now = NOW, key = secret) => partnerPage(key, now, it.db);
const rina = () => partnerActor(secret, NOW, it.db);
const say = async (now = NOW) => it.does(await rina(), advise, { advice: ADVICE }, { now });
const decide = (adviceId: string, who = office) =>
	it.does(who, decideAdvice, { adviceId, decision: 'partly', answer: 'Satu jam ditambahkan.' }, { now: NOW });

describe('a partner without an account', () => {
	test('reads the draft and what is asked, by the link alone', async () => {
		expect(await page()).toMatchObject({
			state: 'open',
			holder: 'Dr. Rina',
			organisation: 'Universitas Uji',
			question: 'Cukupkah simulasinya?',
			version: { number: 1, status: 'review' },
			learningHours: 4,
			advice: [],
			mayAdvise: true
		});
	});

	test('advises under the name the link was made for, and reads what became of it', async () => {
		const { adviceId } = await say();
		await decide(adviceId);
		const shown = await page();
		expect(shown).toMatchObject({
			advice: [{ partner: 'Dr. Rina', advice: ADVICE, decision: 'partly', answer: 'Satu jam ditambahkan.' }]
		});
		expect(JSON.stringify(shown)).not.toContain('decidedBy');
	});

	test('sees only their own advice', async () => {
		await say();
		const other = await it.does(
			office,
			askReview,
			{ versionId, partner: 'Pak Joko', organisation: 'Warga' },
			{ now: NOW }
		);
		expect(await page(NOW, other.path.replace('/review/', ''))).toMatchObject({ advice: [] });
	});

	test('may do nothing else', async () => {
		const who = await rina();
		const refusal = { kind: 'forbidden' };
		await expect(it.does(who, putInForce, { versionId, revision: 2 })).rejects.toMatchObject(refusal);
		await expect(it.does(who, revokeReview, { invitationId })).rejects.toMatchObject(refusal);
		await expect(it.sees((db) => versionPage(db, who, versionId, NOW))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('cannot flood: the twenty-first piece of advice is refused', async () => {
		for (let given = 0; given < 20; given += 1) await say();
		await expect(say()).rejects.toMatchObject({ kind: 'refused', code: 'programs.advice.tooMany' });
	});
});

describe('a link that has ended', () => {
	test('says so, shows nothing of the draft, and takes no advice', async () => {
		const shown = await page(WEEKS_LATER);
		expect(shown).toMatchObject({ state: 'expired', holder: 'Dr. Rina', agencyName: 'Pemerintah Kota Uji' });
		expect(JSON.stringify(shown)).not.toContain('Simulasi');
		await expect(say(WEEKS_LATER)).rejects.toMatchObject({ kind: 'refused', code: 'programs.link.expired' });
	});

	test('by being taken back, at once, while what was written stays', async () => {
		await say();
		await it.does(office, revokeReview, { invitationId }, { now: NOW });
		expect(await page()).toMatchObject({ state: 'revoked' });
		await expect(say()).rejects.toMatchObject({ kind: 'refused', code: 'programs.link.revoked' });
		expect((await it.sees((db) => versionPage(db, office, versionId, NOW))).advice).toMatchObject([
			{ advice: ADVICE }
		]);
	});

	test.each([
		['guessed', () => secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A')],
		['turned to another agency', () => newId().replaceAll('-', '') + secret.slice(32)],
		['not of our form', () => 'halo']
	])('or never was (%s) does not exist', async (_, key) => {
		await expect(page(NOW, key())).rejects.toMatchObject({ kind: 'missing', code: 'platform.link.expired' });
		await expect(partnerActor(key(), NOW, it.db)).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('the secret', () => {
	test('is kept nowhere: not in the link, not among the answers kept for a second click', async () => {
		const kept = await it.owner.query(
			`select (select string_agg(l::text, ' ') from platform.link l) || (select coalesce(string_agg(i::text, ' '), '') from platform.idempotency i)
				|| (select string_agg(a::text, ' ') from platform.audit a) as everything`
		);
		expect(JSON.stringify(kept.rows)).not.toContain(secret.slice(32));
	});

	test('nobody with an account acts as its holder', async () => {
		await expect(it.does(office, advise, { advice: ADVICE }, { now: NOW })).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
});

describe('advice', () => {
	test('without an answer keeps the version from coming into force', async () => {
		const { adviceId } = await say();
		const put = () => it.does(office, putInForce, { versionId, revision: 2 });
		await expect(put()).rejects.toMatchObject({
			kind: 'refused',
			code: 'programs.blocker.adviceOpen',
			params: { count: 1 }
		});
		await decide(adviceId);
		await put();
		expect(await page()).toMatchObject({ state: 'open', mayAdvise: false });
		await expect(say()).rejects.toMatchObject({ code: 'programs.version.frozen' });
	});

	test('decided by two at once: one decides, the other is told who', async () => {
		const { adviceId } = await say();
		const colleague = it.as('coach', ['programs.read', 'programs.edit'], '');
		const ends = await Promise.allSettled([decide(adviceId), decide(adviceId, colleague)]);
		const refused = ends.find((end) => end.status === 'rejected');
		const winner = ends[0]?.status === 'fulfilled' ? 'officer' : 'coach';
		expect(refused).toMatchObject({
			reason: { code: 'programs.advice.alreadyDecided', params: { name: winner } }
		});
	});
});
