import { expect, test } from 'vitest';
import { themeProposals } from './theme-proposals.ts';

const theme = (code: string, passages: number, groups: number, speakers: number) => ({
	codeId: code,
	code,
	name: code,
	definition: code,
	proposes: true,
	passages,
	groups,
	speakers
});

test('a theme in several groups, or in a good part of what was said, is proposed, the commonest first', () => {
	const found = themeProposals({
		passages: 20,
		groups: 2,
		themes: [theme('A', 6, 1, 4), theme('B', 3, 2, 2), theme('C', 3, 1, 3), theme('D', 8, 2, 5)]
	});
	expect(found.map(({ theme: { code }, why, share }) => [code, why, share])).toEqual([
		['D', 'groups', 0.4],
		['A', 'share', 0.3],
		['B', 'groups', 0.15]
	]);
});

test('not what one person repeats, nor a share of very little, nor what a finding rests on already', () => {
	const one = (passages: number, ...themes: ReturnType<typeof theme>[]) => ({ passages, groups: 1, themes });
	expect(themeProposals(one(20, theme('A', 9, 1, 1)))).toEqual([]);
	expect(themeProposals(one(9, theme('A', 5, 1, 3)))).toEqual([]);
	expect(themeProposals(one(10, theme('A', 2, 1, 2)))).toHaveLength(1);
	expect(themeProposals(one(10, theme('A', 5, 1, 3)), new Set(['A']))).toEqual([]);
	expect(themeProposals(one(10, { ...theme('A', 5, 1, 3), proposes: false }))).toEqual([]);
	expect(themeProposals({ passages: 0, groups: 0, themes: [] })).toEqual([]);
});
