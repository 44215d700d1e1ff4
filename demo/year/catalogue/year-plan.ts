/** What the city planned for the finished year, and the classes that came of it. */

export type PlannedClass = {
	/** Week of its first day, see ../clock.ts; or working days from today for what is going on right now. */
	when: { week: number; weekday?: number } | { workdays: readonly number[] };
	seats: number;
	/** How far it has come by today. */
	stage: 'certified' | 'finished' | 'held' | 'running' | 'open' | 'planned' | 'cancelled';
	/** Asked for, per seat: above 1 somebody has to wait. */
	demand?: number;
	/** Teaches all of it: the facilitator whose account is printed. */
	persona?: true;
	place?: string;
};

export type PlannedLine = {
	code: string;
	/** Office, or null for the whole city. */
	unit: string | null;
	seats: number;
	/** Rupiah for each seat. */
	each: number;
	fund: 'own' | 'province' | 'national' | 'partner';
	goal: string;
	/** false: nobody measured this need; the break is meant to be seen. */
	measured?: false;
	classes: readonly PlannedClass[];
};

const past = (week: number, seats: number, more: Partial<PlannedClass> = {}): PlannedClass => ({
	when: { week },
	seats,
	stage: 'certified',
	...more
});

const SCHOOLS = 'Dinas Pendidikan dan Kebudayaan';
const HEALTH = 'Dinas Kesehatan';
const MARELAN = 'Kecamatan Medan Marelan';
const ONE_STOP = 'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu';

