import { isValidDate, yearOf, type CivilDate } from './time.ts';

/** @law Perka BKN 22/2007 and 43/2007: minimum age at appointment; above the maximum it is odd, not impossible. */
const YOUNGEST = 18;
const OLDEST = 60;

export type NipRefusalCode =
	| 'people.nip.scientificNotation'
	| 'people.nip.characters'
	| 'people.nip.length'
	| 'people.nip.birthDate'
	| 'people.nip.birthFuture'
	| 'people.nip.appointmentMonth'
	| 'people.nip.tooYoung'
	| 'people.nip.sex'
	| 'people.nip.serial';

export type NipWarningCode = 'people.nip.tooOld' | 'people.nip.contractCode' | 'people.nip.appointmentFuture';

type Coded<Code> = { code: Code; params: Record<string, string | number> };

export type Nip = {
	ok: true;
	/** 18 digits, nothing else. */
	nip: string;
	kind: 'PNS' | 'PPPK';
	birthDate: CivilDate;
	/** Month is null for PPPK: those two digits say which contract it is. */
	appointed: { year: number; month: number | null };
	/** Digits 13-14 of a PPPK (21 first contract, 22 the next); null for PNS. */
	contractCode: number | null;
	sex: 'male' | 'female';
	/** Three digits, '001' to '999'. */
	serial: string;
	warnings: Coded<NipWarningCode>[];
};

export type NipResult = Nip | ({ ok: false } & Coded<NipRefusalCode>);

const refuse = (code: NipRefusalCode, params: Record<string, string | number> = {}): NipResult => ({
	ok: false,
	code,
	params
});

/**
 * Reads a NIP (PNS) or NI PPPK: YYYYMMDD of birth, YYYYMM of appointment (PPPK: year and contract code 13-99),
 * sex 1/2, serial 001-999. There is no check digit, so only what cannot be true is refused; what is merely odd
 * comes back as a warning. Spaces, dots, dashes and a spreadsheet's leading apostrophe are ignored.
 */
export function parseNip(input: string, today: CivilDate): NipResult {
	const text = input.trim();
	// Indonesian Excel writes the decimal comma: 1,98503E+17. The digits are gone; guessing them is no mending.
	if (/^\d([.,]\d+)?E\+?\d+$/i.test(text)) return refuse('people.nip.scientificNotation', { value: text });

	const nip = text.replace(/^['’`]/, '').replace(/[\s.\u200B\uFEFF-]/g, '');
	const foreign = /[^0-9]/.exec(nip);
	if (foreign) return refuse('people.nip.characters', { character: foreign[0] });
	if (nip.length !== 18) return refuse('people.nip.length', { digits: nip.length });

	const birthDate = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
	if (!isValidDate(birthDate) || yearOf(birthDate) < 1900) {
		return refuse('people.nip.birthDate', { date: birthDate });
	}
	if (birthDate > today) return refuse('people.nip.birthFuture', { date: birthDate });

	const year = Number(nip.slice(8, 12));
	const monthOrContract = Number(nip.slice(12, 14));
	if (monthOrContract === 0) return refuse('people.nip.appointmentMonth', { month: '00' });
	const age = year - yearOf(birthDate);
	if (age < YOUNGEST) return refuse('people.nip.tooYoung', { age, minimum: YOUNGEST });

	const sex = nip.charAt(14);
	if (sex !== '1' && sex !== '2') return refuse('people.nip.sex', { digit: sex });
	// Excel keeps 15 digits of a number: a NIP that was ever one ends in 000.
	const serial = nip.slice(15);
	if (serial === '000') return refuse('people.nip.serial', { serial });

	const kind = monthOrContract > 12 ? 'PPPK' : 'PNS';
	const warnings: Coded<NipWarningCode>[] = [];
	if (age > OLDEST) warnings.push({ code: 'people.nip.tooOld', params: { age } });
	if (year > yearOf(today)) warnings.push({ code: 'people.nip.appointmentFuture', params: { year } });
	if (kind === 'PPPK' && (monthOrContract < 21 || monthOrContract > 29)) {
		warnings.push({ code: 'people.nip.contractCode', params: { contractCode: monthOrContract } });
	}
	return {
		ok: true,
		nip,
		kind,
		birthDate,
		appointed: { year, month: kind === 'PNS' ? monthOrContract : null },
		contractCode: kind === 'PPPK' ? monthOrContract : null,
		sex: sex === '1' ? 'male' : 'female',
		serial,
		warnings
	};
}

/** As on letters and lists: '19850312 201001 1 004'. Takes the bare 18 digits; anything else comes back untouched. */
export function formatNip(nip: string): string {
	return nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4');
}

/**
 * For pages that strangers read. A NIP carries the birth date, so day and month are hidden, and with the year of
 * appointment, sex and whole serial hidden too the number cannot be completed from public facts. The birth year
 * and the last two digits stay, enough to compare with the certificate in one's hand and to tell namesakes apart.
 * @law UU 27/2022 (PDP): a public page shows no more personal data than its purpose needs.
 */
export function maskNip(nip: string): string {
	// A number of unknown form is hidden whole: no part of it is known to be harmless.
	if (!/^\d{18}$/.test(nip)) return '•'.repeat(18);
	return `${nip.slice(0, 4)}${'•'.repeat(12)}${nip.slice(16)}`;
}
