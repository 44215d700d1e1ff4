import type { PlannedCurriculum } from './model.ts';

export type PartnerAdvice = {
	code: string;
	version: number;
	partner: string;
	organisation: string;
	question: string;
	advice: string;
	decision: 'adopted' | 'partly' | 'declined' | null;
	answer: string;
};

/** Partners are invented, and so are their institutions. */
export const PARTNER_ADVICE: readonly PartnerAdvice[] = [
	{
		code: 'PPP',
		version: 2,
		partner: 'Dr. Ratih Simbolon (contoh)',
		organisation: 'Universitas Contoh Deli, Program Studi Administrasi Publik',
		question: 'Apakah modul antrean sudah cukup dalam untuk petugas loket kecamatan?',
		advice:
			'Modul antrean sebaiknya dimulai dari pengukuran satu minggu di loket peserta sendiri, supaya hitungan kedatangan dan lama layanan memakai angka mereka. Saya lampirkan lembar catatnya.',
		decision: 'adopted',
		answer: 'Dipakai: peserta membawa catatan antrean satu minggu pada hari pertama.'
	},
	{
		code: 'PPP',
		version: 2,
		partner: 'Forum Warga Marelan (contoh)',
		organisation: 'Komunitas pengguna layanan',
		question: 'Apa yang paling sering menyulitkan warga di loket?',
		advice:
			'Warga lanjut usia sering bolak-balik karena syarat dijelaskan dengan istilah kantor. Kami minta ada latihan menjelaskan syarat kepada orang tua, dan petugas membaca ulang suratnya.',
		decision: 'partly',
		answer:
			'Latihan menjelaskan dengan bahasa sederhana masuk modul 2; membacakan surat dilakukan bila diminta.'
	},
	{
		code: 'MPK',
		version: 1,
		partner: 'Ir. Batara Nainggolan (contoh)',
		organisation: 'Perhimpunan Manajemen SDM, cabang contoh',
		question: 'Adakah yang kurang untuk pimpinan unit layanan?',
		advice: 'Tambahkan dua hari studi banding ke perusahaan swasta agar peserta melihat budaya perubahan.',
		decision: 'declined',
		answer: 'Studi tiru sudah ada sebagai program sendiri; waktu di kelas dipakai untuk rencana 90 hari.'
	}
];

type NextVersion = { code: string; curriculum: PlannedCurriculum; advice: readonly PartnerAdvice[] };

/** Drafts that wait on the day somebody opens the demo. */
export const NEXT_VERSIONS: readonly NextVersion[] = [
	{
		code: 'LDK',
		curriculum: {
			reason: 'Temuan tindak lanjut: petugas kelurahan kesulitan mendampingi warga di luar jam kantor.',
			modules: [
				{ name: 'Alur layanan daring dari warga sampai arsip', hours: 4, mode: 'class' },
				{ name: 'Praktik aplikasi layanan', hours: 6, mode: 'class' },
				{ name: 'Mendampingi warga yang belum terbiasa', hours: 6, mode: 'field' },
				{ name: 'Keamanan data warga', hours: 2, mode: 'online' }
			],
			outcomes: [
				{
					statement: 'Menjalankan layanan daring dan mendampingi warga yang belum terbiasa',
					competency: 'M.05',
					level: 2
				},
				{ statement: 'Menyesuaikan cara kerja dengan layanan baru', competency: 'M.07', level: 2 },
				{ statement: 'Menjaga data warga pada setiap langkah', competency: 'M.01', level: 2 }
			]
		},
		advice: [
			{
				code: 'LDK',
				version: 2,
				partner: 'Nurhayati Lubis, M.Kom. (contoh)',
				organisation: 'Politeknik Contoh, Jurusan Teknologi Informasi',
				question: 'Apakah urutan modul sudah tepat untuk petugas yang jarang memakai komputer?',
				advice:
					'Dahulukan praktik aplikasi, baru alur. Petugas yang jarang memakai komputer lebih mudah memahami alur setelah mencoba sendiri satu permohonan.',
				decision: null,
				answer: ''
			}
		]
	},
	{
		code: 'KPK',
		curriculum: {
			reason:
				'Analisis butir soal: pertanyaan tentang jawaban tertulis paling sering salah setelah pelatihan.',
			modules: [
				{ name: 'Dari marah menjadi paham', hours: 6, mode: 'class' },
				{ name: 'Menulis jawaban yang jelas', hours: 8, mode: 'class' },
				{ name: 'Keluhan sebagai data', hours: 6, mode: 'class' }
			],
			outcomes: [
				{ statement: 'Menjawab keluhan lisan dan tertulis sampai tuntas', competency: 'M.03', level: 2 }
			]
		},
		advice: []
	}
];
