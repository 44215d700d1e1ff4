/**
 * Kinds of unit, which neither `ref-unor` nor its JenisUnorId tells: by the first word of the name, which the law on
 * regional apparatus fixes for every level. What has a name of its own (schools aside) and heads itself is an office.
 * @law PP 18/2016 jo. 72/2019 (names of regional apparatus)
 */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
	[/^pemerintah\b/i, 'pemerintah'],
	[/^sekretariat daerah\b/i, 'sekretariat_daerah'],
	[/^sekretariat (dprd|dewan)\b/i, 'sekretariat_dprd'],
	[/^inspektorat\b/i, 'inspektorat'],
	[/^(dinas|satuan polisi)\b/i, 'dinas'],
	[/^badan\b/i, 'badan'],
	[/^(rsud|rumah sakit)\b/i, 'rsud'],
	[/^(kecamatan|distrik)\b/i, 'kecamatan'],
	[/^kelurahan\b/i, 'kelurahan'],
	[/^(upt|uptd|unit pelaksana)\b/i, 'uptd'],
	[/^puskesmas\b/i, 'puskesmas'],
	[/^(sd|sdn|smp|smpn|tk|sekolah)\b/i, 'sekolah'],
	[/^asisten\b/i, 'asisten'],
	[/^staf ahli\b/i, 'staf_ahli'],
	[/^sekretariat\b/i, 'sekretariat'],
	[/^(bidang|inspektur pembantu)\b/i, 'bidang'],
	[/^bagian\b/i, 'bagian'],
	[/^sub ?bidang\b/i, 'subbidang'],
	[/^sub ?bagian\b/i, 'subbagian'],
	[/^seksi\b/i, 'seksi']
];

/** 'Seksi Pelayanan Umum' → 'seksi'; a name of its own → 'dinas' when it is an office of its own, else 'lainnya'. */
export function unitKindOf(name: string, isOffice: boolean): string {
	return BY_NAME.find(([word]) => word.test(name.trim()))?.[1] ?? (isOffice ? 'dinas' : 'lainnya');
}
