import { expect, test } from 'vitest';
import { forgetScans, keepScan, keptScans } from './kept-scans.ts';

function shelf(full = false) {
	const held = new Map<string, string>();
	return {
		get length() {
			return held.size;
		},
		key: (at: number) => [...held.keys()][at] ?? null,
		getItem: (name: string) => held.get(name) ?? null,
		setItem: (name: string, text: string) => {
			if (full) throw new Error('QuotaExceededError');
			held.set(name, text);
		},
		removeItem: (name: string) => void held.delete(name)
	};
}

test('scans wait in their order, for their own person only, and once', () => {
	const it = shelf();
	expect(keepScan(it, { owner: 'ani', keptAt: 200_000, code: 'b' })).toBe(true);
	keepScan(it, { owner: 'ani', keptAt: 100_000, code: 'a' });
	keepScan(it, { owner: 'ani', keptAt: 130_000, code: 'a' });
	keepScan(it, { owner: 'budi', keptAt: 300_000, sessionId: 's', digits: '123456' });
	expect(keptScans(it, 'ani').map(({ scan }) => scan.code)).toEqual(['a', 'b']);
	expect(keptScans(it, 'budi')).toHaveLength(1);
	forgetScans(it, [keptScans(it, 'ani')[0]?.name ?? '']);
	expect(keptScans(it, 'ani').map(({ scan }) => scan.code)).toEqual(['b']);
});

test('a full shelf promises nothing, and what is no scan is passed over', () => {
	expect(keepScan(shelf(true), { owner: 'ani', keptAt: 1, code: 'a' })).toBe(false);
	const it = shelf();
	for (const text of ['', '{', '5', '{"owner":"ani"}']) it.setItem(`asah.scan:${text.length}`, text);
	expect(keptScans(it, 'ani')).toEqual([]);
});
