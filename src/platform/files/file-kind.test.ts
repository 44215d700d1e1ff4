import { expect, test } from 'vitest';
import { paperMime, pictureMime } from './file-kind.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

test.each([
	['PNG', '\x89PNG\r\n\x1a\nrest', 'image/png'],
	['JPEG', '\xff\xd8\xff\xe0rest', 'image/jpeg'],
	['WebP', 'RIFF\x00\x00\x00\x00WEBPVP8 ', 'image/webp'],
	['an SVG, which could carry a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', null],
	['HTML called gambar.png', '<!doctype html><script>alert(1)</script>', null],
	['a WAV, which also begins with RIFF', 'RIFF\x00\x00\x00\x00WAVEfmt ', null],
	['a workbook', 'PK\x03\x04', null],
	['a JPEG cut short', '\xff\xd8', null],
	['nothing', '', null]
])('%s is known by its bytes, as a picture and as a paper', (_, content, mime) => {
	expect(pictureMime(bytes(content))).toBe(mime);
	expect(paperMime(bytes(content))).toBe(mime);
});

test.each([
	['a PDF', '%PDF-1.7', 'application/pdf'],
	['a PDF that begins after other bytes', '\n%PDF-1.7', null],
	['a PDF cut short', '%PDF', null]
])('%s is a paper or nothing, never a picture', (_, content, mime) => {
	expect(pictureMime(bytes(content))).toBeNull();
	expect(paperMime(bytes(content))).toBe(mime);
});
