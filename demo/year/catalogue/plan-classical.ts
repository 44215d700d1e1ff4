import { past, type PlannedLine } from './planned-class.ts';
import { HEALTH, SCHOOLS } from './plan-offices.ts';

/** What the finished year taught in a room: training, seminars, workshops. */
export const CLASSICAL_LINES: readonly PlannedLine[] = [
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
	}
];
