import { formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { JpRate } from '../jp.ts';

const jp = (value: number | null): string => (value === null ? '–' : formatNumber(value, 2));

const BASIS = {
	programme: m['credentials.rate.basis.programme'],
	perDay: m['credentials.rate.basis.perDay'],
	perTime: m['credentials.rate.basis.perTime'],
	capPerDay: m['credentials.rate.basis.capPerDay'],
	perSemester: m['credentials.rate.basis.perSemester'],
	none: m['credentials.rate.basis.none']
} as const;
export const basisWord = (basis: JpRate['basis']): string => BASIS[basis]();
export const SETTABLE = ['programme', 'perDay', 'perTime', 'capPerDay', 'perSemester'] as const;

/** "1 hari = 4 JP", "JP menurut program", "paling banyak 3 JP sehari". */
export function homeWords(rate: JpRate): string {
	const month =
		rate.capPerMonth === null ? '' : `, ${m['credentials.rate.perMonth']({ cap: rate.capPerMonth })}`;
	switch (rate.basis) {
		case 'programme':
			return m['credentials.rate.programme']();
		case 'perDay':
			return m['credentials.rate.perDay']({ jp: jp(rate.domestic) });
		case 'perTime':
			return `${m['credentials.rate.perTime']({ jp: jp(rate.domestic) })}${month}`;
		case 'perSemester':
			return m['credentials.rate.perSemester']({ jp: jp(rate.domestic) });
		case 'capPerDay':
			return m['credentials.rate.capPerDay']({ jp: jp(rate.capPerDay) });
		case 'none':
			return m['credentials.rate.unset']();
	}
}

export function abroadWords(rate: JpRate): string {
	if (rate.abroad !== null)
		return rate.basis === 'capPerDay'
			? m['credentials.rate.capPerDay']({ jp: jp(rate.abroad) })
			: m['credentials.rate.abroadJp']({ jp: jp(rate.abroad) });
	return rate.abroadFactor === null ? '–' : m['credentials.rate.factor']({ factor: jp(rate.abroadFactor) });
}
