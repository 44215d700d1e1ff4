import type { CertificateData } from './certificate-pdf.ts';

/** A certificate of an invented person, for tests, the bench and whoever wants to see one. */
export function sampleCertificate(): CertificateData {
	return {
		language: 'id',
		number: '0042/PPP/BKPSDM-MDN/III/2026',
		status: { label: 'Berlaku', cancelled: false },
		agency: {
			name: 'Pemerintah Kota Medan',
			office: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia'
		},
		recipient: {
			name: 'Rizky Amelia br. Simanjuntak, S.Sos., M.A.P.',
			nip: '198503122010012004',
			post: 'Penata Layanan Operasional',
			unit: 'Seksi Pelayanan Umum, Kecamatan Medan Marelan'
		},
		programme: {
			name: 'Pelatihan Pelayanan Publik Prima Berbasis Digital bagi Petugas Loket Kecamatan',
			form: 'Pelatihan klasikal',
			from: '2026-02-23',
			to: '2026-02-27',
			place: 'Balai Diklat BKPSDM Kota Medan',
			hours: 40,
			modules: [
				{ title: 'Dasar hukum dan standar pelayanan publik', hours: 4 },
				{ title: 'Memahami kebutuhan warga dan kelompok rentan', hours: 6 },
				{ title: 'Komunikasi empatik di loket', hours: 6 },
				{ title: 'Administrasi kependudukan digital', hours: 8 },
				{ title: 'Mengelola antrean dan waktu tunggu', hours: 6 },
				{ title: 'Menangani pengaduan sampai tuntas', hours: 4 },
				{ title: 'Proyek perbaikan loket (kerja kelompok)', hours: 6 }
			]
		},
		signatory: {
			name: 'Drs. H. Ahmad Fauzan Lubis, M.Si.',
			post: 'Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kota Medan',
			rank: 'Pembina Utama Muda (IV/c)',
			nip: '197108171996031002'
		},
		issued: { place: 'Medan', on: '2026-03-02' },
		verifyUrl: 'https://asah.medan.go.id/v/7K3M-9QX2-P4TD',
		words: {
			title: 'Sertifikat',
			number: 'Nomor',
			awardedTo: 'diberikan kepada',
			nip: 'NIP',
			statement: 'yang telah mengikuti dan dinyatakan lulus pada',
			form: 'Bentuk',
			period: 'Waktu',
			place: 'Tempat',
			hours: 'Jam pelajaran',
			hoursUnit: 'JP',
			verify: 'Periksa keaslian sertifikat ini di',
			qrAlt: 'Kode QR menuju halaman pemeriksaan sertifikat:',
			status: 'Status',
			modules: 'Daftar mata pelatihan',
			moduleNumber: 'No.',
			module: 'Mata pelatihan',
			moduleHours: 'JP',
			moduleTotal: 'Jumlah',
			hoursRecognised: 'JP yang diakui',
			second: { lang: 'en', title: 'Certificate of Completion', modules: 'List of modules' }
		}
	};
}
