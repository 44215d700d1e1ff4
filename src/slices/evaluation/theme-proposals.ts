import type { Theme, Themes } from './focus-model.ts';

/** A theme that comes up in so many groups by itself is more than the mood of one room. */
export const THEME_GROUPS = 2;
/** Or one that fills so much of what was said, where enough was said for a share to mean something. */
export const THEME_SHARE = 0.2;
export const LEAST_PASSAGES = 10;
/** Never what one person alone repeats. */
const LEAST_SPEAKERS = 2;

export type ThemeProposal = { theme: Theme; why: 'groups' | 'share'; share: number };

/**
 * What focus groups ask to look at: themes found in several groups, or in a good part of all passages; not those that a
 * finding rests on already, nor those that the codebook keeps out, since praise is a theme too. A person decides whether
 * it is a finding. Commonest first.
 */
export function themeProposals(
	{ themes, passages }: Themes,
	found: ReadonlySet<string> = new Set()
): ThemeProposal[] {
	return themes
		.filter(
			({ codeId, proposes, speakers, groups }) =>
				proposes && !found.has(codeId) && Math.max(speakers, groups) >= LEAST_SPEAKERS
		)
		.flatMap((theme): ThemeProposal[] => {
			const share = passages === 0 ? 0 : theme.passages / passages;
			if (theme.groups >= THEME_GROUPS) return [{ theme, why: 'groups', share }];
			return passages >= LEAST_PASSAGES && share >= THEME_SHARE ? [{ theme, why: 'share', share }] : [];
		})
		.toSorted((a, b) => b.theme.passages - a.theme.passages || a.theme.code.localeCompare(b.theme.code));
}
