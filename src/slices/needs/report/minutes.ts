import { formatDate, formatFixed, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { forumSheet } from '../server/queries/forums.ts';
import { formName, needName, needStatusWord, quarterName } from '../ui/need-words.ts';
import type { OfficeDocument } from './office-document.ts';

/** Minutes of a forum (berita acara) as an office writes them. */
export function minutesDocument({
	agency,
	forum,
	participants,
	items
}: Pick<
	Awaited<ReturnType<typeof forumSheet>>,
	'agency' | 'forum' | 'participants' | 'items'
>): OfficeDocument {
	return {
		title: m['needs.fgd.minutes'](),
		agency: agency.name,
		office: m['needs.report.office'](),
		facts: [
			[m['needs.fgd.number'](), forum.number ?? '…………………'],
			[m['needs.fgd.heldOn'](), formatDate(forum.heldOn)],
			[m['needs.fgd.place'](), forum.place],
			[m['needs.fgd.about'](), forum.title],
			[m['needs.fgd.chair'](), forum.chair]
		],
		chapters: [
			{
				title: m['needs.fgd.participants'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.fgd.participants'](),
						head: [m['needs.fgd.no'](), m['needs.fgd.name'](), m['needs.fgd.office']()],
						rows: participants.map(({ name, office }, at) => [String(at + 1), name, office]),
						wide: [1, 2]
					}
				]
			},
			{
				title: m['needs.fgd.outcome'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.fgd.outcome'](),
						head: [
							m['needs.report.need'](),
							m['needs.report.unit'](),
							m['needs.report.people'](),
							m['needs.report.form'](),
							m['needs.report.quarter'](),
							m['needs.report.score'](),
							m['needs.fgd.decision'](),
							m['needs.fgd.note']()
						],
						rows: items.map((item) => [
							needName(item),
							item.unit,
							formatNumber(item.people),
							formName(item.form),
							quarterName(item.quarter),
							item.score === null ? '–' : formatFixed(item.score, 2),
							item.outcome === null ? '…………' : needStatusWord(item.outcome),
							item.note
						]),
						figures: [2, 5],
						wide: [0, 1, 7]
					}
				]
			}
		],
		placeAndDate: `${agency.city}, ${formatDate(forum.heldOn)}`,
		signatures: [
			{ post: m['needs.fgd.chair'](), name: forum.chair },
			{ post: m['needs.fgd.secretary'](), name: '…………………………' }
		],
		foot: m['needs.fgd.minutes']()
	};
}
