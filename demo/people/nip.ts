import type { AgencyKey, EmploymentKind, Sex } from './model.ts';

/**
 * Running numbers start at 901: real ones are handed out from 001 and stay far below, so an invented NIP
 * cannot be somebody's. Each agency has its own stretch, so a NIP is unique over the three as well.
 */
const FIRST: Readonly<Record<AgencyKey, readonly [from: number, to: number]>> = {
	medan: [901, 949],
	pematangsiantar: [951, 974],
	palembang: [976, 999]
};

export type Minter = (person: {
	birthDate: string;
	appointed: string;
	kind: EmploymentKind;
	sex: Sex;
	contract: number;
}) => string;

/**
 * Makes NIP of an agency, one after the other (domain.md §10.1; Peraturan Kepala BKN 22/2007):
 * birth date, year and month of appointment (PPPK: year and 20 + contract number), sex, running number.
 */
export function nipMinter(key: AgencyKey): Minter {
	const used = new Map<string, number>();
	const [from, to] = FIRST[key];
	return ({ birthDate, appointed, kind, sex, contract }) => {
		const start =
			kind === 'PPPK' ? `${appointed.slice(0, 4)}${20 + contract}` : appointed.slice(0, 7).replace('-', '');
		const prefix = `${birthDate.replaceAll('-', '')}${start}${sex === 'male' ? 1 : 2}`;
		const serial = used.get(prefix) ?? from;
		if (serial > to) throw new Error(`no running numbers left for ${prefix}`);
		used.set(prefix, serial + 1);
		return `${prefix}${serial}`;
	};
}
