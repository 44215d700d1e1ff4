import type { PlannedProgram } from './model.ts';

const FIRST = 'Versi pertama, disusun dari analisis kebutuhan.';

/** Classical forms, KL05 to KL12. */
export const SHORT_TRAINING: readonly PlannedProgram[] = [
	{
		code: 'PIK',
		name: 'Pelayanan Inklusif dan Keberagaman',
		form: 'KL05',
		goal: 'Layanan kota terbuka bagi semua warga',
		audience: 'everyone',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Keberagaman Kota dan sikap aparatur', hours: 8, mode: 'class' },
					{ name: 'Melayani penyandang disabilitas', hours: 6, mode: 'class' },
					{ name: 'Menangani perbedaan di tempat kerja', hours: 6, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Melayani dan bekerja bersama semua golongan tanpa membeda-bedakan',
						competency: 'SK.01',
						level: 3
					}
				]
			}
		]
	},
	{
		code: 'SIG',
		name: 'Seminar Integritas dan Pengendalian Gratifikasi',
		form: 'KL06',
		goal: 'Zona integritas di semua perangkat daerah',
		audience: 'office',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Benturan kepentingan sehari-hari', hours: 4, mode: 'class' },
					{ name: 'Melaporkan gratifikasi', hours: 4, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Mengenali gratifikasi dan melaporkannya tepat waktu',
						competency: 'M.01',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'KBD',
		name: 'Lokakarya Keputusan Berbasis Data',
		form: 'KL07',
		goal: 'Usulan kegiatan disusun dari data, bukan kebiasaan',
		audience: 'planners',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Merumuskan pertanyaan', hours: 5, mode: 'class' },
					{ name: 'Membaca data layanan', hours: 5, mode: 'class' },
					{ name: 'Menulis pilihan dan alasan', hours: 5, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Membandingkan pilihan dengan data dan menuliskan alasan keputusan',
						competency: 'M.08',
						level: 3
					}
				]
			}
		]
	},
	{
		code: 'KPK',
		name: 'Kursus Komunikasi dan Penanganan Keluhan',
		form: 'KL08',
		goal: 'Keluhan warga selesai di tempat pertama',
		audience: 'counter',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Dari marah menjadi paham', hours: 8, mode: 'class' },
					{ name: 'Menulis jawaban yang jelas', hours: 6, mode: 'class' },
					{ name: 'Keluhan sebagai data', hours: 6, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Menjawab keluhan lisan dan tertulis sampai tuntas',
						competency: 'M.03',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'TND',
		name: 'Penataran Tata Naskah Dinas dan Arsip',
		form: 'KL09',
		goal: 'Surat dan arsip tertib serta mudah ditemukan',
		audience: 'office',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Bentuk dan susunan naskah dinas', hours: 10, mode: 'class' },
					{ name: 'Pengelolaan arsip aktif', hours: 8, mode: 'class' },
					{ name: 'Praktik penyusutan arsip', hours: 6, mode: 'class' }
				],
				outcomes: [
					{
						statement: 'Menyusun naskah dinas tanpa salah bentuk dan menyimpannya sehingga cepat ditemukan',
						competency: 'M.04',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'LDK',
		name: 'Bimbingan Teknis Layanan Digital Kelurahan',
		form: 'KL10',
		goal: 'Semua kelurahan melayani surat keterangan secara daring',
		audience: 'village',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Alur layanan daring dari warga sampai arsip', hours: 6, mode: 'class' },
					{ name: 'Praktik aplikasi layanan', hours: 6, mode: 'class' },
					{ name: 'Mendampingi warga yang belum terbiasa', hours: 4, mode: 'field' }
				],
				outcomes: [
					{
						statement: 'Menjalankan layanan daring dan mendampingi warga yang belum terbiasa',
						competency: 'M.05',
						level: 2
					},
					{
						statement: 'Menyesuaikan cara kerja dengan layanan baru',
						competency: 'M.07',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'PDP',
		name: 'Sosialisasi Pelindungan Data Pribadi',
		form: 'KL11',
		goal: 'Data warga aman di setiap meja',
		audience: 'office',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Hak warga dan kewajiban kita menurut UU 27/2022', hours: 4, mode: 'class' }],
				outcomes: [
					{
						statement: 'Menangani data pribadi warga sesuai tujuannya dan tidak membocorkannya',
						competency: 'M.01',
						level: 2
					}
				]
			}
		]
	},
	{
		code: 'TBK',
		name: 'Kelas Tanggap Bencana Kecamatan',
		form: 'KL12',
		goal: 'Kecamatan siap menghadapi banjir dan kebakaran',
		audience: 'police',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Pembagian peran saat darurat', hours: 6, mode: 'class' },
					{ name: 'Simulasi evakuasi', hours: 10, mode: 'field' }
				],
				outcomes: [
					{
						statement: 'Bekerja dalam tim lintas instansi saat keadaan darurat',
						competency: 'M.02',
						level: 2
					}
				]
			}
		]
	}
];
