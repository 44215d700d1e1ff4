import type { PlannedProgram } from './model.ts';

const FIRST = 'Versi pertama, disusun dari analisis kebutuhan.';

/** Non-classical forms, NK01 to NK12. NK11 and NK13 are left out: the law gives them no JP until the agency sets a rate. */
export const NON_CLASSICAL: readonly PlannedProgram[] = [
	{
		code: 'CPL',
		name: 'Coaching Pimpinan Unit Layanan',
		form: 'NK01',
		goal: 'Pimpinan unit membina, bukan hanya memeriksa',
		audience: 'lowestHeads',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Percakapan coaching empat kali pertemuan', hours: 8, mode: 'workplace' }],
				outcomes: [{ statement: 'Memakai percakapan coaching dengan bawahan', competency: 'M.06', level: 3 }]
			}
		]
	},
	{
		code: 'MKS',
		name: 'Mentoring Kepala Sekolah Baru',
		form: 'NK02',
		goal: 'Kepala sekolah baru cepat mandiri',
		audience: 'schoolHeads',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Pendampingan oleh kepala sekolah senior', hours: 8, mode: 'workplace' }],
				outcomes: [
					{ statement: 'Mengembangkan guru di sekolahnya secara terencana', competency: 'M.06', level: 3 }
				]
			}
		]
	},
	{
		code: 'KID',
		name: 'E-learning Keamanan Informasi Dasar',
		form: 'NK03',
		goal: 'Akun dan data kota tidak mudah dibobol',
		audience: 'everyone',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Kata sandi dan verifikasi dua langkah', hours: 3, mode: 'self_paced' },
					{ name: 'Mengenali pesan penipuan', hours: 3, mode: 'self_paced' }
				],
				outcomes: [
					{ statement: 'Menjaga akun dan data kedinasan dari penipuan', competency: 'M.01', level: 2 }
				]
			}
		]
	},
	{
		code: 'ELP',
		name: 'E-learning Berorientasi Pelayanan',
		form: 'NK03',
		goal: 'Nilai BerAKHLAK terlihat di loket',
		audience: 'counter',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Siapa yang kita layani', hours: 3, mode: 'self_paced' },
					{ name: 'Dari nilai ke perilaku', hours: 3, mode: 'self_paced' },
					{ name: 'Memperbaiki satu layanan', hours: 3, mode: 'self_paced' }
				],
				outcomes: [{ statement: 'Memahami kebutuhan warga sebelum melayani', competency: 'M.05', level: 2 }]
			}
		]
	},
	{
		code: 'PTS',
		name: 'Pelatihan Jarak Jauh Penulisan Telaahan Staf',
		form: 'NK04',
		goal: 'Pimpinan memutuskan dari telaahan yang jelas',
		audience: 'planners',
		versions: [
			{
				reason: FIRST,
				modules: [
					{ name: 'Menyusun masalah dan pilihan', hours: 10, mode: 'online' },
					{ name: 'Menulis ringkas dan runtut', hours: 10, mode: 'online' }
				],
				outcomes: [
					{ statement: 'Menulis telaahan staf yang siap diputuskan', competency: 'M.03', level: 3 },
					{ statement: 'Membandingkan pilihan secara berimbang', competency: 'M.08', level: 2 }
				]
			}
		]
	},
	{
		code: 'DPT',
		name: 'Detasering Petugas Loket ke Pelayanan Terpadu Satu Pintu',
		form: 'NK05',
		goal: 'Cara kerja loket terbaik menular ke kecamatan',
		audience: 'counter',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Bertugas di loket PTSP', hours: 20, mode: 'workplace' }],
				outcomes: [{ statement: 'Menerapkan alur loket terpadu di unit asal', competency: 'M.05', level: 3 }]
			}
		]
	},
	{
		code: 'OTL',
		name: 'Pembelajaran Alam Terbuka: Tim Lintas Seksi',
		form: 'NK06',
		goal: 'Seksi di kecamatan saling menutup kekosongan',
		audience: 'office',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Kerja sama dalam tugas lapangan', hours: 12, mode: 'field' }],
				outcomes: [{ statement: 'Bekerja sama melewati batas seksi', competency: 'M.02', level: 2 }]
			}
		]
	},
	{
		code: 'BMP',
		name: 'Studi Tiru Mal Pelayanan Publik',
		form: 'NK07',
		goal: 'Satu pintu, satu kali datang',
		audience: 'heads',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Mengamati, mencatat, dan merancang tiruan', hours: 10, mode: 'field' }],
				outcomes: [
					{ statement: 'Membawa satu praktik baik dan menyesuaikannya', competency: 'M.07', level: 3 }
				]
			}
		]
	},
	{
		code: 'PBD',
		name: 'Pertukaran Pegawai dengan BUMD Air Minum',
		form: 'NK08',
		goal: 'Belajar melayani pelanggan dari perusahaan daerah',
		audience: 'planners',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Bekerja di layanan pelanggan BUMD', hours: 20, mode: 'workplace' }],
				outcomes: [
					{ statement: 'Menyusun perbaikan layanan dari pengalaman di BUMD', competency: 'M.07', level: 3 }
				]
			}
		]
	},
	{
		code: 'BMR',
		name: 'Belajar Mandiri Regulasi Layanan',
		form: 'NK09',
		goal: 'Petugas tahu dasar hukum yang dipakainya',
		audience: 'village',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'UU 25/2009 dan standar pelayanan kota', hours: 4, mode: 'self_paced' }],
				outcomes: [
					{ statement: 'Menyebut dasar hukum layanan yang diberikannya', competency: 'M.05', level: 2 }
				]
			}
		]
	},
	{
		code: 'KBG',
		name: 'Komunitas Belajar Guru: Literasi dan Numerasi',
		form: 'NK10',
		goal: 'Guru belajar dari guru di gugusnya',
		audience: 'teachers',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Enam pertemuan gugus', hours: 12, mode: 'workplace' }],
				outcomes: [
					{ statement: 'Berbagi praktik mengajar dan menerima masukan sejawat', competency: 'M.06', level: 3 }
				]
			}
		]
	},
	{
		code: 'MDK',
		name: 'Magang Pengelolaan Data Kependudukan',
		form: 'NK12',
		goal: 'Data kependudukan di kelurahan cocok dengan Disdukcapil',
		audience: 'village',
		versions: [
			{
				reason: FIRST,
				modules: [{ name: 'Praktik kerja di Disdukcapil', hours: 20, mode: 'workplace' }],
				outcomes: [
					{ statement: 'Mencocokkan dan memperbaiki data kependudukan', competency: 'M.04', level: 2 }
				]
			}
		]
	}
];
