import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Shown } from '../jp-arithmetic.ts';

const jp = (value: number): string => formatNumber(value, 2);

/** The arithmetic of an entry, a line a step, in the order in which it was done. */
export function howLines(shown: Shown, learningHours: number): string[] {
	const { how, lostTo, lost, capPerMonth, abroadRate } = shown;
	const lines: string[] = [];
	if (how.unit === 'days') lines.push(m['credentials.how.days']({ days: how.claimed, rate: jp(how.rate) }));
	else if (how.unit === 'times')
		lines.push(m['credentials.how.times']({ times: how.claimed, rate: jp(how.rate) }));
	else if (how.unit === 'semesters')
		lines.push(m['credentials.how.semesters']({ semesters: how.claimed, rate: jp(how.rate) }));
	else lines.push(m['credentials.how.hours']({ hours: jp(how.claimed) }));
	if (abroadRate) lines.push(m['credentials.how.abroadRate']());
	if (how.day)
		lines.push(
			m['credentials.how.day']({
				cap: jp(how.day.cap),
				days: how.day.days,
				most: jp(how.day.cap * how.day.days)
			})
		);
	if (how.day && how.day.room < how.day.cap * how.day.days)
		lines.push(m['credentials.how.room']({ room: jp(how.day.room) }));
	if (lostTo === 'month')
		lines.push(
			m['credentials.how.month']({
				cap: capPerMonth ?? 0,
				counted: jp(how.counted),
				claimed: jp(how.claimed),
				lost: jp(lost)
			})
		);
	if (lostTo === 'day')
		lines.push(
			m['credentials.how.lost']({ counted: jp(how.counted), claimed: jp(how.claimed), lost: jp(lost) })
		);
	if (how.factor !== 1)
		lines.push(m['credentials.how.factor']({ factor: jp(how.factor), before: jp(how.counted * how.rate) }));
	if (how.factor !== 1 && how.rounding !== 'exact')
		lines.push(
			how.rounding === 'down' ? m['credentials.how.roundedDown']() : m['credentials.how.roundedNearest']()
		);
	lines.push(m['credentials.how.result']({ jp: jp(learningHours) }));
	return lines;
}

export const ruleLine = (shown: Shown): string =>
	shown.legalBasis === null || shown.validFrom === null
		? m['credentials.how.ruleUnknown']()
		: m['credentials.how.rule']({ basis: shown.legalBasis, from: formatDate(shown.validFrom) });
