import { past, type PlannedLine } from './planned-class.ts';
import { MARELAN, ONE_STOP, SCHOOLS } from './plan-offices.ts';

/** What the finished year taught outside a classroom: coaching, e-learning, exchange, learning groups. */
export const NON_CLASSICAL_LINES: readonly PlannedLine[] = [
	{
		code: 'CPL',
		unit: null,
		seats: 12,
		each: 1_000_000,
		fund: 'own',
		goal: 'Pimpinan unit membina bawahan dengan teratur',
		classes: [past(-34, 12, { demand: 1.3 })]
	},
	{
		code: 'CPL',
		unit: MARELAN,
		seats: 8,
		each: 1_000_000,
		fund: 'own',
		goal: 'Setiap kepala seksi bertemu bawahannya sekali sepekan',
		classes: [past(-5, 8, { stage: 'running' })]
	},
	{
		code: 'MKS',
		unit: SCHOOLS,
		seats: 16,
		each: 500_000,
		fund: 'own',
		goal: 'Kepala sekolah baru mandiri dalam enam bulan',
		classes: [past(-26, 16)]
	},
	{
		code: 'KID',
		unit: null,
		seats: 900,
		each: 25_000,
		fund: 'own',
		goal: 'Semua akun kedinasan memakai verifikasi dua langkah',
		classes: [past(-33, 400), past(-15, 300), past(-5, 200, { demand: 1.05 })]
	},
	{
		code: 'ELP',
		unit: null,
		seats: 120,
		each: 25_000,
		fund: 'own',
		goal: 'Nilai BerAKHLAK terlihat di loket',
		classes: [
			past(-24, 60, { demand: 0.9 }),
			{ when: { workdays: [-3, 2, 7] }, seats: 60, stage: 'running', demand: 0.8 }
		]
	},
	{
		code: 'ELP',
		unit: ONE_STOP,
		seats: 20,
		each: 25_000,
		fund: 'own',
		goal: 'Mal Pelayanan Publik siap dibuka',
		classes: [past(-13, 20, { demand: 0.7 })]
	},
	{
		code: 'PTS',
		unit: null,
		seats: 60,
		each: 400_000,
		fund: 'own',
		goal: 'Telaahan staf siap diputuskan dalam satu halaman',
		classes: [past(-25, 30), past(-9, 30)]
	},
	{
		code: 'PTS',
		unit: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
		seats: 20,
		each: 400_000,
		fund: 'own',
		goal: 'Usulan pengembangan kompetensi disertai alasan tertulis',
		classes: [past(-4, 20)]
	},
	{
		code: 'DPT',
		unit: null,
		seats: 12,
		each: 300_000,
		fund: 'own',
		goal: 'Cara kerja loket terbaik menular ke kecamatan',
		classes: [past(-20, 6), { when: { week: 2 }, seats: 6, stage: 'open', demand: 0.5 }]
	},
	{
		code: 'OTL',
		unit: MARELAN,
		seats: 25,
		each: 900_000,
		fund: 'own',
		goal: 'Seksi saling menutup kekosongan loket',
		classes: [past(-18, 25)]
	},
	{
		code: 'OTL',
		unit: 'Kecamatan Medan Johor',
		seats: 25,
		each: 900_000,
		fund: 'own',
		goal: 'Seksi saling menutup kekosongan loket',
		classes: [past(-12, 25, { stage: 'cancelled' })]
	},
	{
		code: 'BMP',
		unit: null,
		seats: 20,
		each: 4_500_000,
		fund: 'own',
		goal: 'Rancangan Mal Pelayanan Publik selesai',
		classes: [past(-22, 20), { when: { week: 6 }, seats: 20, stage: 'planned' }]
	},
	{
		code: 'PBD',
		unit: null,
		seats: 6,
		each: 1_500_000,
		fund: 'partner',
		goal: 'Belajar melayani pelanggan dari perusahaan daerah',
		measured: false,
		classes: [past(-16, 6)]
	},
	{
		code: 'BMR',
		unit: null,
		seats: 150,
		each: 10_000,
		fund: 'own',
		goal: 'Petugas kelurahan tahu dasar hukum layanannya',
		classes: [past(-28, 80), past(-6, 70)]
	},
	{
		code: 'KBG',
		unit: SCHOOLS,
		seats: 120,
		each: 200_000,
		fund: 'national',
		goal: 'Guru belajar dari guru di gugusnya',
		classes: [past(-31, 60), past(-3, 60, { stage: 'running' })]
	},
	{
		code: 'MDK',
		unit: null,
		seats: 24,
		each: 300_000,
		fund: 'own',
		goal: 'Data kependudukan di kelurahan cocok dengan Disdukcapil',
		classes: [past(-27, 12, { demand: 1.4 }), past(-10, 12)]
	}
];
