import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Check } from '../finding.ts';
import { amount, pRelation } from './words.ts';

export const CHECK_WORDS: Record<Check['check'], () => string> = {
	planned: m['impact.check.planned'],
	paths: m['impact.check.paths'],
	placeboDate: m['impact.check.placeboDate'],
	placeboOutcome: m['impact.check.placeboOutcome'],
	balance: m['impact.check.balance'],
	clusters: m['impact.check.clusters'],
	dealtAgain: m['impact.check.dealtAgain'],
	lost: m['impact.check.lost'],
	spillover: m['impact.check.spillover']
};
export function checkFigure({ check, p, value }: Check): string {
	if (p !== undefined) return m['impact.check.p']({ p: pRelation(p) });
	if (value === undefined) return '–';
	if (check === 'clusters') return m['impact.check.units']({ count: formatNumber(value) });
	if (check === 'lost') return m['impact.check.share']({ share: formatPercent(value) });
	if (check === 'balance') return m['impact.check.apart']({ size: amount(value) });
	return m['impact.check.count']({ count: formatNumber(value) });
}
export const checkState = ({ check, held }: Check): { tone: Tone; label: string } =>
	held === null
		? { tone: 'neutral', label: m['impact.check.unknown']() }
		: held
			? {
					tone: 'good',
					label: check === 'spillover' ? m['impact.check.stated']() : m['impact.check.held']()
				}
			: { tone: 'attention', label: m['impact.check.failed']() };
