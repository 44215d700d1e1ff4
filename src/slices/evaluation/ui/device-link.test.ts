import { expect, test } from 'vitest';
import { forgetLink, keptLink, linkFor, linkSent, startLink } from './device-link.ts';

function shelf(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
	const kept = new Map<string, string>();
	return {
		getItem: (name) => kept.get(name) ?? null,
		setItem: (name, value) => void kept.set(name, value),
		removeItem: (name) => void kept.delete(name)
	};
}

test('nothing is kept until somebody asks, and nothing is left when they take it back', () => {
	const device = shelf();
	expect(keptLink(device, 'ani')).toBeNull();
	expect(startLink(device, 'ani').secret).toMatch(/^[0-9a-f]{64}$/);
	expect(keptLink(device, 'budi')).toBeNull();
	forgetLink(device, 'ani');
	expect(keptLink(device, 'ani')).toBeNull();
});

test('the next form leads to the last, and what is sent shows neither the secret nor that two forms belong together', async () => {
	const device = shelf();
	const kept = startLink(device, 'ani');
	const first = await linkFor(kept, 'kota', 'kelas-1');
	expect(first.before).toBeUndefined();
	linkSent(device, 'ani', 'kelas-1');
	const again = keptLink(device, 'ani');
	if (again === null) throw new Error('forgotten');
	const second = await linkFor(again, 'kota', 'kelas-2');
	expect(second.before).toEqual({ address: first.address, key: first.key });
	expect(new Set([first.address, first.key, second.address, second.key, kept.secret]).size).toBe(5);
	expect((await linkFor(kept, 'kabupaten', 'kelas-1')).address).not.toBe(first.address);
});

test('a shelf that holds something else is no link', () => {
	const device = shelf();
	device.setItem('asah.link:ani', '{"secret":"short"}');
	expect(keptLink(device, 'ani')).toBeNull();
	device.setItem('asah.link:ani', 'no json');
	expect(keptLink(device, 'ani')).toBeNull();
});
