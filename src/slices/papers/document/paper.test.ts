import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readBack } from '#platform/documents/read-back.ts';
import { PAPER_KINDS, type PaperKind } from '../model.ts';
import { paperFacts } from './build.ts';
import { draftParts } from './draft.ts';
import type { Lesson } from './lesson.ts';
import { paperDocx } from './paper-docx.ts';
import { paperPdf } from './paper-pdf.ts';

const LONG = 'Prof. Dr. Ir. Raden Mas Muhammad Hasanuddin Kusumawardhana Tjokroaminoto Siregar, M.Si., Ph.D';
const TYPED = '*tebal* #panic("x") $x$ =cmd|A1 <w:t>&amp; {no}';

const lesson: Lesson = {
	classId: 'k',
	code: 'PPP-2026-1',
	name: 'Pelatihan Pelayanan Prima',
	status: 'finished',
	program: 'Pelayanan Prima',
	mode: 'class',
	place: TYPED,
	startsOn: '2026-03-09',
	endsOn: '2026-03-11',
	seats: 60,
	attendancePercent: 85,
	agency: 'Pemerintah Kota Uji',
	city: 'Uji',
	outcomes: ['Melayani antrean'],
	modules: [{ name: 'Standar pelayanan', hours: 8 }],
	plan: { title: 'Rencana 2026', year: 2026, cost: 45_000_000, decree: '800/1/2025' },
	sessions: [
		{
			topic: 'Antrean',
			module: 'Standar pelayanan',
			on: '2026-03-09',
			from: '08.00',
			to: '10.15',
			place: 'Aula',
			hours: 3,
			facilitators: LONG,
			held: true
		}
	],
	people: Array.from({ length: 60 }, (_, at) => ({
		personId: String(at),
		name: at === 0 ? LONG : at === 1 ? TYPED : `Peserta ${at + 1}`,
		nip: '198503122010011001',
		rank: 'Penata (III/c)',
		post: 'Pengadministrasi',
		unitId: 'u',
		unit: 'Kecamatan Uji',
		unitHead: 'Camat Uji',
		status: 'passed',
		there: 1,
		held: 1
	})),
	costs: [
		{ kind: 'honorarium', description: 'Honor', planned: 12_000_000, realised: 11_500_000 },
		{ kind: 'rent', description: 'Sewa', planned: 1_000_000, realised: null }
	],
	reactions: { seated: 60, given: 55, mean: 3.421 }
};

const facts = (kind: PaperKind) =>
	paperFacts({
		kind,
		lesson,
		parts: draftParts(kind, lesson),
		people: lesson.people,
		alone: false,
		letterhead: {
			government: 'Pemerintah Kota Uji',
			office: 'Badan Kepegawaian',
			address: 'Jalan Uji 1',
			city: 'Uji',
			postalCode: '',
			phone: '',
			email: '',
			website: '',
			logoId: null
		},
		signatory: { lines: ['Plt. Kepala,'], name: LONG, rank: null, nip: '197001011995031001' },
		copies: ['Wali Kota'],
		number: '800/042/UJI/III/2026',
		on: '2026-03-02'
	});

const plain = (text: string) => text.replace(/\s+/gu, ' ');

describe.each(PAPER_KINDS)('%s', async (kind) => {
	const pdf = await paperPdf(facts(kind), null);
	const read = readBack(pdf);
	const text = plain(read.pages.join(' '));

	test('is PDF/A-2a, the same to the byte when set again', async () => {
		expect(read.structure).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>A</su);
		expect(await paperPdf(facts(kind), null)).toEqual(pdf);
	});
	test('has letterhead, number, signatory and copies', () => {
		for (const words of ['BADAN KEPEGAWAIAN', '800/042/UJI/III/2026', 'Plt. Kepala,', 'Wali Kota'])
			expect(text).toContain(words);
		expect(text.replaceAll(' ', '')).toContain(LONG.replaceAll(' ', ''));
	});
});

describe('a letter for sixty people', async () => {
	const { pages } = readBack(await paperPdf(facts('assignment'), null));
	test('breaks into pages, and each begins its table with the headings', () => {
		expect(pages.length).toBeGreaterThan(1);
		for (const page of pages.slice(0, -1)) expect(page).toContain('Jabatan');
		for (let at = 3; at <= 60; at++) expect(plain(pages.join(' '))).toContain(`Peserta ${at}`);
	});
	test('keeps the signature on one page', () => {
		expect(pages.filter((page) => page.includes('Plt. Kepala,')).length).toBe(1);
		expect(plain(pages.at(-1) ?? '')).toContain('NIP 19700101');
	});
	test('prints what people typed, and runs none of it', () => {
		expect(plain(pages.join(' ')).replaceAll(' ', '')).toContain(
			'*tebal*#panic("x")$x$=cmd|A1<w:t>&amp;{no}'
		);
	});
});

describe('a Word file', () => {
	test.each(PAPER_KINDS)('of %s reads back with the same words', async (kind) => {
		const parts = unzipped(await paperDocx(facts(kind), null));
		expect(parts.get('[Content_Types].xml')).toContain('wordprocessingml.document.main+xml');
		const xml = parts.get('word/document.xml') ?? '';
		const words = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/gu)].map(([, run = '']) => run).join('\n');
		expect(words).toContain('800/042/UJI/III/2026');
		expect(words).toContain(LONG);
		expect(xml).not.toContain('<w:fldSimple');
		expect(xml).not.toContain('<w:instrText');
		if (kind === 'assignment')
			expect(words).toContain(
				'*tebal* #panic("x") $x$ =cmd|A1 <w:t>&amp; {no}'
					.replaceAll('&', '&amp;')
					.replaceAll('<', '&lt;')
					.replaceAll('>', '&gt;')
					.replaceAll('"', '&quot;')
			);
	});
});

/** A reader of ZIP of its own, not the one that wrote it: entries by the central directory (APPNOTE 4.3.12). */
function unzipped(file: Buffer): Map<string, string> {
	const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	let at = file.readUInt32LE(end + 16);
	const found = new Map<string, string>();
	for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
		const length = file.readUInt16LE(at + 28);
		const name = file.toString('utf8', at + 46, at + 46 + length);
		const local = file.readUInt32LE(at + 42);
		const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
		const packed = file.subarray(begin, begin + file.readUInt32LE(at + 20));
		const content = file.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
		found.set(name, content.toString('utf8'));
		at += 46 + length + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
	}
	return found;
}
