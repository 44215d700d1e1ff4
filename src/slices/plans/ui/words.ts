import { formatFixed, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { FundSource, PlanStatus } from '../model.ts';
import type { ShownEvidence } from '../rules.ts';

const STATUS: Record<PlanStatus, [word: () => string, tone: Tone]> = {
	draft: [m['plans.status.draft'], 'neutral'],
	submitted: [m['plans.status.submitted'], 'waiting'],
	returned: [m['plans.status.returned'], 'attention'],
	approved: [m['plans.status.approved'], 'active'],
	decreed: [m['plans.status.decreed'], 'good']
};
export const statusWord = (status: PlanStatus): string => STATUS[status][0]();
export const statusTag = (status: PlanStatus): { label: string; tone: Tone } => {
	const [word, tone] = STATUS[status];
	return { label: word(), tone };
};

const FUND: Record<FundSource, () => string> = {
	own: m['plans.fund.own'],
	province: m['plans.fund.province'],
	national: m['plans.fund.national'],
	partner: m['plans.fund.partner']
};
export const fundWord = (source: FundSource): string => FUND[source]();
export const fundOptions = (): { value: string; label: string }[] =>
	Object.entries(FUND).map(([value, word]) => ({ value, label: word() }));

export const quarterOptions = (): { value: string; label: string }[] =>
	[1, 2, 3, 4].map((quarter) => ({ value: String(quarter), label: m['plans.line.quarterOf']({ quarter }) }));

export const evidenceWord = (evidence: ShownEvidence): string =>
	evidence.people === 'few'
		? m['plans.evidence.few']()
		: m['plans.evidence.measured']({
				people: formatNumber(evidence.people),
				mean: formatFixed(evidence.mean, 2)
			});
