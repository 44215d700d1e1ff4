import { expect, test } from 'vitest';
import { pixelsOf } from './picture-size.ts';

const webp = (kind: string, at: number, bytes: number[]) => {
	const file = Buffer.alloc(40);
	file.write(`RIFF\0\0\0\0WEBP${kind}`, 'latin1');
	Buffer.from(bytes).copy(file, at);
	return file;
};

// 300 x 200 in each of the three ways that the container has (RFC 9649, sections 2.5 to 2.7).
test.each([
	['lossy', webp('VP8 ', 26, [0x2c, 0x01, 0xc8, 0x00])],
	['lossless', webp('VP8L', 21, [0x2b, 0xc1, 0x31, 0x00])],
	['extended', webp('VP8X', 24, [0x2b, 0x01, 0x00, 0xc7, 0x00, 0x00])]
])('a WebP says its pixels, %s', (_, bytes) => expect(pixelsOf(bytes)).toBe(60_000));

test('what is no picture has none', () => expect(pixelsOf(Buffer.from('%PDF-1.7'))).toBe(0));
