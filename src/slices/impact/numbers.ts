/** What numeric(14,4) holds. */
const LARGEST = 9_999_999_999;

export type NumberProblem =
	'impact.import.value' | 'impact.import.valueMissing' | 'impact.import.valueAmbiguous';

/**
 * "12,5", "12.5", "1.234,5" and "1,234.5" are clear. "1.234" is not: a thousand and more here, one and a bit elsewhere;
 * whoever means it must say so. Answers the number or the problem.
 */
export function numberOfText(typed: string | number): number | NumberProblem {
	if (typeof typed === 'number')
		return Number.isFinite(typed) && Math.abs(typed) <= LARGEST ? typed : 'impact.import.value';
	const text = typed.trim().replace('−', '-');
	if (text === '') return 'impact.import.valueMissing';
	const fraction = /^-?0[.,]/.test(text);
	if (!fraction && /^-?\d{1,3}[.,]\d{3}$/.test(text)) return 'impact.import.valueAmbiguous';
	let plain = text.replace(',', '.');
	if (!fraction && /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(text))
		plain = text.replaceAll('.', '').replace(',', '.');
	if (!fraction && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) plain = text.replaceAll(',', '');
	if (!/^-?\d+(\.\d+)?$/.test(plain)) return 'impact.import.value';
	const value = Number(plain);
	return Math.abs(value) <= LARGEST ? value : 'impact.import.value';
}

const SAME_WORD: Readonly<Record<string, string>> = {
	mnt: 'menit',
	min: 'menit',
	minute: 'menit',
	minutes: 'menit',
	dtk: 'detik',
	sekon: 'detik',
	second: 'detik',
	seconds: 'detik',
	hour: 'jam',
	hours: 'jam',
	day: 'hari',
	days: 'hari',
	'%': 'persen',
	percent: 'persen'
};
const SECONDS: Readonly<Record<string, number>> = { detik: 1, menit: 60, jam: 3600, hari: 86_400 };

const measureWord = (text: string): string => {
	const word = text.trim().toLowerCase().replace(/\.$/, '');
	return SAME_WORD[word] ?? word;
};

export type Measured =
	| { value: number }
	| { code: NumberProblem }
	| { code: 'impact.import.otherMeasure'; instead: number | null };

/**
 * A value that may carry its unit of measure. The indicator's own is fine; another one is never turned silently, for
 * the next line may mean minutes again: where it can be, it is said what the value would be.
 */
export function measuredOfText(typed: string | number, unitOfMeasure: string): Measured {
	const [, figure, suffix] = /^([-−]?\d[\d.,]*)\s*([^\d\s.,][^\d]*)$/.exec(String(typed).trim()) ?? [];
	const value = numberOfText(figure ?? typed);
	if (typeof value === 'string') return { code: value };
	if (suffix === undefined) return { value };
	const given = measureWord(suffix);
	const wanted = measureWord(unitOfMeasure);
	if (given === wanted) return { value };
	const [from, to] = [SECONDS[given], SECONDS[wanted]];
	const instead =
		from === undefined || to === undefined ? null : Math.round(((value * from) / to) * 10_000) / 10_000;
	return { code: 'impact.import.otherMeasure', instead };
}
