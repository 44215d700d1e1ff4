import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { documentFonts } from './fonts.ts';
import { sfntFromWoff } from './woff.ts';

type Table = {
	readonly checksum: number;
	readonly offset: number;
	readonly bytes: Buffer;
};

function tablesOf(sfnt: Buffer): Map<string, Table> {
	const records = Array.from({ length: sfnt.readUInt16BE(4) }, (_, index) => 12 + index * 16);
	return new Map(
		records.map((record) => {
			const offset = sfnt.readUInt32BE(record + 8);
			const bytes = sfnt.subarray(offset, offset + sfnt.readUInt32BE(record + 12));
			return [
				sfnt.toString('latin1', record, record + 4),
				{ checksum: sfnt.readUInt32BE(record + 4), offset, bytes }
			];
		})
	);
}

/** Sum of big-endian words, the last one filled with zeros: OpenType, "Calculating checksums". */
function checksumOf(bytes: Buffer): number {
	let sum = 0;
	for (let at = 0; at < bytes.length; at += 4) {
		const word = Buffer.alloc(4);
		bytes.copy(word, 0, at, Math.min(at + 4, bytes.length));
		sum = (sum + word.readUInt32BE(0)) >>> 0;
	}
	return sum;
}

function woffOf(payload: Buffer, stored: Buffer): Buffer {
	const header = Buffer.alloc(44 + 20);
	header.write('wOFF', 0, 'latin1');
	header.writeUInt32BE(0x00010000, 4);
	header.writeUInt16BE(1, 12);
	header.write('test', 44, 'latin1');
	header.writeUInt32BE(64, 48);
	header.writeUInt32BE(stored.length, 52);
	header.writeUInt32BE(payload.length, 56);
	header.writeUInt32BE(checksumOf(payload), 60);
	return Buffer.concat([header, stored]);
}

describe('a WOFF font unpacked', () => {
	test.each(documentFonts().map((font, index) => [index, font] as const))(
		'face %i of the typeface has the tables of a TrueType font, whole, aligned and with right checksums',
		(_, font) => {
			expect(font.readUInt32BE(0)).toBe(0x00010000);
			const tables = tablesOf(font);
			expect([...tables.keys()]).toEqual([...tables.keys()].sort());
			for (const tag of ['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post']) {
				expect(tables.has(tag), tag).toBe(true);
			}
			for (const [tag, { offset, bytes, checksum }] of tables) {
				expect(offset % 4, tag).toBe(0);
				// `head` holds the checksum of the whole file, which its own checksum leaves out.
				const counted = Buffer.from(bytes);
				if (tag === 'head') counted.writeUInt32BE(0, 8);
				expect(checksumOf(counted), tag).toBe(checksum);
			}
			expect(tables.get('head')?.bytes.readUInt32BE(12)).toBe(0x5f0f3cf5);
		}
	);

	test('says how to search its directory', () => {
		const [font] = documentFonts();
		expect(font?.readUInt16BE(4)).toBe(15);
		expect([font?.readUInt16BE(6), font?.readUInt16BE(8), font?.readUInt16BE(10)]).toEqual([128, 3, 112]);
	});

	test('keeps a table that was stored without packing', () => {
		const payload = Buffer.from('kawung');
		expect(tablesOf(sfntFromWoff(woffOf(payload, payload))).get('test')?.bytes).toEqual(payload);
	});

	test('is refused when it is something else, or a table is not as long as declared', () => {
		expect(() => sfntFromWoff(Buffer.from('wOF2 and some more bytes, but not those of WOFF 1.0'))).toThrow(
			TypeError
		);
		expect(() => sfntFromWoff(Buffer.from('wOFF'))).toThrow(TypeError);
		const short = woffOf(Buffer.alloc(100, 1), deflateSync(Buffer.alloc(90, 1)));
		expect(() => sfntFromWoff(short)).toThrow(RangeError);
	});
});
