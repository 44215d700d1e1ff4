import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPdf } from '#platform/documents/render-pdf.ts';
import { readBack } from '#platform/documents/read-back.ts';
import { p12 } from '../../../tests/make/p12.ts';
import { timeStampServer } from '../../../tests/make/time-server.ts';
import { timeServer } from './cades.ts';
import { openP12, type Signer } from './p12.ts';
import { readSignatures } from './read-signatures.ts';
import { signPdf } from './sign-pdf.ts';

const at = new Date('2026-03-02T03:00:00Z');
const pdf = await renderPdf(
	'#set document(title: "Uji")\n= Sertifikat\nAni Šimanjuntak',
	{},
	{ createdAt: at, standard: 'a-2a' }
);
let signer: Signer;
beforeAll(() => {
	const opened = openP12(p12(), 'rahasia-sekali');
	if (!opened.ok) throw new Error(opened.why);
	signer = opened.signer;
});
const facts = { reason: 'Sertifikat (PPP) 0042', location: 'Medan', at, timeStamp: null };

describe('a P12 file', () => {
	test.each(['3des', 'aes256'] as const)('closed with %s is opened by its passphrase only', (algorithm) => {
		expect(openP12(p12({ algorithm }), 'rahasia-sekali')).toMatchObject({ ok: true });
		expect(openP12(p12({ algorithm }), 'salah')).toEqual({ ok: false, why: 'passphrase' });
	});
	test('is told from a file that is none', () => {
		expect(openP12(Buffer.from('%PDF-1.7'), '')).toEqual({ ok: false, why: 'notP12' });
		expect(openP12(new Uint8Array(), '')).toEqual({ ok: false, why: 'notP12' });
	});
});

describe('a signed PDF', () => {
	test('begins with the archived one byte for byte, says PDF/A still, and reads the same', async () => {
		const signed = await signPdf(pdf, signer, facts);
		expect(signed.subarray(0, pdf.length).equals(Buffer.from(pdf))).toBe(true);
		expect(readBack(signed).structure).toMatch(/<pdfaid:part>2</u);
		expect(readBack(signed).pages).toEqual(readBack(pdf).pages);
	});

	test('names the signer and the time, and covers the whole file', async () => {
		expect(await readSignatures(await signPdf(pdf, signer, facts))).toMatchObject([
			{
				signer: 'Segel BKPSDM Kota Uji',
				signedAt: at,
				timeStamped: false,
				intact: true,
				coversFile: true,
				inTime: true,
				kind: 'ETSI.CAdES.detached'
			}
		]);
	});

	test('is found out when one byte is changed, wherever it stands', async () => {
		const signed = await signPdf(pdf, signer, facts);
		const hole = signed.indexOf('/Contents <');
		for (const place of [20, 500, Math.floor(pdf.length / 2), pdf.length + 40, signed.length - 10]) {
			const changed = Buffer.from(signed);
			changed[place] = (changed[place] ?? 0) ^ 1;
			const [read] = await readSignatures(changed);
			expect([place, read?.intact === true && read.coversFile]).toEqual([place, false]);
		}
		const forged = Buffer.from(signed);
		forged.write('00', hole + 600, 'latin1');
		expect((await readSignatures(forged))[0]?.intact).toBe(false);
	});

	test('is not said to be whole when something is put behind it', async () => {
		const longer = Buffer.concat([await signPdf(pdf, signer, facts), Buffer.from('\n%x')]);
		expect(await readSignatures(longer)).toMatchObject([{ intact: true, coversFile: false }]);
	});

	test('an unsigned one has no signature', async () => {
		expect(await readSignatures(pdf)).toEqual([]);
	});
});

describe('a time stamp', () => {
	let server: Awaited<ReturnType<typeof timeStampServer>>;
	const stamped = new Date('2026-03-02T03:00:05.000Z');
	beforeAll(async () => void (server = await timeStampServer(stamped)));
	afterAll(() => server.close());

	test('says when it was signed instead of the signer’s own clock', async () => {
		const signed = await signPdf(pdf, signer, { ...facts, timeStamp: timeServer(server.address) });
		expect(await readSignatures(signed)).toMatchObject([
			{ signedAt: stamped, timeStamped: true, intact: true, coversFile: true }
		]);
	});

	test('from a server that is not there ends the signing', async () => {
		const dead = timeServer('http://127.0.0.1:9/', 500);
		await expect(signPdf(pdf, signer, { ...facts, timeStamp: dead })).rejects.toThrow();
	});
});
