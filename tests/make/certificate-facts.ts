import type { CertificateFacts } from '#slices/credentials/facts.ts';

/** Facts of a certificate for tests. */
export const sampleFacts = (): CertificateFacts & { recipient: { nip: string } } => ({
	agency: { name: 'Pemerintah Kota Medan', office: 'BKPSDM Kota Medan', code: 'medan' },
	recipient: {
		name: 'Rizky Amelia br. Simanjuntak, S.Sos.',
		nip: '198503122010012004',
		post: 'Penata Layanan Operasional',
		unit: 'Kecamatan Medan Marelan'
	},
	programme: {
		name: 'Pelatihan Pelayanan Publik Prima',
		form: 'KL03',
		from: '2026-02-23',
		to: '2026-02-27',
		place: 'Balai Diklat',
		hours: 40,
		modules: [{ title: 'Komunikasi empatik di loket', hours: 40 }]
	},
	signatory: { name: 'Drs. Subhan', post: 'Kepala BKPSDM', rank: null, nip: null },
	issued: { place: 'Medan', on: '2026-03-02' }
});
