/** What stands on papers around the data. A paper of an Indonesian office is Indonesian, whatever the screen speaks. */
export const LABELS = {
	number: 'Nomor',
	numberOfSheet: 'NOMOR:',
	nature: 'Sifat',
	attachment: 'Lampiran',
	subject: 'Hal',
	copies: 'Tembusan:',
	phone: 'Telepon',
	email: 'Surel',
	website: 'Laman',
	logo: 'Lambang'
} as const;

const dates = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: 'UTC' });
const days = new Intl.DateTimeFormat('id-ID', { dateStyle: 'full', timeZone: 'UTC' });
const figures = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 2 });
const money = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 });

const midnight = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
export const dateWord = (iso: string): string => dates.format(midnight(iso));
/** Senin, 9 Maret 2026 */
export const dayWord = (iso: string): string => days.format(midnight(iso));
export const daysWord = (from: string, to: string): string =>
	from === to ? dayWord(from) : dates.formatRange(midnight(from), midnight(to));
export const figureWord = (value: number): string => figures.format(value);
export const rupiahWord = (value: number): string => `Rp ${money.format(value)}`;

const ONES = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];
/** Small numbers as letters write them after the figure: 2 (dua) lembar. */
export const inWords = (value: number): string =>
	ONES[value] === undefined ? String(value) : `${value} (${ONES[value]})`;

export const MODE: Record<string, string> = {
	class: 'Tatap muka di kelas',
	field: 'Praktik lapangan',
	online: 'Daring langsung',
	blended: 'Campuran daring dan tatap muka',
	self_paced: 'Belajar mandiri',
	workplace: 'Di tempat kerja'
};

export const COST: Record<string, string> = {
	honorarium: 'Honorarium pengajar',
	consumption: 'Konsumsi',
	rent: 'Sewa',
	stationery: 'Alat tulis dan bahan',
	travel: 'Perjalanan dinas',
	other: 'Lainnya'
};
