import { createInflateRaw } from 'node:zlib';
import { Readable } from 'node:stream';
import { refuseFile } from './sheet.ts';

/** One file inside a zip; `start` and `packed` are where its bytes stand. */
export type ZipEntry = { name: string; method: number; start: number; packed: number; size: number };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const ZIP64 = 0xffffffff;
/** A sheet of 150,000 people × 66 columns is about 480 MB of XML; a workbook that unpacks to more is no staff list. */
const MAX_UNPACKED = 800 * 1024 * 1024;
/** XML of a list packs 10 to 60 times smaller, of a sheet of empty rows 150 times; only what is made to hurt packs more. */
const MAX_RATIO = 300;
const RATIO_FROM = 32 * 1024 * 1024;
/** Parts of a workbook: sheets, styles, pictures; nobody's list has thousands. */
const MAX_ENTRIES = 5000;

/** What one workbook may still unpack to, whichever of its parts is read, and however often. */
export type Budget = { left: number };
export const newBudget = (): Budget => ({ left: MAX_UNPACKED });

const broken = () => refuseFile('people.import.unreadable');

/**
 * What a zip says it holds (APPNOTE.TXT 6.3.10, §4.3): its central directory, the only part that is always complete,
 * because writers that stream leave the sizes out of the local headers. Refuses what is no whole zip.
 */
export function zipEntries(zip: Buffer): Map<string, ZipEntry> {
	const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
	if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw broken();
	const count = zip.readUInt16LE(end + 10);
	if (count > MAX_ENTRIES) throw refuseFile('people.import.bomb');
	let at = zip.readUInt32LE(end + 16);
	const entries = new Map<string, ZipEntry>();
	for (let n = 0; n < count; n++) {
		if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw broken();
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
			zip.readUInt16LE(at + offset)
		);
		if (nameLength === undefined || extraLength === undefined || commentLength === undefined) throw broken();
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
		const extra = zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
		const sizes = wideSizes(extra, {
			size: zip.readUInt32LE(at + 24),
			packed: zip.readUInt32LE(at + 20),
			header: zip.readUInt32LE(at + 42)
		});
		if (sizes.header + 30 > zip.length || zip.readUInt32LE(sizes.header) !== LOCAL) throw broken();
		const start =
			sizes.header + 30 + zip.readUInt16LE(sizes.header + 26) + zip.readUInt16LE(sizes.header + 28);
		entries.set(name, {
			name,
			method: zip.readUInt16LE(at + 10),
			start,
			packed: sizes.packed,
			size: sizes.size
		});
		at += 46 + nameLength + extraLength + commentLength;
	}
	return entries;
}

/** Zip64 writes sizes it expects to be large into an extra field (§4.5.3), even when they come out small. */
function wideSizes(extra: Buffer, sizes: { size: number; packed: number; header: number }) {
	const wide = { ...sizes };
	for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
		if (extra.readUInt16LE(at) !== 1) continue;
		let value = at + 4;
		for (const key of ['size', 'packed', 'header'] as const) {
			if (wide[key] !== ZIP64 || value + 8 > extra.length) continue;
			wide[key] = Number(extra.readBigUInt64LE(value));
			value += 8;
		}
	}
	return wide;
}

/** The text of one entry, piece by piece. Refuses what unpacks to more than any staff list, or packs as no list does; what a
 * zip says of its own sizes is not believed. */
export async function* entryText(zip: Buffer, entry: ZipEntry, budget: Budget): AsyncGenerator<string> {
	const bytes = zip.subarray(entry.start, entry.start + entry.packed);
	if (bytes.length !== entry.packed || (entry.method !== 0 && entry.method !== 8)) throw broken();
	const pieces = Readable.from(split(bytes), { objectMode: false });
	const plain = entry.method === 0 ? pieces : pieces.pipe(createInflateRaw({ chunkSize: 64 * 1024 }));
	const decoder = new TextDecoder('utf-8');
	let unpacked = 0;
	for await (const piece of plain) {
		const chunk = bytesOf(piece);
		unpacked += chunk.length;
		budget.left -= chunk.length;
		if (budget.left < 0 || (unpacked > RATIO_FROM && unpacked > MAX_RATIO * entry.packed))
			throw refuseFile('people.import.bomb');
		yield decoder.decode(chunk, { stream: true });
	}
	yield decoder.decode();
}

function* split(bytes: Buffer): Generator<Buffer> {
	for (let from = 0; from < bytes.length; from += 64 * 1024) yield bytes.subarray(from, from + 64 * 1024);
}

// Named narrowing: a byte stream without an encoding hands out Buffers.
const bytesOf = (piece: unknown): Uint8Array => (piece instanceof Uint8Array ? piece : new Uint8Array());
