import { describe, expect, test } from 'vitest';
import { actionHere, listQuery, nextSort, pageLinks, sortedBy, withQuery } from './list-url.ts';

const at = (query: string) => new URL(`https://asah.test/people${query}`);
const sorts = ['name', 'unit', 'gap'] as const;
const asked = (query: string) => listQuery<'name' | 'unit' | 'gap'>(at(query), { sorts: [...sorts] });

describe('the address of a list', () => {
	test('keeps the filters when the order changes and goes back to the first page', () => {
		expect(withQuery(at('?q=budi&unit=7&page=3'), { sort: '-gap', page: null })).toBe(
			'/people?q=budi&unit=7&sort=-gap'
		);
	});
	test('drops the name of an action, which belongs to one sending only', () => {
		expect(withQuery(at('?/approve&q=budi'), { page: 2 })).toBe('/people?q=budi&page=2');
	});
	test('is kept by an action, but not the action before it', () => {
		expect(actionHere(at('?/save&q=budi&page=2'), '?/drop')).toBe('?/drop&q=budi&page=2');
		expect(actionHere(at(''), '?/drop')).toBe('?/drop');
		expect(actionHere(at('?q=2&tab=people'), '?/answer&q=3')).toBe('?/answer&q=3&tab=people');
	});
	test('is the bare path when nothing is asked', () => {
		expect(withQuery(at('?page=2'), { page: null })).toBe('/people');
	});
	test('carries what people type, whatever it is', () => {
		expect(new URL(withQuery(at(''), { q: 'a&b=c #é' }), 'https://asah.test').searchParams.get('q')).toBe(
			'a&b=c #é'
		);
	});
});

describe('what a list is asked for', () => {
	test('is the first column, the first page, when the address says nothing', () => {
		expect(asked('')).toEqual({
			sort: { by: 'name', descending: false },
			page: 1,
			size: 50,
			offset: 0,
			search: ''
		});
	});
	test('may begin descending', () => {
		expect(listQuery<'gap' | 'name'>(at(''), { sorts: ['-gap', 'name'] }).sort).toEqual({
			by: 'gap',
			descending: true
		});
		expect(listQuery<'gap' | 'name'>(at('?sort=gap'), { sorts: ['-gap', 'name'] }).sort).toEqual({
			by: 'gap',
			descending: false
		});
	});
	test.each(['?sort=password', '?sort=-', '?sort=name;drop table', '?sort=__proto__'])(
		'is never a column that was not offered: %s',
		(query) => expect(asked(query).sort).toEqual({ by: 'name', descending: false })
	);
	test.each(['?page=0', '?page=-4', '?page=2.5', '?page=x', '?page=1e999', '?page='])(
		'is page one for a page that cannot be: %s',
		(query) => expect(asked(query).page).toBe(1)
	);
	test('reads page three as rows 101 to 150, and an absurd page as a deep one', () => {
		expect(asked('?page=3').offset).toBe(100);
		expect(asked('?page=99999999').page).toBe(100_000);
	});
	test('trims what is searched for', () => {
		expect(asked('?q=%20%20budi%20').search).toBe('budi');
		expect(asked(`?q=${'a'.repeat(500)}`).search).toHaveLength(100);
	});
});

test('pressing a heading sorts up, then down, then up again', () => {
	expect(nextSort('gap', undefined)).toBe('gap');
	expect(nextSort('gap', { by: 'gap', descending: false })).toBe('-gap');
	expect(nextSort('gap', { by: 'gap', descending: true })).toBe('gap');
	expect(nextSort('gap', { by: 'name', descending: false })).toBe('gap');
});

test.each([
	[1, 1, [1]],
	[1, 3, [1, 2, 3]],
	[2, 288, [1, 2, 3, null, 288]],
	[4, 288, [1, 2, 3, 4, 5, null, 288]],
	[144, 288, [1, null, 143, 144, 145, null, 288]],
	[288, 288, [1, null, 287, 288]]
])('page %i of %i shows the ends and the neighbours, and never hides a single page', (page, pages, shown) => {
	expect(pageLinks(page, pages)).toEqual(shown);
});

test('a list that is whole on its page is sorted by words or figures, both ways, equal rows as they came', () => {
	const rows = [
		{ unit: 'Écamatan', jp: 3 },
		{ unit: 'Dinas', jp: 12 },
		{ unit: 'Badan', jp: 3 }
	];
	const units = (by: 'unit' | 'jp', descending: boolean) =>
		sortedBy(rows, { by, descending }, { unit: (row) => row.unit, jp: (row) => row.jp }).map(
			({ unit }) => unit
		);
	expect(units('unit', false)).toEqual(['Badan', 'Dinas', 'Écamatan']);
	expect(units('jp', true)).toEqual(['Dinas', 'Écamatan', 'Badan']);
	expect(units('jp', false)).toEqual(['Écamatan', 'Badan', 'Dinas']);
});
