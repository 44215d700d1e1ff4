import { expect, test } from 'vitest';
import { pictureMime } from './picture.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

test.each([
	['PNG', '\x89PNG\r\n\x1a\nrest', 'image/png'],
	['JPEG', '\xff\xd8\xff\xe0rest', 'image/jpeg'],
	['WebP', 'RIFF\x00\x00\x00\x00WEBPVP8 ', 'image/webp'],
	['an SVG, which could carry a script', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', null],
	['HTML called gambar.png', '<!doctype html><script>alert(1)</script>', null],
	['a PDF', '%PDF-1.7', null],
	['a WAV, which also begins with RIFF', 'RIFF\x00\x00\x00\x00WAVEfmt ', null],
	['nothing', '', null]
])('%s is known by its bytes', (_, content, mime) => {
	expect(pictureMime(bytes(content))).toBe(mime);
});
