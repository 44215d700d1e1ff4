import { describe, expect, test } from 'vitest';
import { compareEditions } from './compare-editions.ts';
import type { Edition } from './model.ts';

const edition = (competencyId: string, change: Partial<Edition> = {}): Edition => ({
	competencyId,
	code: competencyId.toUpperCase(),
	family: 'technical',
	area: null,
	name: `Nama ${competencyId}`,
	nameEn: '',
	definition: 'Kemampuan uji',
	levels: [1, 2].map((level) => ({ level, headline: `Level ${level}`, indicators: ['satu', 'dua'] })),
	...change
});
const levels = (headline: string, indicators: string[]) => [
	{ level: 1, headline, indicators },
	{ level: 2, headline: 'Level 2', indicators: ['satu', 'dua'] }
];

describe('two versions side by side', () => {
	test.each([
		['nothing', {}, 'same', [], []],
		['another name', { name: 'Baru' }, 'changed', ['name'], []],
		['another code', { code: 'X.1' }, 'changed', ['code'], []],
		['another definition', { definition: 'Lain sama sekali' }, 'changed', ['definition'], []],
		['another field of work', { area: 'Kesehatan' }, 'changed', ['area'], []],
		['another sentence of a level', { levels: levels('Lain', ['satu', 'dua']) }, 'changed', [], [1]],
		['a behaviour less', { levels: levels('Level 1', ['satu']) }, 'changed', [], [1]],
		['a level gone', { levels: [...levels('Level 1', ['satu', 'dua'])].slice(0, 1) }, 'changed', [], [2]]
	] as const)('%s', (_, change, kind, fields, changedLevels) => {
		const [found] = compareEditions(
			[edition('a')],
			[edition('a', { ...change, ...('levels' in change ? { levels: [...change.levels] } : {}) })]
		);
		expect(found).toMatchObject({
			kind,
			fields,
			levels: changedLevels,
			renamed: fields.some((one) => one === 'name')
		});
	});

	test('added and removed are told by identity, never by code', () => {
		const changes = compareEditions(
			[edition('a'), edition('b')],
			[edition('b', { code: 'A' }), edition('c')]
		);
		expect(changes.map(({ competencyId, kind }) => [competencyId, kind])).toEqual([
			['b', 'changed'],
			['c', 'added'],
			['a', 'removed']
		]);
	});
});
