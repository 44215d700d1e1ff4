import { PASSWORD } from './accounts.ts';
import { DEMO_ACCOUNTS, keepInstance } from './state.ts';
import type { City, Role, World } from './world.ts';

/** What is printed at every start: one account a role, and the first thing worth doing with it. */
const PRINTED: readonly { role: Role; label: string; does: string }[] = [
	{
		role: 'employee',
		label: 'Pegawai (loket Medan Marelan)',
		does: 'menilai diri sendiri, melanjutkan tes e-learning, melihat sertifikat dan JP'
	},
	{
		role: 'supervisor',
		label: 'Atasan langsung',
		does: 'menyetujui permintaan kelas, menilai tim, menjawab tindak lanjut'
	},
	{
		role: 'unitHead',
		label: 'Kepala unit (camat)',
		does: 'membaca peta kesenjangan dan dampak bagi kecamatannya'
	},
	{
		role: 'unitAdmin',
		label: 'Admin kepegawaian unit',
		does: 'memulihkan akses rekan yang kehilangan telepon'
	},
	{
		role: 'trainingAdmin',
		label: 'BKPSDM, bidang pengembangan kompetensi',
		does: 'menyusun rencana, menutup kelas, menerbitkan sertifikat'
	},
	{ role: 'agencyHead', label: 'Kepala BKPSDM', does: 'memberlakukan kurikulum dan mengajukan rencana' },
	{ role: 'facilitator', label: 'Widyaiswara', does: 'mengisi daftar hadir dan membaca hasil kelasnya' },
	{
		role: 'authorizedOfficial',
		label: 'Sekretaris daerah',
		does: 'menyetujui atau mengembalikan rencana tambahan'
	},
	{ role: 'leadership', label: 'Wali kota', does: 'menetapkan rencana tambahan dan membaca dampaknya' },
	{ role: 'auditor', label: 'Inspektorat', does: 'menelusuri benang merah dari kesenjangan sampai layanan' }
];

export async function printAccounts(world: World, city: City, neighbours: readonly City[]): Promise<void> {
	const accounts = [
		...PRINTED.map(({ role, label, does }) => ({
			role: label,
			username: city.usernames[role] ?? '',
			password: PASSWORD,
			does
		})),
		...neighbours.map((other) => ({
			role: `BKPSDM ${other.source.city}`,
			username: other.usernames['trainingAdmin'] ?? '',
			password: PASSWORD,
			does: 'kota tetangga: tidak melihat apa pun dari Medan'
		}))
	];
	await keepInstance(world.owner, DEMO_ACCOUNTS, JSON.stringify(accounts));
}
