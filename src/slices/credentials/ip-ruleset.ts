import type { IpRuleset } from './ip-asn.ts';

/**
 * The table of 2019 as a version to start from. Who is measured is the agency's: the text of 2019 says PNS, while BKN's
 * practice since then measures PPPK, too; CPNS are skipped. 'Profesi' is read after S1 and counted with it. Predicates
 * stand in the place of the older figures (91–100 … ≤ 50).
 * @law PermenPANRB 38/2018; Peraturan BKN 8/2019; functional posts without training as BKPP Kudus lists them
 */
export const IP_RULESET_2019: IpRuleset = {
	name: 'Per BKN 8/2019',
	legalBasis: 'PermenPANRB 38/2018; Peraturan BKN 8/2019',
	validFrom: '2019-01-01',
	employmentKinds: ['PNS', 'PPPK'],
	hoursNeeded: 20,
	seminarYears: 2,
	seminarForms: ['KL06', 'KL07', 'KL08', 'NK12'],
	higherLevelCounts: false,
	disciplineYears: null,
	untrainedPosts: ['dokter', 'guru', 'apoteker', 'perawat', 'bidan', 'asesor', 'psikolog'],
	qualification: {
		S3: 25,
		S2: 20,
		Profesi: 15,
		S1: 15,
		D4: 15,
		D3: 10,
		D2: 5,
		D1: 5,
		SMA: 5,
		SMP: 1,
		SD: 1
	},
	competence: {
		structural: { post: 15, hours: 15, seminar: 10 },
		functional: { post: 15, hours: 15, seminar: 10 },
		general: { hours: 22.5, seminar: 17.5 }
	},
	performance: { 1: 30, 2: 25, 3: 15, 4: 5, 5: 1 },
	discipline: { none: 5, light: 3, medium: 2, heavy: 1 },
	categories: { veryHigh: 91, high: 81, medium: 71, low: 61, veryLow: 0 }
};
