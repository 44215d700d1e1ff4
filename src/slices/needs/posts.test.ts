import { describe, expect, test } from 'vitest';
import {
	inWholeLevels,
	kindsBelow,
	postAddress,
	postLines,
	postsWithin,
	sortedPosts,
	type PostSums
} from './posts.ts';

const post = (title: string, measured: number, facts: Partial<PostSums> = {}): PostSums => ({
	title,
	level: '06',
	unitId: 'kota',
	people: measured,
	measured,
	levels: measured * 2,
	shortfall: measured,
	likely: measured,
	sure: measured * 2 * 0.8,
	...facts
});

const UNITS = [
	{ id: 'kota', parentId: null },
	{ id: 'rsud', parentId: 'kota' },
	{ id: 'dinas', parentId: 'kota' },
	{ id: 'bidang', parentId: 'dinas' }
];

describe('a kind of unit', () => {
	const units = UNITS.map((unit) => ({ ...unit, kind: unit.id }));
	test('holds its units with everything below them, and never the unit in view itself', () => {
		const found = kindsBelow(units, 'kota');
		expect([...found].map(([kind, ids]) => [kind, [...ids].sort()]).sort()).toEqual([
			['bidang', ['bidang']],
			['dinas', ['bidang', 'dinas']],
			['rsud', ['rsud']]
		]);
		expect(kindsBelow(units, 'bidang').size).toBe(0);
	});

	test('chooses posts and says how many were asked there, but never cuts a figure', () => {
		const sums = [
			post('Perawat', 3, { unitId: 'rsud' }),
			post('Perawat', 6, { unitId: 'bidang' }),
			post('Guru', 7, { unitId: 'kota' })
		];
		const all = postLines(sums, UNITS, 'kota', 5);
		const nurses = all.filter(({ title }) => title === 'Perawat');
		expect(postsWithin(all, sums, new Set(['rsud']))).toEqual(nurses.map((line) => ({ ...line, within: 3 })));
	});
});

describe('posts of a unit', () => {
	test('count whoever works there or below, and hide what protects somebody on a page above', () => {
		const seen = (counts: PostSums[], unit: string) =>
			postLines(counts, UNITS, unit, 5).map(({ title, people, shown }) => [
				title,
				people,
				shown?.measured ?? null
			]);
		const nurses = [post('Perawat', 9, { unitId: 'rsud' }), post('Perawat', 6, { unitId: 'bidang' })];
		expect(seen(nurses, 'kota')).toEqual([['Perawat', 15, 15]]);
		expect(seen(nurses, 'dinas')).toEqual([['Perawat', 6, 6]]);
		expect(seen([...nurses, post('Guru', 8, { unitId: 'rsud' })], 'bidang')).toEqual([['Perawat', 6, 6]]);
		// Two at the hospital: the city's total minus the office's would be theirs.
		const few = [post('Perawat', 2, { unitId: 'rsud' }), post('Perawat', 6, { unitId: 'bidang' })];
		expect(seen(few, 'kota')).toEqual([['Perawat', 8, 8]]);
		expect(seen(few, 'dinas')).toEqual([['Perawat', 6, null]]);
		expect(seen(few, 'bidang')).toEqual([['Perawat', 6, null]]);
	});

	test('say what is missing, how often and how surely', () => {
		expect(postLines([post('Perawat', 6)], UNITS, 'kota', 5)).toEqual([
			{
				title: 'Perawat',
				level: '06',
				people: 6,
				shown: { measured: 6, shortfall: 0.5, gaps: 6, share: 0.5, certainty: expect.closeTo(0.8) }
			}
		]);
	});

	test('a small one takes the next smallest along, for the unit’s total would tell', () => {
		const shown = (counts: PostSums[]) =>
			postLines(counts, UNITS, 'kota', 5).flatMap((line) => (line.shown ? [line.title] : []));
		expect(shown([post('Camat', 1), post('Perawat', 7), post('Guru', 30)])).toEqual(['Guru']);
		expect(shown([post('Camat', 1), post('Sekretaris', 4), post('Guru', 30)])).toEqual(['Guru']);
		expect(shown([post('Perawat', 7), post('Guru', 30)])).toEqual(['Perawat', 'Guru']);
		// Nobody measured gives nothing away and protects nobody.
		expect(shown([post('Camat', 0, { people: 1 }), post('Perawat', 7)])).toEqual(['Perawat']);
	});

	test('are sorted by what is missing; those without figures come last either way', () => {
		const lines = postLines(
			[post('A', 1), post('B', 9, { likely: 3 }), post('C', 30, { likely: 2 }), post('D', 8)],
			UNITS,
			'kota',
			5
		);
		expect(lines.find(({ title }) => title === 'D')?.shown).toBeNull();
		const titles = (descending: boolean) =>
			sortedPosts(lines, { by: 'gaps', descending }).map(({ title }) => title);
		expect(titles(true)).toEqual(['B', 'C', 'A', 'D']);
		expect(titles(false)).toEqual(['C', 'B', 'A', 'D']);
	});

	test('have an address that holds any title', () => {
		expect(postAddress({ title: 'Guru & Pengawas', level: '21' }, { unit: 'u' })).toBe(
			'/needs/posts/post?title=Guru+%26+Pengawas&level=21&unit=u'
		);
	});
});

test('half levels add up to whole ones', () => {
	expect(
		inWholeLevels([
			{ level: 0.5, people: 2 },
			{ level: 1, people: 3 },
			{ level: 1.5, people: 1 },
			{ level: 5, people: 4 }
		])
	).toEqual([0, 5, 1, 0, 0, 4]);
});