export const LINES: readonly PlannedLine[] = [
	{
		code: 'PPP',
		unit: null,
		seats: 90,
		each: 1_950_000,
		fund: 'own',
		goal: 'Waktu tunggu di loket kecamatan turun menjadi 30 menit atau kurang',
		classes: [past(-41, 31, { persona: true }), past(-40, 31), past(-39, 31)]
	},
	{
		code: 'LDK',
		unit: null,
		seats: 120,
		each: 1_200_000,
		fund: 'own',
		goal: 'Semua kelurahan melayani surat keterangan secara daring',
		classes: [past(-36, 30), past(-30, 30, { demand: 1.2 }), past(-22, 30), past(-14, 30)]
	},
	{
		code: 'KPK',
		unit: null,
		seats: 60,
		each: 1_400_000,
		fund: 'own',
		goal: 'Keluhan warga dijawab tuntas dalam 3 hari kerja',
		classes: [
			past(-28, 30),
			{ when: { workdays: [-4, -3, -2] }, seats: 28, stage: 'finished', persona: true },
			{ when: { week: 3 }, seats: 25, stage: 'open', demand: 0.4 }
		]
	},
	{
		code: 'MPK',
		unit: null,
		seats: 50,
		each: 2_400_000,
		fund: 'own',
		goal: 'Setiap perangkat daerah menyelesaikan satu perbaikan cara kerja',
		classes: [past(-33, 25, { demand: 1.2 }), past(-19, 25)]
	},
	{
		code: 'PKP',
		unit: null,
		seats: 60,
		each: 3_600_000,
		fund: 'own',
		goal: 'Pengawas baru siap memimpin unitnya',
		classes: [past(-37, 30), past(-26, 30, { demand: 1.15 })]
	},
	{
		code: 'APB',
		unit: SCHOOLS,
		seats: 160,
		each: 900_000,
		fund: 'national',
		goal: 'Nilai literasi dan numerasi sekolah naik satu kategori',
		classes: [past(-34, 40), past(-29, 40), past(-21, 40, { demand: 1.25 }), past(-12, 40)]
	},
	{
		code: 'KTP',
		unit: HEALTH,
		seats: 90,
		each: 1_500_000,
		fund: 'own',
		goal: 'Keluhan pasien tentang komunikasi berkurang separuh',
		classes: [past(-32, 30), past(-24, 30), past(-10, 30, { demand: 1.1 })]
	},
	{
		code: 'KTP',
		unit: 'RSUD Dr. Pirngadi',
		seats: 40,
		each: 1_500_000,
		fund: 'own',
		goal: 'Akreditasi rumah sakit: komunikasi efektif',
		classes: [past(-17, 40)]
	},
	{
		code: 'PIK',
		unit: null,
		seats: 80,
		each: 1_100_000,
		fund: 'own',
		goal: 'Semua kantor layanan ramah disabilitas',
		classes: [past(-27, 40), past(-13, 40)]
	},
	{
		code: 'PIK',
		unit: HEALTH,
		seats: 35,
		each: 600_000,
		fund: 'partner',
		goal: 'Puskesmas ramah disabilitas',
		classes: [past(-8, 35, { demand: 1.1 })]
	},
	{
		code: 'SIG',
		unit: null,
		seats: 300,
		each: 250_000,
		fund: 'own',
		goal: 'Zona integritas di semua perangkat daerah',
		classes: [past(-38, 150), past(-16, 150, { demand: 1.05 })]
	},
	{
		code: 'SIG',
		unit: 'Badan Pendapatan Daerah',
		seats: 80,
		each: 250_000,
		fund: 'own',
		goal: 'Tidak ada gratifikasi di layanan pajak',
		classes: [past(-25, 80, { demand: 0.8 })]
	},
	{
		code: 'KBD',
		unit: null,
		seats: 50,
		each: 1_700_000,
		fund: 'own',
		goal: 'Usulan kegiatan memuat data dan pembanding',
		classes: [past(-31, 25, { demand: 1.3 }), past(-18, 25)]
	},
	{
		code: 'KBD',
		unit: 'Badan Perencanaan Pembangunan Daerah',
		seats: 20,
		each: 1_700_000,
		fund: 'own',
		goal: 'Renja disusun dari data layanan',
		classes: [past(-9, 20)]
	},
	{
		code: 'TND',
		unit: null,
		seats: 70,
		each: 800_000,
		fund: 'own',
		goal: 'Surat masuk dijawab tepat waktu dan arsip mudah ditemukan',
		classes: [past(-35, 35), past(-20, 35)]
	},
	{
		code: 'TND',
		unit: 'Sekretariat Daerah',
		seats: 35,
		each: 800_000,
		fund: 'own',
		goal: 'Naskah pimpinan tanpa salah bentuk',
		classes: [past(-1, 30, { stage: 'held' })]
	},
	{
		code: 'PDP',
		unit: null,
		seats: 240,
		each: 150_000,
		fund: 'own',
		goal: 'Data warga aman di setiap meja',
		classes: [past(-30, 120, { when: { week: -30, weekday: 4 } }), past(-15, 120)]
	},
	{
		code: 'PDP',
		unit: 'Dinas Kependudukan dan Pencatatan Sipil',
		seats: 40,
		each: 150_000,
		fund: 'own',
		goal: 'Tidak ada kebocoran data kependudukan',
		classes: [past(-23, 40)]
	},
	{
		code: 'TBK',
		unit: null,
		seats: 70,
		each: 700_000,
		fund: 'own',
		goal: 'Kecamatan siap menghadapi banjir dan kebakaran',
		classes: [past(-29, 35), past(-7, 35, { demand: 1.1 })]
	},
	{
		code: 'TBK',
		unit: 'Badan Penanggulangan Bencana Daerah',
		seats: 30,
		each: 700_000,
		fund: 'province',
		goal: 'Tim reaksi cepat lengkap di tiap regu',
		measured: false,
		classes: [past(-11, 30)]
	},
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
	},
	{
		code: 'MPK',
		unit: HEALTH,
		seats: 20,
		each: 2_400_000,
		fund: 'own',
		goal: 'Puskesmas memimpin perubahan alur layanannya sendiri',
		classes: [{ when: { workdays: [-1, 0, 1, 2, 3] }, seats: 20, stage: 'running', persona: true }]
	},
	{
		code: 'PPP',
		unit: ONE_STOP,
		seats: 25,
		each: 1_950_000,
		fund: 'own',
		goal: 'Loket terpadu menjadi contoh bagi kecamatan',
		classes: [past(-3, 25, { demand: 0.9 })]
	},
	{
		code: 'LDK',
		unit: 'Kecamatan Medan Belawan',
		seats: 20,
		each: 1_200_000,
		fund: 'own',
		goal: 'Layanan daring di wilayah pesisir',
		classes: [{ when: { week: 1 }, seats: 20, stage: 'open', demand: 1.25 }]
	},
	{
		code: 'SIG',
		unit: MARELAN,
		seats: 40,
		each: 250_000,
		fund: 'own',
		goal: 'Pakta integritas loket kecamatan',
		classes: []
	}
];

/** Held although nobody had planned it: a break in the red thread that the product must show. */
export const UNPLANNED: readonly { code: string; unit: string; class: PlannedClass }[] = [
	{ code: 'PDP', unit: 'RSUD H. Bachtiar Djafar', class: past(-8, 40, { demand: 0.9 }) }
];
