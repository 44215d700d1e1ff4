import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signPdf } from '#platform/signing/sign-pdf.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { p12 } from '../../../tests/make/p12.ts';
import { certificateDocument } from './certificate-document.ts';
import { agencyDidDocument, badgeOf, statusList } from './server/badge-of.ts';
import { bringSigned } from './server/commands/bring-signed.ts';
import { reissueCertificate, revokeCertificate } from './server/commands/certificates.ts';
import { setEligibility } from './server/commands/issue-class.ts';
import { keepSeal } from './server/commands/seals.ts';
import { makeTemplate, saveTemplate } from './server/commands/templates.ts';
import { openedOrRefused } from './server/open-seal.ts';
import { certificateByCode } from './server/queries/certificates.ts';
import { signatureOf, signedPdf } from './server/queries/signing.ts';
import { templateFor } from './server/queries/templates.ts';
import { signClass } from './server/sign-class.ts';
import { keepOpen } from './server/unlocked.ts';
import { verifyFile } from './server/verify-file.ts';

const home = 'https://asah.uji.go.id';
const passphrase = 'rahasia-sekali';
let it: Awaited<ReturnType<typeof graduation>>;
let agencyCode: string;
beforeAll(async () => {
	process.env['ASAH_SECRET'] ??= 'rahasia pemasangan untuk uji saja, panjangnya cukup';
	it = await graduation();
	agencyCode = `uji-${it.agencyId.slice(-12)}`;
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const codes = new Map<string, string>();
const check = (file: Uint8Array) =>
	verifyFile(file, {
		agencyByCode: (code) =>
			Promise.resolve(codes.get(code) ?? (code === agencyCode ? it.agencyId : undefined)),
		sheet: certificateDocument,
		kysely: it.db
	});
const issued = async () => {
	it.nextDay();
	const classId = await it.over({ present: ['ani'] });
	await it.issue(classId);
	const [one] = await it.certificates(classId);
	if (!one) throw new Error('no certificate');
	return { classId, ...one };
};
const sheetOf = async (code: string): Promise<Uint8Array> => {
	const certificate = await it.sees((db) => certificateByCode(db, code));
	if (!certificate) throw new Error('no certificate');
	return await certificateDocument(
		{ ...certificate, status: 'valid' },
		`${home}/verify/${certificate.facts.agency.code}/${code}`
	);
};
const seal = async () => {
	const opened = keepOpen(it.agencyId, null, openedOrRefused(p12(), passphrase, new Date()), new Date());
	return (await it.does(it.certifier, keepSeal, { name: 'Segel', content: p12(), opened })).sealId;
};
const sign = async (classId: string, sealId: string, opened: string) =>
	signClass(certificateDocument)({
		jobId: sealId,
		actor: it.certifier,
		input: { classId, sealId, opened, home },
		kysely: it.db,
		progress: () => Promise.resolve()
	});
const flipped = (file: Uint8Array, at: number): Buffer => {
	const changed = Buffer.from(file);
	changed[at] = (changed[at] ?? 0) ^ 1;
	return changed;
};

describe('a P12 of the agency', () => {
	test.each([
		['a wrong passphrase', p12(), 'salah', 'credentials.seal.wrongPassphrase'],
		['one that has expired', p12({ to: new Date('2021-01-01') }), passphrase, 'credentials.seal.expired'],
		[
			'one that is not valid yet',
			p12({ from: new Date('2039-01-01') }),
			passphrase,
			'credentials.seal.notYet'
		],
		['a file of another kind', Buffer.from('bukan p12'), passphrase, 'credentials.seal.notP12']
	])('%s is refused in clear words', (_, content, word, code) => {
		expect(() => openedOrRefused(content, word, new Date())).toThrow(expect.objectContaining({ code }));
	});

	test('signs a class; the passphrase and the open file are nowhere in the database', async () => {
		const { classId, id, code } = await issued();
		const sealId = await seal();
		const opened = keepOpen(it.agencyId, sealId, openedOrRefused(p12(), passphrase, new Date()), new Date());
		expect(await sign(classId, sealId, opened)).toEqual({ signed: 1 });
		expect(await it.sees((db) => signatureOf(db, id))).toMatchObject({
			way: 'seal',
			profile: 'PAdES-B-B',
			signer: 'Segel BKPSDM Kota Uji'
		});
		const pdf = await it.sees((db) => signedPdf(db, id));
		if (!pdf) throw new Error('not signed');
		expect(pdf.subarray(0, 20_000).equals(Buffer.from(await sheetOf(code)).subarray(0, 20_000))).toBe(true);
		expect(await check(pdf)).toMatchObject({
			known: true,
			content: 'same',
			signatures: [{ intact: true, coversFile: true }]
		});
		for (const at of [100, 9_000, pdf.length - 60])
			expect([at, await check(flipped(pdf, at))]).toMatchObject([at, { content: 'altered' }]);
		const { rows } = await it.owner.query<{ content: Buffer }>('select content from credentials.seal');
		expect(rows.every(({ content }) => !content.includes(p12().subarray(0, 40)))).toBe(true);
		const keys = await it.owner.query('select 1 from platform.idempotency where command like $1', [
			'credentials.keepSeal'
		]);
		expect(keys.rowCount).toBe(0);
	});

	test('that is no longer open signs nothing, and says so', async () => {
		const { classId } = await issued();
		const sealId = await seal();
		await expect(sign(classId, sealId, 'gone')).rejects.toMatchObject({ code: 'credentials.seal.locked' });
	});
});

describe('a PDF signed elsewhere', () => {
	const elsewhere = async (code: string) =>
		signPdf(
			await sheetOf(code),
			openedOrRefused(p12({ name: 'Dra. Pejabat, M.Si.' }), passphrase, new Date()),
			{
				reason: 'BSrE',
				location: 'Uji',
				at: new Date(),
				timeStamp: null
			}
		);
	const bring = (certificateId: string, bytes: Uint8Array) =>
		it.does(it.certifier, bringSigned, { certificateId, file: { name: 'ttd.pdf', bytes } });

	test('is kept, shown, and given out from then on', async () => {
		const { id, code } = await issued();
		const pdf = await elsewhere(code);
		expect(await check(pdf)).toMatchObject({ content: 'signed' });
		await bring(id, pdf);
		expect(await it.sees((db) => signatureOf(db, id))).toMatchObject({
			way: 'brought',
			signer: 'Dra. Pejabat, M.Si.'
		});
		expect(await check(pdf)).toMatchObject({ content: 'same' });
		await expect(bring(id, pdf)).rejects.toMatchObject({ code: 'credentials.brought.already' });
	});

	test('is refused unsigned, altered, lengthened, or of another certificate, and nothing is kept', async () => {
		const { id, code } = await issued();
		const other = await issued();
		const pdf = await elsewhere(code);
		const refusals = [
			[await sheetOf(code), 'noSignature'],
			[flipped(pdf, 9_000), 'altered'],
			[Buffer.concat([pdf, Buffer.from('\n% lagi')]), 'notWhole'],
			[await elsewhere(other.code), 'otherCertificate'],
			[Buffer.from('bukan'), 'notPdf']
		] as const;
		for (const [bytes, why] of refusals)
			await expect(bring(id, bytes)).rejects.toMatchObject({ code: `credentials.brought.${why}` });
		expect(await it.sees((db) => signatureOf(db, id))).toBeUndefined();
	});
});

describe('checking a file', () => {
	test('an unsigned certificate is genuine as it is, and not with one byte changed', async () => {
		const { code } = await issued();
		const pdf = await sheetOf(code);
		expect(await check(pdf)).toMatchObject({
			known: true,
			content: 'same',
			proof: { name: 'ani', status: 'valid' }
		});
		expect(await check(flipped(pdf, 9_000))).toMatchObject({ content: 'altered' });
	});

	test('the NIP is masked, and a revoked one says so', async () => {
		const { id, code } = await issued();
		const pdf = await sheetOf(code);
		await it.does(it.certifier, revokeCertificate, {
			certificateId: id,
			reason: 'Nama tertukar orang lain.'
		});
		const verdict = await check(pdf);
		expect(verdict).toMatchObject({ content: 'same', proof: { status: 'revoked' } });
		expect(JSON.stringify(verdict)).not.toContain(it.nip('ani'));
	});

	test.each([
		['a picture', Buffer.from('\x89PNG'), 'kind'],
		['some other PDF', Buffer.from('%PDF-1.7\nhello'), 'noCode'],
		[
			'a code that was never given',
			Buffer.from('%PDF-1.7\n(https://x/verify/nobody/0000-0000-0000)'),
			'unknownCode'
		],
		['other JSON', Buffer.from('{"a":1}'), 'noCode']
	])('%s is told apart', async (_, file, why) => {
		expect(await check(file)).toEqual({ known: false, why });
	});

	test('works by the old address after the agency has been renamed', async () => {
		const { code } = await issued();
		const pdf = await sheetOf(code);
		await it.owner.query(
			`update platform.agency set code = $2, name = 'Pemerintah Kota Baru' where agency_id = $1`,
			[it.agencyId, 'baru-uji']
		);
		const former = await it.owner.query<{ code: string }>(
			'select code from credentials.former_code where agency_id = $1',
			[it.agencyId]
		);
		expect(former.rows).toEqual([{ code: agencyCode }]);
		expect(await check(pdf)).toMatchObject({ content: 'same', proof: { agency: 'Pemerintah Kota Uji' } });
		await it.owner.query(
			`update platform.agency set code = $2, name = 'Pemerintah Kota Uji' where agency_id = $1`,
			[it.agencyId, agencyCode]
		);
	});
});

describe('a badge', () => {
	const narrative = () => 'Lulus.';
	test('is ours until a word of it is changed; its list tells when it was revoked', async () => {
		const { id } = await issued();
		const [{ badge }, twin] = await Promise.all([
			badgeOf(it.certifier, id, home, narrative, it.db),
			badgeOf(it.certifier, id, home, narrative, it.db)
		]);
		expect(twin.badge).toEqual(badge);
		expect(await check(Buffer.from(JSON.stringify(badge)))).toMatchObject({ kind: 'badge', content: 'same' });
		expect(await check(Buffer.from(JSON.stringify({ ...badge, name: 'Lain' })))).toMatchObject({
			content: 'altered'
		});
		const list = () => statusList(it.agencyId, home, agencyCode, 1, new Date(), it.db);
		const before = await list();
		await it.does(it.certifier, revokeCertificate, {
			certificateId: id,
			reason: 'Nama tertukar orang lain.'
		});
		const after = await list();
		expect(after?.['credentialSubject']).not.toEqual(before?.['credentialSubject']);
		expect(await agencyDidDocument(it.agencyId, home, agencyCode, it.db)).toMatchObject({
			id: `did:web:asah.uji.go.id:verify:${agencyCode}`,
			verificationMethod: [{ type: 'Multikey' }]
		});
	});

	test('of somebody else is not there', async () => {
		const { id } = await issued();
		await expect(badgeOf(it.as('budi'), id, home, narrative, it.db)).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('a reissued certificate has a bit of its own', async () => {
		const { id } = await issued();
		await it.does(it.certifier, reissueCertificate, {
			certificateId: id,
			reason: 'Nama tertukar orang lain.'
		});
		const { rows } = await it.owner.query<{ n: number }>(
			'select count(*)::int - count(distinct status_position)::int as n from credentials.certificate where agency_id = $1',
			[it.agencyId]
		);
		expect(rows[0]?.n).toBe(0);
	});
});

describe('a template', () => {
	test('prints its words and predicate, and a change after that is a new version in its place', async () => {
		const { templateId } = await it.does(it.certifier, makeTemplate, {
			name: 'Sertifikat kota',
			language: 'en'
		});
		const read = () => it.sees((db) => templateFor(db, it.certifier, templateId));
		const { layout, name } = await read();
		const words = { ...layout, title: 'Award' };
		await it.does(it.certifier, saveTemplate, { templateId, name, layout: words });
		await it.does(it.certifier, setEligibility, { programId: it.need.programId, templateId });
		const { code } = await issued();
		const first = await it.sees((db) => certificateByCode(db, code));
		expect(first?.facts.layout).toMatchObject({ title: 'Award', language: 'en' });
		const next = await it.does(it.certifier, saveTemplate, {
			templateId,
			name,
			layout: { ...words, title: 'Prize' }
		});
		expect(next).toMatchObject({ version: 2 });
		expect((await read()).layout.title).toBe('Award');
		await expect(
			it.owner.query(`update credentials.template set name = 'Lain' where id = $1`, [templateId])
		).rejects.toMatchObject({ code: 'AS001' });
		const later = await issued();
		const second = await it.sees((db) => certificateByCode(db, later.code));
		expect(second?.facts.layout?.title).toBe('Prize');
		await it.does(it.certifier, setEligibility, { programId: it.need.programId });
	});
});
