import { beforeAll, expect, test } from 'vitest';
import { newBox, openEnvelope, sealEnvelope, unlockBox } from './envelope.ts';

beforeAll(() => {
	process.env['REACTION_KEY'] = 'a key of the tests only';
});

function opened(box = newBox()) {
	const key = unlockBox(box.lockedKey);
	if (key === undefined) throw new Error('locked');
	return { ...box, key };
}

test('what is sealed for a box is opened by its key, whatever was written', () => {
	const { publicKey, key } = opened();
	for (const text of ['', '{"a":1}', 'ß'.repeat(9000)])
		expect(openEnvelope(key, sealEnvelope(publicKey, text))).toBe(text);
});

test('envelopes are all of one size, and the same form is never sealed alike', () => {
	const { publicKey } = opened();
	const short = sealEnvelope(publicKey, 'x');
	const long = sealEnvelope(publicKey, 'panjang '.repeat(500));
	expect(short.length).toBe(long.length);
	expect(short.equals(sealEnvelope(publicKey, 'x'))).toBe(false);
});

test('another box, another installation or a changed byte opens nothing', () => {
	const { publicKey, key, lockedKey } = opened();
	const sealed = sealEnvelope(publicKey, 'rahasia');
	expect(openEnvelope(opened().key, sealed)).toBeUndefined();
	const changed = Buffer.from(sealed);
	changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
	expect(openEnvelope(key, changed)).toBeUndefined();
	process.env['REACTION_KEY'] = 'another';
	expect(unlockBox(lockedKey)).toBeUndefined();
	process.env['REACTION_KEY'] = 'a key of the tests only';
});
