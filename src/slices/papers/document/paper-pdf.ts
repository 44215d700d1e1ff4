import { formatNip } from '#kernel/nip.ts';
import { printableJson } from '#platform/documents/printable.ts';
import { renderPdf } from '#platform/documents/render-pdf.ts';
import type { PaperFacts } from '../facts.ts';
import { PAPER_TEMPLATE } from './paper-template.ts';
import { LABELS } from './words.ts';

/**
 * The paper as PDF/A-2a, from its frozen facts alone: the same facts and logo, the same bytes. `logo` is an SVG text
 * (`logoSvg`), null where the letterhead has none.
 */
export function paperPdf(facts: PaperFacts, logo: string | null): Promise<Uint8Array> {
	return renderPdf(
		PAPER_TEMPLATE,
		{ data: printableJson(printed(facts, logo !== null)), ...(logo === null ? {} : { logo }) },
		{ createdAt: new Date(`${facts.issuedOn}T00:00:00Z`), standard: 'a-2a' }
	);
}

/** The facts as the template prints them: every line already text. */
function printed(facts: PaperFacts, hasLogo: boolean) {
	const { letter, signatory } = facts;
	return {
		...facts,
		heading: `${letter?.subject ?? facts.title} · ${facts.number}`,
		foot: `${facts.title} ${facts.number}`,
		hasLogo,
		logoAlt: `${LABELS.logo} ${facts.letterhead.government}`,
		headLines: headLines(facts),
		numberLine: `${LABELS.numberOfSheet} ${facts.number}`,
		letterFacts:
			letter === null
				? []
				: [
						[LABELS.number, facts.number],
						[LABELS.nature, letter.nature],
						[LABELS.attachment, letter.attachment],
						[LABELS.subject, letter.subject]
					],
		nipLine: signatory.nip === null ? '' : `NIP ${formatNip(signatory.nip)}`,
		copiesLabel: LABELS.copies
	};
}

/** Address and ways to reach the office, as they stand under its name. */
export function headLines({ letterhead: head }: Pick<PaperFacts, 'letterhead'>): string[] {
	const reach = [
		head.phone && `${LABELS.phone} ${head.phone}`,
		head.email && `${LABELS.email} ${head.email}`,
		head.website && `${LABELS.website} ${head.website}`
	].filter(Boolean);
	return [
		[head.address, [head.city, head.postalCode].filter(Boolean).join(' ')].join(', '),
		...(reach.length > 0 ? [reach.join(' · ')] : [])
	];
}
