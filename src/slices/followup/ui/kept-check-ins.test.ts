import { expect, test } from 'vitest';
import { keepCheckIn, keptCheckIns, sendKept, type KeptCheckIn } from './kept-check-ins.ts';

function shelf(full = false) {
	const held = new Map<string, string>();
	return {
		getItem: (name: string) => held.get(name) ?? null,
		setItem: (name: string, value: string) => {
			if (full) throw new Error('full');
			held.set(name, value);
		},
		removeItem: (name: string) => void held.delete(name),
		key: (index: number) => [...held.keys()][index] ?? null,
		get length() {
			return held.size;
		}
	};
}
const one = (key: string, keptAt: number, owner = 'Ani'): KeptCheckIn => ({
	owner,
	actionPlanId: 'p',
	key,
	keptAt,
	fields: [['note', key]],
	files: []
});

test('kept once a key, oldest first, and only shown to its owner', () => {
	const on = shelf();
	for (const kept of [one('b', 2), one('a', 1), one('b', 2), one('c', 3, 'Budi')])
		expect(keepCheckIn(on, kept)).toBe(true);
	expect(keptCheckIns(on, 'Ani').map(({ key }) => key)).toEqual(['a', 'b']);
	on.setItem('asah.checkIn:x', 'torn');
	expect(keptCheckIns(on, 'Ani')).toHaveLength(2);
});

test('sent in order with the key it was kept with; a refusal is told and does not hold up the rest', async () => {
	const on = shelf();
	for (const kept of [one('a', 1), one('b', 2), one('c', 3)]) keepCheckIn(on, kept);
	const keys: string[] = [];
	const first = await sendKept(on, 'Ani', async ({ key }) => {
		keys.push(key);
		return key === 'a'
			? { kind: 'refused', message: 'selesai' }
			: key === 'b'
				? { kind: 'saved' }
				: { kind: 'unsent' };
	});
	expect(first).toEqual({ sent: 1, refusals: ['selesai'] });
	expect(keys).toEqual(['a', 'b', 'c']);
	expect(keptCheckIns(on, 'Ani').map(({ key }) => key)).toEqual(['c']);
});

test('a full shelf promises nothing', () => expect(keepCheckIn(shelf(true), one('a', 1))).toBe(false));
