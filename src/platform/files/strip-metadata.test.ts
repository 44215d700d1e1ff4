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
		Buffer.from('between'),
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

test('what stands after its end is cut off: a film, a second picture with its own place, a program', () => {
	const jpeg = Buffer.concat([soi, jfif, scan]);
	const png = Buffer.concat([pngHead, ihdr, idat, iend]);
	const behind = Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), segment(0xe1, Buffer.from(SECRET))]);
	for (const whole of [jpeg, png])
		expect(Buffer.from(withoutMetadata(Buffer.concat([whole, behind])))).toEqual(whole);
});

test('a progressive JPEG with restarts keeps all its scans, and its colour space', () => {
	const adobe = segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\0'));
	const part = (pixels: number[]) =>
		Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(pixels)]);
	const whole = Buffer.concat([
		soi,
		jfif,
		adobe,
		part([1, 0xff, 0, 2, 0xff, 0xd0, 3]),
		segment(0xc4, Buffer.from([0, 1])),
		part([4, 0xff, 0xff, 0]),
		Buffer.from([0xff, 0xd9])
	]);
	expect(Buffer.from(withoutMetadata(whole))).toEqual(whole);
});

test.each([
	['in its pixels', Buffer.concat([soi, jfif, scan.subarray(0, -2)])],
	['in its place', Buffer.concat([soi, Buffer.from([0xff, 0xe1, 0xff, 0xff])])],
	['of a PNG', Buffer.concat([pngHead, ihdr, idat])],
	['after the head of a PNG', pngHead],
	['of a WebP', Buffer.from('RIFF\xff\0\0\0WEBPVP8 ', 'latin1')]
])('a picture cut short %s is refused, since what is told in it might stay', (_, bytes) =>
	expect(() => withoutMetadata(bytes)).toThrow(expect.objectContaining({ code: 'platform.files.torn' }))
);

test('a few bytes that unfold into 400 million pixels are refused', () => {
	const size = Buffer.from([0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2, 0, 0, 0]);
	expect(() => withoutMetadata(Buffer.concat([pngHead, chunk('IHDR', size), idat, iend]))).toThrow(
		expect.objectContaining({ code: 'platform.files.pixels' })
	);
});

test('what is no picture comes back as it was', () => {
	for (const odd of [Buffer.from('plain'), Buffer.from('%PDF-1.7'), Buffer.alloc(0)])
		expect(Buffer.from(withoutMetadata(odd))).toEqual(odd);
});
