import type { JpRate } from './jp.ts';

/** `siasnId` is SIASN's `jenis_diklat` id of the form; null where SIASN has none. */
export type JpRulesetRow = JpRate & { siasnId: number | null };

const LEGAL_BASIS = 'PerLAN 10/2018, lampiran';

/**
 * The regulation is of 2018 (BN 1127/2018); the day it came into force was not found, so the whole year is covered.
 * Nothing the product counts is older.
 */
const VALID_FROM = '2018-01-01';

type Parts = Partial<Omit<JpRulesetRow, 'code' | 'path' | 'basis' | 'legalBasis' | 'validFrom' | 'validTo'>>;

function row(code: string, path: JpRate['path'], basis: JpRate['basis'], parts: Parts): JpRulesetRow {
	const empty = { domestic: null, abroad: null, abroadFactor: null, capPerDay: null, capPerMonth: null };
	return {
		code,
		path,
		basis,
		...empty,
		siasnId: null,
		...parts,
		legalBasis: LEGAL_BASIS,
		validFrom: VALID_FROM,
		validTo: null
	};
}

/** "JP of the programme", a fifth more abroad. */
const asProgramme = (code: string, path: JpRate['path'], siasnId: number) =>
	row(code, path, 'programme', { abroadFactor: 1.2, siasnId });

/**
 * The conversion table as rows for the first version of the ruleset, in the annex's order. NK11 and NK13 stand
 * there without a rate: the annex as seen gives none, so the agency has to set one before such a record counts.
 * @law PerLAN 10/2018, lampiran; caps as in BPS letter B-031/BPS/2600/02/2019 and SE Provinsi Lampung 2/2025
 */
export const JP_RULESET: readonly JpRulesetRow[] = [
	row('PD01', 'education', 'perSemester', { domestic: 20 }),
	row('KL01', 'classical', 'programme', { siasnId: 1 }),
	asProgramme('KL02', 'classical', 5),
	asProgramme('KL03', 'classical', 3),
	asProgramme('KL04', 'classical', 2),
	asProgramme('KL05', 'classical', 6),
	row('KL06', 'classical', 'perDay', { domestic: 4, abroad: 6, siasnId: 9 }),
	row('KL07', 'classical', 'perDay', { domestic: 5, abroad: 7, siasnId: 4 }),
	asProgramme('KL08', 'classical', 11),
	asProgramme('KL09', 'classical', 12),
	asProgramme('KL10', 'classical', 8),
	row('KL11', 'classical', 'perDay', { domestic: 4, abroad: 6, siasnId: 7 }),
	asProgramme('KL12', 'classical', 13),
	row('NK01', 'nonClassical', 'perTime', { domestic: 2, abroad: 4, capPerMonth: 2, siasnId: 14 }),
	row('NK02', 'nonClassical', 'perTime', { domestic: 2, abroad: 4, capPerMonth: 2, siasnId: 15 }),
	row('NK03', 'nonClassical', 'capPerDay', { capPerDay: 3, abroad: 4, siasnId: 16 }),
	asProgramme('NK04', 'nonClassical', 17),
	row('NK05', 'nonClassical', 'perTime', { domestic: 20, abroad: 24, siasnId: 18 }),
	asProgramme('NK06', 'nonClassical', 19),
	row('NK07', 'nonClassical', 'perTime', { domestic: 10, abroad: 20, siasnId: 20 }),
	row('NK08', 'nonClassical', 'perTime', { domestic: 20, abroad: 24, siasnId: 21 }),
	row('NK09', 'nonClassical', 'capPerDay', { capPerDay: 2, abroadFactor: 1.2, siasnId: 22 }),
	row('NK10', 'nonClassical', 'capPerDay', { capPerDay: 2, abroadFactor: 1.2, siasnId: 23 }),
	row('NK11', 'nonClassical', 'none', { siasnId: 24 }),
	row('NK12', 'nonClassical', 'perTime', { domestic: 20, abroad: 24, siasnId: 10 }),
	row('NK13', 'nonClassical', 'none', { siasnId: 25 })
];

const minimum = (employment_kind: string, legal_basis: string) =>
	({
		employment_kind,
		nature: 'minimum',
		learning_hours: 20,
		legal_basis,
		valid_from: VALID_FROM,
		valid_to: null
	}) as const;

/**
 * JP of a calendar year. For PPPK the 24 JP are the most that an office may assign in a contract year, not a goal; the
 * 20 JP are what the national reports count them by, and an agency may end that row.
 * @law PP 11/2017 jo. 17/2020 art. 203; PerLAN 15/2020
 */
export const JP_TARGETS = [
	minimum('PNS', 'PP 11/2017 jo. PP 17/2020 Pasal 203'),
	minimum('PPPK', 'UU 20/2023 Pasal 49'),
	{
		employment_kind: 'PPPK',
		nature: 'ceiling',
		learning_hours: 24,
		legal_basis: 'PerLAN 15/2020',
		valid_from: '2020-01-01',
		valid_to: null
	}
] as const;
