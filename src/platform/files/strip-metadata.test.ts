import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withoutMetadata } from './strip-metadata.ts';

const SECRET = 'GPS 3.59 N 98.67 E';
const segment = (marker: number, body: Buffer) => {
	const head = Buffer.alloc(4);
	head.writeUInt16BE(0xff00 | marker, 0);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
};
const soi = Buffer.from([0xff, 0xd8]);
const jfif = segment(0xe0, Buffer.from('JFIF\0\x01\x02'));
const profile = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours'));
const scan = Buffer.concat([
	segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
	Buffer.from('pixels'),
	Buffer.from([0xff, 0xd9])
]);

const chunk = (kind: string, body: Buffer) => {
	const out = Buffer.alloc(12 + body.length);
	out.writeUInt32BE(body.length, 0);
	out.write(kind, 4, 'latin1');
	body.copy(out, 8);
	out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
	return out;
};
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ihdr = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]));
const idat = chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3])));
const iend = chunk('IEND', Buffer.alloc(0));

test('a JPEG loses its place and comments and keeps its pixels and colours', () => {
	const told = Buffer.concat([
		soi,
		jfif,
		segment(0xe1, Buffer.from(`Exif\0\0${SECRET}`)),
		profile,
		segment(0xfe, Buffer.from(SECRET)),
		scan
	]);
	expect(Buffer.from(withoutMetadata(told))).toEqual(Buffer.concat([soi, jfif, profile, scan]));
});

test('a PNG loses eXIf and text chunks and keeps every other byte', () => {
	const told = Buffer.concat([
		pngHead,
		ihdr,
		chunk('eXIf', Buffer.from(SECRET)),
		chunk('tEXt', Buffer.from(SECRET)),
		idat,
		iend
	]);
	expect(Buffer.from(withoutMetadata(told))).toEqual(Buffer.concat([pngHead, ihdr, idat, iend]));
});

test('a WebP loses EXIF and XMP, and its header no longer promises them', () => {
	const riff = (body: Buffer) => {
		const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
		head.writeUInt32LE(4 + body.length, 4);
		return Buffer.concat([head, body]);
	};
	const part = (kind: string, body: Buffer) => {
		const head = Buffer.alloc(8);
		head.write(kind, 0, 'latin1');
		head.writeUInt32LE(body.length, 4);
		return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
	};
	const flags = (bits: number) => part('VP8X', Buffer.from([bits, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
	const pixels = part('VP8 ', Buffer.from('pixels'));
	const told = riff(
		Buffer.concat([
			flags(0b11100),
			pixels,
			part('EXIF', Buffer.from(SECRET)),
			part('XMP ', Buffer.from(SECRET))
		])
	);
	expect(Buffer.from(withoutMetadata(told))).toEqual(riff(Buffer.concat([flags(0b10000), pixels])));
});

test('what is cut short or of another kind comes back as it was', () => {
	for (const odd of [
		Buffer.from('plain'),
		Buffer.concat([soi, Buffer.from([0xff, 0xe1, 0xff, 0xff])]),
		pngHead,
		Buffer.alloc(0)
	])
		expect(Buffer.from(withoutMetadata(odd))).toEqual(odd);
});
