/** Words of the SIASN export, read. Each function answers null for what it does not know. */

export type EmploymentKind = 'PNS' | 'CPNS' | 'PPPK' | 'PPPK_PARUH_WAKTU';
export type LegalStatus = 'active' | 'study' | 'unpaidLeave' | 'suspended' | 'retiring' | 'left' | 'other';

/**
 * STATUS CPNS PNS is 'P' or 'C' in SIASN's own files and a word in others'; part-time contracts show only in the name
 * of the kind of employee. An empty cell is answered by the NIP.
 */
export function employmentKindOf(
	status: string,
	kindName: string,
	nipKind: 'PNS' | 'PPPK'
): EmploymentKind | null {
	if (/paruh waktu/i.test(`${status} ${kindName}`)) return 'PPPK_PARUH_WAKTU';
	switch (status.trim().toUpperCase()) {
		case '':
			return nipKind;
		case 'PNS':
		case 'P':
			return 'PNS';
		case 'CPNS':
		case 'C':
			return 'CPNS';
		case 'PPPK':
		case 'P3K':
			return 'PPPK';
		default:
			return null;
	}
}

/** 'M'/'F' as SIASN writes; 'L'/'P', 'Pria'/'Wanita' as offices do. */
export function sexOf(text: string): 'male' | 'female' | null {
	const word = text.trim().toLowerCase();
	if (/^(m|l|1|pria|male|laki.?laki)$/.test(word)) return 'male';
	if (/^(f|p|w|2|wanita|female|perempuan)$/.test(word)) return 'female';
	return null;
}

const LEGAL: readonly (readonly [RegExp, LegalStatus])[] = [
	[/persiapan pensiun|\bmpp\b/i, 'retiring'],
	[/sementara/i, 'suspended'],
	[
		/pensiun|\bbup\b|meninggal|hilang|diberhentikan|pemberhentian|berhenti|pindah instansi|mutasi keluar/i,
		'left'
	],
	[/cuti|cltn/i, 'unpaidLeave'],
	[/tugas belajar/i, 'study'],
	[/aktif/i, 'active']
];
const AT_WORK: readonly LegalStatus[] = ['active', 'study', 'retiring', 'other'];

/** Kedudukan hukum, and whether such a person works here; names that nobody foresaw do. */
export function legalStatusOf(text: string): { status: LegalStatus; active: boolean } {
	const status = text.trim() === '' ? 'active' : (LEGAL.find(([word]) => word.test(text))?.[1] ?? 'other');
	return { status, active: AT_WORK.includes(status) };
}

const EDUCATION: readonly (readonly [RegExp, string])[] = [
	[/^s-?3|doktor/i, 'S3'],
	[/^s-?2|magister/i, 'S2'],
	[/^s-?1|^sarjana$/i, 'S1'],
	[/profesi/i, 'Profesi'],
	[/diploma iv|^d-?(4|iv)$/i, 'D4'],
	[/diploma iii|sarjana muda|^d-?(3|iii)$/i, 'D3'],
	[/diploma ii|^d-?(2|ii)$/i, 'D2'],
	[/diploma i|^d-?(1|i)$/i, 'D1'],
	[/slta|sma|smk|ma\b/i, 'SMA'],
	[/sltp|smp/i, 'SMP'],
	[/sekolah dasar|^sd$/i, 'SD']
];

/** Level of education in the short form of office lists; an unknown one as it is written. */
export const educationOf = (text: string): string | null =>
	text.trim() === ''
		? null
		: (EDUCATION.find(([word]) => word.test(text.trim()))?.[1] ?? text.trim().slice(0, 60));
