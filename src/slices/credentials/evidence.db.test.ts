import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { graduation } from '../../../tests/make/graduation.ts';
import { claimExternal, discardClaim, verifyClaim } from './server/commands/claims.ts';
import { claimsToVerify, claimToChange, evidenceFile } from './server/queries/claims.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => void (it = await graduation()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const PDF = { name: 'sertifikat.pdf', bytes: new TextEncoder().encode('%PDF-1.7 sertifikat') };
let titles = 0;
const claim = (name: string, facts: Record<string, unknown> = {}) => {
	titles += 1;
	const typed = { form: 'KL06', title: `Seminar arsip ${titles}`, provider: 'LAN RI', amount: 1 };
	const days = { startsOn: it.today(), endsOn: it.today() };
	return it.does(it.as(name), claimExternal, { ...typed, ...days, ...facts }, { now: it.at('20:00') });
};
const decide = (entryId: string, decision: string, reason = '', by = it.certifier) =>
	it.does(by, verifyClaim, { entryId, decision, reason }, { now: it.at('21:00') });
const evidenceOf = (entryId: string, name: string) => it.sees((db) => evidenceFile(db, it.as(name), entryId));
const stored = async () =>
	(
		await it.owner.query<{ n: number }>(
			`select count(*)::int as n from platform.file where room = 'credentials'`
		)
	).rows[0]?.n ?? 0;

describe('a claim and its proof', () => {
	test('is not sent without one, and nothing is kept of the attempt; as a draft it waits for it', async () => {
		await expect(claim('ani')).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'evidence', code: 'credentials.claim.noEvidence' }]
		});
		expect(await it.ledger('ani')).toEqual([]);
		const { entryId, status } = await claim('ani', { send: false });
		expect(status).toBe('draft');
		const { claims } = await it.sees((db) => claimsToVerify(db, it.certifier, 'waiting', 1));
		expect(claims.map(({ id }) => id)).not.toContain(entryId);
		await expect(decide(entryId, 'counted')).rejects.toMatchObject({
			code: 'credentials.entry.already.draft'
		});
		expect(await claim('ani', { entryId, evidence: PDF })).toMatchObject({ entryId, status: 'waiting' });
		expect((await evidenceOf(entryId, 'ani')).content.toString()).toBe('%PDF-1.7 sertifikat');
	});

	test('a file that is no proof is refused by name, a large one by its size', async () => {
		const page = { name: 'sertifikat.pdf', bytes: new TextEncoder().encode('<html>') };
		await expect(claim('budi', { evidence: page })).rejects.toMatchObject({
			issues: [
				{ path: 'evidence', code: 'credentials.claim.evidenceKind', params: { name: 'sertifikat.pdf' } }
			]
		});
		const large = new Uint8Array(5 * 1024 * 1024 + 1);
		large.set(PDF.bytes);
		await expect(claim('budi', { evidence: { name: 'besar.pdf', bytes: large } })).rejects.toMatchObject({
			issues: [{ path: 'evidence', code: 'kernel.tooLarge' }]
		});
	});

	test('opens for its owner and whoever verifies, for nobody else by any id', async () => {
		const { entryId } = await claim('citra', { evidence: PDF });
		await expect(evidenceOf(entryId, 'citra')).resolves.toMatchObject({ mime: 'application/pdf' });
		await expect(it.sees((db) => evidenceFile(db, it.certifier, entryId))).resolves.toBeDefined();
		await expect(evidenceOf(entryId, 'ani')).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('sent back', () => {
	test('with a reason, is mended by its owner alone, and comes again with the proof it had', async () => {
		const { entryId } = await claim('dewi', { evidence: PDF });
		await expect(decide(entryId, 'revise')).rejects.toMatchObject({ kind: 'invalid' });
		await decide(entryId, 'revise', 'Tanggalnya tidak sama dengan sertifikat.');
		const typed = await it.sees((db) => claimToChange(db, it.as('dewi'), entryId));
		expect(typed).toMatchObject({ status: 'revise', reason: 'Tanggalnya tidak sama dengan sertifikat.' });
		await expect(it.sees((db) => claimToChange(db, it.as('ani'), entryId))).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(claim('ani', { entryId, evidence: PDF })).rejects.toMatchObject({ kind: 'missing' });
		// It was seen by an office: it can be mended or thrown away, not taken back into a drawer.
		await expect(claim('dewi', { entryId, send: false })).rejects.toMatchObject({ kind: 'refused' });
		await expect(claim('dewi', { entryId, title: 'Seminar arsip daerah' })).resolves.toMatchObject({
			status: 'waiting'
		});
		await decide(entryId, 'counted');
		expect((await it.ledger('dewi')).find(({ id }) => id === entryId)).toMatchObject({
			status: 'counted',
			jp: 4
		});
		await expect(claim('dewi', { entryId })).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('thrown away by its owner, the proof goes with it; what waits is not thrown away', async () => {
		const { entryId } = await claim('eko', { evidence: PDF });
		const discard = () => it.does(it.as('eko'), discardClaim, { entryId });
		await expect(discard()).rejects.toMatchObject({ kind: 'forbidden' });
		await decide(entryId, 'revise', 'Berkas tidak terbaca sama sekali.');
		const before = await stored();
		await discard();
		expect(await stored()).toBe(before - 1);
		expect(await it.ledger('eko')).toEqual([]);
	});
});

test('whoever verifies sees what else counts on these days before pressing', async () => {
	const first = await claim('fitri', { evidence: PDF, title: 'Lokakarya antrean' });
	await decide(first.entryId, 'counted');
	const { entryId } = await claim('fitri', { evidence: PDF });
	const { claims, counts } = await it.sees((db) => claimsToVerify(db, it.certifier, 'waiting', 1));
	expect(claims.find(({ id }) => id === entryId)?.sameDays).toBe('Lokakarya antrean');
	expect(counts.waiting).toBe(claims.length);
});
