import { describe, expect, it } from 'vitest';
import { makeCities } from './agency.ts';
import { personasOf } from './personas.ts';

describe('the demo accounts', () => {
	for (const seed of [1271, 7, 2026]) {
		it(`are found by where they sit and what they do, in each agency (seed ${seed})`, () => {
			for (const agency of makeCities(seed)) {
				const personas = personasOf(agency);
				expect(personas.trainingAdmin.post).toBe('Kepala Bidang Pengembangan Kompetensi');
				expect(personas.agencyHead.post).toBe(
					'Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia'
				);
				expect(personas.authorizedOfficial.post).toBe('Sekretaris Daerah');
				expect(personas.unitHead.post).toMatch(/^Camat (Medan Marelan|Siantar Timur|Plaju)$/);
				expect(personas.unitAdmin.post).toBe('Kepala Subbagian Umum dan Kepegawaian');
				expect(personas.supervisor.post).toBe('Kepala Seksi Pelayanan Umum');
				expect(personas.employee.unit).toBe(personas.supervisor.unit);
				expect(personas.facilitator.post).toMatch(/^Widyaiswara /);
				expect(personas.auditor.post).toMatch(/^Auditor /);
				const nips = Object.values(personas).map(({ nip }) => nip);
				expect(new Set(nips).size).toBe(9);
				expect(agency.people.filter(({ nip }) => nips.includes(nip))).toHaveLength(9);
			}
		});
	}
});
