import { deflateSync, crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { logoProof } from './document/logo-proof.ts';
import { logoSvg } from './logo.ts';
import { pictureSize } from '#platform/files/picture-size.ts';

const chunk = (kind: string, data: Buffer): Buffer => {
	const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
	const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, sum]);
};
const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 3, 8, 2, 0, 0, 0]);
const PNG = Buffer.concat([
	Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
	chunk('IHDR', header),
	chunk('IDAT', deflateSync(Buffer.alloc(3 * 7))),
	chunk('IEND', Buffer.alloc(0))
]);

test('a PNG is told by its content and can be printed', async () => {
	expect(pictureSize(PNG)).toEqual({ width: 2, height: 3, mime: 'image/png' });
	expect(await logoProof(logoSvg(PNG) ?? '')).toBe(true);
});
test.each([
	['an SVG with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
	['a page named logo.png', Buffer.from('<html>')],
	['nothing', Buffer.alloc(0)],
	['a JPEG cut short', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4])]
])('%s is no logo', (_, bytes) => {
	expect(logoSvg(bytes)).toBeNull();
});
