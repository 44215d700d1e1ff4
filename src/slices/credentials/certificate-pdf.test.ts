import { describe, expect, test } from 'vitest';
import { readBack } from '#platform/documents/read-back.ts';
import { certificatePdf } from './certificate-pdf.ts';
import { sampleCertificate } from './certificate-sample.ts';

const front = (pdf: Uint8Array) => readBack(pdf).pages[0] ?? '';
const back = (pdf: Uint8Array) => readBack(pdf).pages[1] ?? '';
/** Text as one line: a long line of the paper is several runs of the file. */
const flat = (text: string) => text.replace(/\s+/gu, ' ');

describe('the certificate', () => {
	test('is a PDF of two pages that names itself and its holder', async () => {
		const pdf = await certificatePdf(sampleCertificate());
		expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
		const { pages, structure } = readBack(pdf);
		expect(pages).toHaveLength(2);
		expect(structure).toContain(
			'Sertifikat 0042/PPP/BKPSDM-MDN/III/2026 · Rizky Amelia br. Simanjuntak, S.Sos., M.A.P.'
		);
		expect(structure).toContain('/Lang (id)');
		expect(structure).toContain('D:20260302000000');
	});

	test('can be archived, and read aloud: PDF/A-2a, headings, table headers, words for the code', async () => {
		const { structure } = readBack(await certificatePdf(sampleCertificate()));
		expect(structure).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>A</su);
		for (const tag of ['/S /H1', '/S /H2', '/S /Table', '/S /TH', '/S /Figure', '/S /Link'])
			expect(structure).toContain(tag);
		expect(structure).toContain(
			'/Alt (Kode QR menuju halaman pemeriksaan sertifikat: https://asah.medan.go.id/v/7K3M-9QX2-P4TD)'
		);
		expect(structure.match(/\/Alt /gu)).toHaveLength(1);
	});

	test('says on its face who, what, when, where, how long, by whom and where to check', async () => {
		const text = flat(front(await certificatePdf(sampleCertificate())));
		for (const part of [
			'PEMERINTAH KOTA MEDAN',
			'SERTIFIKAT',
			'Certificate of Completion',
			'Nomor 0042/PPP/BKPSDM-MDN/III/2026',
			'Rizky Amelia br. Simanjuntak, S.Sos., M.A.P.',
			'NIP 19850312 201001 2 004',
			'Seksi Pelayanan Umum, Kecamatan Medan Marelan',
			'yang telah mengikuti dan dinyatakan lulus pada',
			'Pelatihan klasikal',
			'23–27 Februari 2026',
			'Balai Diklat BKPSDM Kota Medan',
			'40 JP',
			'Medan, 2 Maret 2026',
			'NIP 19710817 199603 1 002',
			'asah.medan.go.id/v/7K3M-9QX2-P4TD',
			'Berlaku'
		]) {
			expect(text).toContain(part);
		}
	});

	test('lists the modules with their JP and the sum on its back', async () => {
		const text = back(await certificatePdf(sampleCertificate()));
		expect(text).toContain('Komunikasi empatik di loket\n6');
		expect(text).toContain('Jumlah\n40');
		expect(text).not.toContain('JP yang diakui');
	});

	test('shows both figures when the JP recognised are not the sum of the modules', async () => {
		const { programme, ...rest } = sampleCertificate();
		const pdf = await certificatePdf({ ...rest, programme: { ...programme, hours: 37.5 } });
		expect(back(pdf)).toContain('Jumlah\n40\nJP yang diakui\n37,5');
		expect(front(pdf)).toContain('37,5 JP');
	});

	test('is the same to the byte whenever it is made again', async () => {
		const first = await certificatePdf(sampleCertificate());
		await certificatePdf({ ...sampleCertificate(), number: 'lain' });
		expect(await certificatePdf(sampleCertificate())).toEqual(first);
	});

	test.each([
		['2026-05-05', '2026-05-05', '5 Mei 2026'],
		['2026-02-23', '2026-03-03', '23 Februari – 3 Maret 2026'],
		['2026-12-28', '2027-01-08', '28 Desember 2026 – 8 Januari 2027']
	])('writes %s to %s as %s', async (from, to, written) => {
		const { programme, ...rest } = sampleCertificate();
		expect(front(await certificatePdf({ ...rest, programme: { ...programme, from, to } }))).toContain(
			written
		);
	});

	test('in English writes the dates as the office does', async () => {
		const pdf = await certificatePdf({ ...sampleCertificate(), language: 'en' });
		expect(front(pdf)).toContain('Medan, 2 March 2026');
		expect(readBack(pdf).structure).toContain('/Lang (en)');
	});

	test.each([
		'#panic("x")',
		'$x^2$',
		'*tebal*',
		'_miring_',
		'a\\b\\n',
		`O'Hara "Bob"`,
		'<label> @ref `raw` //'
	])('shows %s in a name as it was typed', async (name) => {
		const { recipient, ...rest } = sampleCertificate();
		expect(front(await certificatePdf({ ...rest, recipient: { ...recipient, name } })).split('\n')).toContain(
			name
		);
	});

	test.each(['Wahyuningsih '.repeat(7).slice(0, 90), 'W'.repeat(90), 'i'.repeat(90)])(
		'keeps a name of 90 letters on one line: %s',
		async (name) => {
			const { recipient, ...rest } = sampleCertificate();
			const pdf = await certificatePdf({ ...rest, recipient: { ...recipient, name } });
			expect(readBack(pdf).pages).toHaveLength(2);
			expect(front(pdf).split('\n')).toContain(name.trim());
		}
	);

	test('stays on two sheets with the longest of everything and 40 modules', async () => {
		const { recipient, programme, signatory, ...rest } = sampleCertificate();
		const pdf = await certificatePdf({
			...rest,
			number: '0042/PELATIHAN-PELAYANAN-PUBLIK-PRIMA/BKPSDM-KOTA-PEMATANGSIANTAR/VIII/2026',
			recipient: { ...recipient, name: 'W'.repeat(80), post: 'Analis kebijakan ahli madya '.repeat(3) },
			programme: {
				...programme,
				name: 'Pelatihan pengelolaan pelayanan terpadu satu pintu '.repeat(4).trim(),
				form: 'Pembelajaran campuran (blended learning)',
				place: 'Pusat Pengembangan Sumber Daya Manusia Regional Sumatera Utara, Kota Medan',
				modules: Array.from({ length: 40 }, (_, i) => ({
					title: `Mata pelatihan ke-${i + 1}${i % 3 ? '' : ' tentang membangun tim efektif dan kolaborasi lintas perangkat daerah'}`,
					hours: 2.25
				}))
			},
			signatory: {
				...signatory,
				name: 'Muhammad Syahrul Ramadhan '.repeat(3).trim(),
				post: `${signatory.post} `.repeat(2)
			}
		});
		expect(readBack(pdf).pages).toHaveLength(2);
		expect(front(pdf)).toContain('NIP 19710817 199603 1 002');
		expect(back(pdf)).toContain('Jumlah\n90');
		expect(back(pdf)).toContain('asah.medan.go.id');
	});

	test('loses no module of a list too long for its back', async () => {
		const { programme, ...rest } = sampleCertificate();
		const modules = Array.from({ length: 120 }, (_, i) => ({
			title: `Mata pelatihan ke-${i + 1}`,
			hours: 1
		}));
		const [, ...rear] = readBack(
			await certificatePdf({ ...rest, programme: { ...programme, hours: 120, modules } })
		).pages;
		const lines = rear.join('\n').split('\n');
		for (const { title } of modules) expect(lines).toContain(title);
		expect(rear.join('\n')).toContain('Jumlah\n120');
	});

	test('says across both pages when it no longer holds', async () => {
		const pdf = await certificatePdf({
			...sampleCertificate(),
			status: { label: 'Dicabut', cancelled: true }
		});
		for (const page of readBack(pdf).pages) expect(page).toContain('DICABUT');
		expect(front(pdf)).toContain('Dicabut');
		expect(front(await certificatePdf(sampleCertificate()))).not.toContain('DICABUT');
	});

	test('serves a guest who has no NIP, post or unit, and a signatory without rank', async () => {
		const { signatory, ...rest } = sampleCertificate();
		const pdf = await certificatePdf({
			...rest,
			recipient: { name: 'Dewi Lestari' },
			signatory: { name: signatory.name, post: signatory.post }
		});
		expect(front(pdf)).toContain('Dewi Lestari');
		expect(front(pdf)).not.toContain('NIP');
	});

	test('carries the agency’s own emblem, with words for it', async () => {
		const { agency, ...rest } = sampleCertificate();
		const svg =
			'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 5"><path d="M0 0H4V5Z" fill="#1f6b3a"/></svg>';
		const pdf = await certificatePdf({
			...rest,
			agency: { ...agency, logo: { svg, alt: 'Lambang Kota Medan' } }
		});
		expect(readBack(pdf).structure).toContain('/Alt (Lambang Kota Medan)');
	});
});
