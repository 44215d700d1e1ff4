import type { PlannedProgram } from './model.ts';

const FIRST = 'Versi pertama, disusun dari analisis kebutuhan.';

/** Classical forms, KL01 to KL04. */
export const LONG_TRAINING: readonly PlannedProgram[] = [
	{
		code: 'PKP',
		name: 'Pembekalan Kepemimpinan Pengawas',
		form: 'KL01',
		goal: 'Pengawas mampu menggerakkan unitnya mencapai target kinerja kota',
		audience: 'lowestHeads',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Peran pengawas dalam pencapaian sasaran unit', hours: 8, mode: 'class' },
					{ name: 'Membangun tim efektif', hours: 12, mode: 'class' },
					{ name: 'Perencanaan kegiatan dan pembagian tugas', hours: 10, mode: 'class' },
					{ name: 'Rancangan aksi perubahan', hours: 10, mode: 'workplace' }
				],
				outcomes: [
					{
						statement: 'Menetapkan target kerja tim dan memantaunya sampai selesai',
						competency: 'M.04',
						level: 3
					},
					{
						statement: 'Membimbing bawahan dengan umpan balik yang teratur',
						competency: 'M.06',
						level: 3
					}
				]
			}
		]
	},
	{
		code: 'MPK',
		name: 'Manajemen Perubahan di Unit Layanan',
		form: 'KL02',
		goal: 'Reformasi birokrasi terasa sampai ke loket',
		audience: 'heads',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Membaca kebutuhan berubah', hours: 8, mode: 'class' },
					{ name: 'Menangani penolakan', hours: 8, mode: 'class' },
					{ name: 'Rencana perubahan 90 hari', hours: 14, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Menyusun dan memimpin satu perubahan cara kerja di unitnya',
						competency: 'M.07',
						level: 3
					}
				]
			}
		]
	},
	{
		code: 'PPP',
		name: 'Pelayanan Publik Prima',
		form: 'KL03',
		goal: 'Waktu tunggu di loket kecamatan turun dan warga lebih puas',
		audience: 'counter',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Standar pelayanan dan maklumat', hours: 8, mode: 'class' },
					{ name: 'Sikap dan komunikasi di loket', hours: 8, mode: 'class' },
					{ name: 'Penanganan pengaduan', hours: 8, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Melayani warga sesuai standar pelayanan dan menjelaskannya dengan bahasa sederhana',
						competency: 'M.05',
						level: 2
					}
				]
			},
			{
				reason:
					'Reaksi peserta tahun lalu: materi antrean dan layanan digital terlalu dangkal untuk loket kecamatan.',
				modules: [
					{ name: 'Standar pelayanan dan maklumat', hours: 6, mode: 'class' },
					{ name: 'Sikap dan komunikasi di loket', hours: 6, mode: 'class' },
					{ name: 'Mengelola antrean dan layanan digital', hours: 8, mode: 'class' },
					{ name: 'Penanganan pengaduan dan SKM', hours: 4, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Melayani warga sesuai standar, termasuk warga dengan kebutuhan khusus',
						competency: 'M.05',
						level: 3
					},
					{
						statement: 'Menjelaskan syarat dan alasan penolakan dengan bahasa sederhana',
						competency: 'M.03',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'APB',
		name: 'Asesmen Pembelajaran untuk Guru',
		form: 'KL04',
		goal: 'Capaian literasi dan numerasi murid meningkat',
		audience: 'teachers',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Membaca rapor pendidikan sekolah', hours: 8, mode: 'class' },
					{ name: 'Asesmen awal dan asesmen formatif', hours: 14, mode: 'class' },
					{ name: 'Praktik di kelas sendiri', hours: 10, mode: 'workplace' }
				],
				outcomes: [
					{
						statement: 'Menetapkan target belajar murid dan memperbaiki pengajaran dari hasil asesmen',
						competency: 'M.04',
						level: 3
					}
				]
			}
		]
	},
	{
		code: 'KTP',
		name: 'Komunikasi Terapeutik bagi Perawat dan Bidan',
		form: 'KL04',
		goal: 'Pasien puskesmas merasa didengar dan aman',
		audience: 'health',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Mendengar aktif dan empati', hours: 8, mode: 'class' },
					{ name: 'Menyampaikan kabar sulit', hours: 8, mode: 'class' },
					{ name: 'Simulasi pasien', hours: 8, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Berkomunikasi dengan pasien dan keluarga dalam keadaan sulit',
						competency: 'M.03',
						level: 3
					}
				]
			}
		]
	}
];
