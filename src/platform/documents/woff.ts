import { inflateSync } from 'node:zlib';

const WOFF_SIGNATURE = 0x774f4646;
const HEADER_BYTES = { woff: 44, sfnt: 12 } as const;
const RECORD_BYTES = { woff: 20, sfnt: 16 } as const;

/**
 * Unpacks a WOFF 1.0 font into the TrueType/OpenType file it was made from: the same tables with the same
 * checksums, in the same order of tags, each on a four-byte boundary.
 * Refuses (TypeError) bytes that are not WOFF 1.0, and (RangeError) a table whose length is not the declared one.
 * @see https://www.w3.org/TR/WOFF/ sections 3-5; OpenType 1.9 "Organization of an OpenType font".
 */
export function sfntFromWoff(woff: Buffer): Buffer {
	if (woff.length < HEADER_BYTES.woff || woff.readUInt32BE(0) !== WOFF_SIGNATURE) {
		throw new TypeError('not a WOFF 1.0 font');
	}
	const count = woff.readUInt16BE(12);
	const tables = Array.from({ length: count }, (_, index) =>
		readTable(woff, HEADER_BYTES.woff + index * RECORD_BYTES.woff)
	);

	const directory = Buffer.alloc(HEADER_BYTES.sfnt + count * RECORD_BYTES.sfnt);
	const entrySelector = Math.floor(Math.log2(count));
	const searchRange = 2 ** entrySelector * 16;
	directory.writeUInt32BE(woff.readUInt32BE(4), 0);
	directory.writeUInt16BE(count, 4);
	directory.writeUInt16BE(searchRange, 6);
	directory.writeUInt16BE(entrySelector, 8);
	directory.writeUInt16BE(count * 16 - searchRange, 10);

	const parts = [directory];
	let offset = directory.length;
	tables.forEach((table, index) => {
		const record = HEADER_BYTES.sfnt + index * RECORD_BYTES.sfnt;
		directory.writeUInt32BE(table.tag, record);
		directory.writeUInt32BE(table.checksum, record + 4);
		directory.writeUInt32BE(offset, record + 8);
		directory.writeUInt32BE(table.bytes.length, record + 12);
		const padded = Buffer.alloc(Math.ceil(table.bytes.length / 4) * 4);
		table.bytes.copy(padded);
		parts.push(padded);
		offset += padded.length;
	});
	return Buffer.concat(parts);
}

function readTable(woff: Buffer, record: number): { tag: number; checksum: number; bytes: Buffer } {
	const start = woff.readUInt32BE(record + 4);
	const stored = woff.readUInt32BE(record + 8);
	const length = woff.readUInt32BE(record + 12);
	const packed = woff.subarray(start, start + stored);
	// A table that deflate would not make smaller is stored as it is (WOFF 1.0 §5).
	const bytes = stored < length ? inflateSync(packed, { maxOutputLength: length }) : packed;
	if (bytes.length !== length) throw new RangeError(`font table is ${bytes.length} bytes, not ${length}`);
	return { tag: woff.readUInt32BE(record), checksum: woff.readUInt32BE(record + 16), bytes };
}
