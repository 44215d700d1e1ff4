import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { ThemeProposal } from '../theme-proposals.ts';

/** Why a theme is proposed, with its figures: also the evidence of the finding that somebody makes of it. */
export function themeWhy({ theme, why, share }: ThemeProposal): string {
	const facts = {
		theme: theme.name,
		passages: formatNumber(theme.passages),
		share: formatPercent(share),
		groups: formatNumber(theme.groups),
		speakers: formatNumber(theme.speakers)
	};
	return why === 'groups'
		? m['evaluation.theme.proposal.groups'](facts)
		: m['evaluation.theme.proposal.share'](facts);
}

/** How the sentence begins that a person writes on. */
export const themeStatement = ({ theme }: ThemeProposal): string => `${theme.name}: `;
