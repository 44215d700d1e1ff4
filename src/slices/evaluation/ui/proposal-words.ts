import { formatFixed, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Proposal } from '../proposals.ts';
import { wordingOf } from './words.ts';

/** Where the form is that a proposal fills in part, on the page of the class's results. */
export const proposalHref = ({ item, session }: Proposal): string =>
	`?propose=${encodeURIComponent(item.code)}${session ? `&session=${session.id}` : ''}#write-finding`;

/** What the finding keeps of where it was seen. */
export const proposalFields = ({ item, session }: Proposal): Record<string, string> => ({
	itemCode: item.code,
	...(session && { sessionId: session.id })
});

const inSession = ({ session }: Proposal, text: string): string =>
	session === null
		? text
		: m['evaluation.finding.proposal.inSession']({
				number: String(session.number),
				topic: session.topic,
				text
			});

/** How the sentence begins that a person finishes. */
export const proposalStatement = (proposal: Proposal): string =>
	inSession(proposal, `${wordingOf(proposal.item)}: `);

export function proposalWhy(proposal: Proposal): string {
	const { item, before } = proposal;
	const facts = {
		item: wordingOf(item),
		mean: formatFixed(item.mean, 1),
		n: formatNumber(item.answers),
		points: String(item.points)
	};
	return inSession(
		proposal,
		proposal.kind === 'dropped' && before !== null
			? m['evaluation.finding.proposal.dropped']({ ...facts, before: formatFixed(before, 1) })
			: m['evaluation.finding.proposal.lowItem'](facts)
	);
}
