import type { PlannedLine } from './planned-class.ts';

type LaterLine = Omit<PlannedLine, 'classes'> & { quarter: number };

export type LaterPlan = {
	title: (year: number) => string;
	/** Years after the finished one. */
	ahead: 0 | 1;
	budget: number;
	/** How far it has come: in whose hands it is waiting. */
	waits: 'author' | 'approval' | 'decree';
	lines: readonly LaterLine[];
};

/** Plans under way today: each waits on somebody's desk. */
export const LATER_PLANS: readonly LaterPlan[] = [
	{
		title: (year) => `Rencana tambahan ${year}: kesiapan Mal Pelayanan Publik`,
		ahead: 0,
		budget: 130_000_000,
		waits: 'decree',
		lines: [
			{
				code: 'PPP',
				unit: 'Dinas Kependudukan dan Pencatatan Sipil',
				seats: 30,
				each: 1_950_000,
				fund: 'own',
				goal: 'Petugas Mal Pelayanan Publik siap sebelum pembukaan',
				quarter: 4
			},
			{
				code: 'KPK',
				unit: 'Dinas Kependudukan dan Pencatatan Sipil',
				seats: 30,
				each: 1_400_000,
				fund: 'own',
				goal: 'Keluhan di Mal Pelayanan Publik selesai di tempat',
				quarter: 4
			}
		]
	},
	{
		title: (year) => `Rencana tambahan ${year}: layanan daring kelurahan pesisir`,
		ahead: 0,
		budget: 90_000_000,
		waits: 'approval',
		lines: [
			{
				code: 'LDK',
				unit: 'Kecamatan Medan Labuhan',
				seats: 25,
				each: 1_200_000,
				fund: 'own',
				goal: 'Kelurahan pesisir melayani secara daring',
				quarter: 4
			},
			{
				code: 'BMR',
				unit: 'Kecamatan Medan Labuhan',
				seats: 40,
				each: 10_000,
				fund: 'own',
				goal: 'Petugas tahu dasar hukum layanan daring',
				quarter: 4
			}
		]
	},
	{
		title: (year) => `Rencana pengembangan kompetensi ${year}`,
		ahead: 1,
		budget: 2_400_000_000,
		waits: 'author',
		lines: [
			{
				code: 'PPP',
				unit: null,
				seats: 100,
				each: 1_950_000,
				fund: 'own',
				goal: 'Sebelas kecamatan berikutnya menurunkan waktu tunggu loket',
				quarter: 1
			},
			{
				code: 'MPK',
				unit: null,
				seats: 50,
				each: 2_400_000,
				fund: 'own',
				goal: 'Setiap perangkat daerah menyelesaikan satu perbaikan cara kerja',
				quarter: 2
			},
			{
				code: 'APB',
				unit: 'Dinas Pendidikan dan Kebudayaan',
				seats: 200,
				each: 900_000,
				fund: 'national',
				goal: 'Nilai literasi dan numerasi sekolah naik satu kategori',
				quarter: 2
			},
			{
				code: 'PBD',
				unit: null,
				seats: 8,
				each: 1_500_000,
				fund: 'partner',
				goal: 'Belajar melayani pelanggan dari perusahaan daerah',
				measured: false,
				quarter: 3
			}
		]
	}
];
