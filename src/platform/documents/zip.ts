import { crc32 } from 'node:zlib';

export type ZipEntry = { readonly name: string; readonly content: Uint8Array };

// PDF is compressed in itself: packing it again takes time and saves nothing, so entries are stored as they are.
const VERSION = 20;
const UTF8 = 0x0800;
/** 1 January 1980, the first day that a ZIP knows: the same entries give the same bytes on any day. */
const EPOCH = 0x0021;

/** A ZIP archive (PKWARE APPNOTE 6.3) of files up to 4 GB together, names in UTF-8. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
	const parts: Uint8Array[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of entries) {
		const title = Buffer.from(name, 'utf8');
		const about = Buffer.alloc(26);
		about.writeUInt16LE(VERSION, 0);
		about.writeUInt16LE(UTF8, 2);
		about.writeUInt16LE(EPOCH, 8);
		about.writeUInt32LE(crc32(content), 10);
		about.writeUInt32LE(content.length, 14);
		about.writeUInt32LE(content.length, 18);
		about.writeUInt16LE(title.length, 22);
		parts.push(Buffer.from('PK\x03\x04', 'latin1'), about, title, content);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('PK\x01\x02', 'latin1'), word(VERSION), about, rest, title);
		offset += 4 + about.length + title.length + content.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(listed.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function word(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value, 0);
	return bytes;
}
