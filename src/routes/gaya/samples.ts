import type { RibbonStage } from '#ui/Ribbon.svelte';

/** Made-up rows that the page of the design system draws with; no person and no office's figures. */
export const people = [
	{
		nip: '198503122010011004',
		name: 'Rahmat Siregar, S.STP',
		unit: 'Kecamatan Medan Marelan',
		gap: 1.4,
		status: 'approved'
	},
	{
		nip: '199107042015032002',
		name: 'Dewi Lubis',
		unit: 'Dinas Kependudukan dan Pencatatan Sipil',
		gap: 0.8,
		status: 'waiting'
	},
	{
		nip: '197811302005012003',
		name: 'dr. Nurhayati Nasution',
		unit: 'Puskesmas Terjun',
		gap: 0.2,
		status: 'returned'
	},
	{ nip: '199602182024211007', name: 'Andi Saputra', unit: 'SD Negeri 060874', gap: 2.1, status: 'rejected' }
];

export const competencies = [
	{ key: 'K1', label: 'Integritas', required: 3, actual: 3.2, interval: { lower: 2.9, upper: 3.5 } },
	{ key: 'K2', label: 'Kerja sama', required: 3, actual: 2.6, interval: { lower: 2.2, upper: 3 } },
	{ key: 'K3', label: 'Komunikasi', required: 3, actual: 2.9, interval: { lower: 2.5, upper: 3.3 } },
	{ key: 'K5', label: 'Pelayanan publik', required: 4, actual: 2.4, interval: { lower: 2, upper: 2.8 } },
	{ key: 'K7', label: 'Mengelola perubahan', required: 3, actual: null },
	{ key: 'K9', label: 'Perekat bangsa', required: 3, actual: 3, interval: { lower: 2.6, upper: 3.4 } }
];

export const units = [
	{ key: 'u1', label: 'Kecamatan Medan Marelan', href: '#heat' },
	{ key: 'u2', label: 'Kecamatan Medan Belawan', href: '#heat' },
	{ key: 'u3', label: 'Kecamatan Medan Tuntungan', href: '#heat' },
	{ key: 'u4', label: 'Dinas Kependudukan dan Pencatatan Sipil', href: '#heat' },
	{ key: 'u5', label: 'Kelurahan Terjun', href: '#heat' }
];

const SHORTFALLS = [
	[0.1, 0.6, 0.4, 1.6, 0.9, 0.2],
	[0.3, 0.8, 0.7, 1.9, 1.2, 0.4],
	[0.0, 0.2, 0.3, 0.7, 0.5, 0.1],
	[0.2, 0.4, 0.9, 1.3, null, 0.3]
];

export function shortfall(unit: string, competency: string) {
	if (unit === 'u5') return { value: null, suppressed: true };
	const row = SHORTFALLS[units.findIndex(({ key }) => key === unit)];
	const value = row?.[competencies.findIndex(({ key }) => key === competency)] ?? null;
	return value === null ? { value } : { value, n: 24 + Math.round(value * 10), href: '#heat' };
}

export const hours = [
	{ on: '2026-02-12', added: 3, label: 'Webinar pelayanan prima', href: '#jp' },
	{ on: '2026-04-21', added: 6, label: 'Pelatihan komunikasi publik', href: '#jp' },
	{ on: '2026-07-08', added: 2.5, label: 'Coaching atasan', href: '#jp' },
	{ on: '2026-09-15', added: 4, label: 'Kelas simulasi loket', href: '#jp' }
];

/** Queue minutes: no difference before, about six minutes less after. */
export const queue = [
	[-6, 0.4],
	[-5, -0.3],
	[-4, 0.6],
	[-3, -0.5],
	[-2, 0.2],
	[-1, 0],
	[0, -2.1],
	[1, -4.2],
	[2, -5.6],
	[3, -6.3],
	[4, -5.9],
	[5, -6.4]
].map(([relative = 0, difference = 0]) => ({
	relative,
	difference,
	interval: relative === -1 ? null : { lower: difference - 1.7, upper: difference + 1.7 }
}));

export const services = [
	{
		label: 'Kecamatan terlatih',
		before: { value: 31.2, lower: 28.4, upper: 34 },
		after: { value: 24.8, lower: 22.3, upper: 27.3 }
	},
	{
		label: 'Kecamatan pembanding',
		before: { value: 30.6, lower: 27.9, upper: 33.3 },
		after: { value: 29.9, lower: 27.1, upper: 32.7 }
	}
];

export const bars = [
	{ label: 'Klasikal', value: 1240, href: '#bars' },
	{ label: 'Daring', value: 860, href: '#bars' },
	{ label: 'Campuran', value: 410, href: '#bars' },
	{ label: 'Magang', value: 75, href: '#bars' }
];

export const thread: RibbonStage[] = [
	{
		label: 'Kesenjangan',
		found: { title: 'Pelayanan publik 1,6', detail: 'Medan Marelan, 40 orang', href: '#thread' },
		missing: ''
	},
	{
		label: 'Baris rencana',
		found: { title: 'Pelayanan prima', detail: 'Rp 48.000.000', href: '#thread' },
		missing: ''
	},
	{
		label: 'Kurikulum',
		found: { title: 'Versi 3', detail: 'berlaku 12 Jan 2026', href: '#thread' },
		missing: ''
	},
	{
		label: 'Kelas',
		found: { title: 'Angkatan II', detail: '28 orang, 4 hari', href: '#thread' },
		missing: '',
		here: true
	},
	{
		label: 'Hasil belajar',
		found: { title: '+18 nilai', detail: '14 sampai 22', href: '#thread' },
		missing: ''
	},
	{ label: 'Tindak lanjut', found: null, missing: 'Belum ada rencana tindak lanjut.' },
	{
		label: 'Layanan',
		found: { title: '−6,4 menit antre', detail: '3,9 sampai 8,9', href: '#thread' },
		missing: ''
	}
];
