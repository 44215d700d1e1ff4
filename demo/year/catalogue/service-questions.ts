import type { PlannedQuestion } from './model.ts';

/** Asked before and after Pelayanan Publik Prima: the same questions, so that the difference means something. */
export const SERVICE_QUESTIONS: readonly PlannedQuestion[] = [
	{
		stem: 'Sejak kapan waktu penyelesaian dalam standar pelayanan dihitung?',
		choices: [
			'Sejak warga mengambil nomor antrean',
			'*Sejak berkas permohonan dinyatakan lengkap',
			'Sejak kepala seksi menandatangani',
			'Sejak hari kerja berikutnya'
		],
		why: 'Waktu penyelesaian berjalan sejak berkas lengkap; karena itu kelengkapan diperiksa paling awal.'
	},
	{
		stem: 'Seorang warga kurang membawa fotokopi KK. Apa yang sebaiknya dikatakan petugas?',
		choices: [
			'"Berkas tidak lengkap, silakan kembali besok."',
			'"Aturannya memang begitu, Pak."',
			'*"Yang kurang hanya fotokopi KK. Bapak bisa mengirim fotonya lewat aplikasi, tidak perlu mengantre lagi."',
			'"Silakan tanya ke kelurahan."'
		],
		why: 'Sebut apa yang kurang, dan sebut jalan keluarnya.',
		outcome: 1
	},
	{
		stem: 'Manakah yang termasuk komponen standar pelayanan yang wajib diumumkan? (boleh lebih dari satu)',
		choices: ['*Persyaratan', '*Waktu penyelesaian', '*Biaya atau tarif', 'Daftar gaji petugas'],
		why: 'Persyaratan, prosedur, waktu, biaya, produk, dan pengaduan diumumkan kepada warga (UU 25/2009).',
		outcome: 1
	},
	{
		stem: 'Loket sibuk 95 persen waktunya dan antrean memanjang setiap pukul 09.00–11.00. Langkah pertama yang paling tepat?',
		choices: [
			'Menambah kursi tunggu',
			'*Membuka jalur cepat untuk layanan singkat pada jam itu dan memeriksa berkas sebelum nomor diambil',
			'Membatasi jumlah nomor antrean per hari',
			'Menutup pendaftaran lebih awal'
		],
		why: 'Kesibukan loket harus turun pada jam puncak; membatasi nomor hanya memindahkan antrean ke luar pintu.'
	},
	{
		stem: 'Dalam satu jam datang 30 warga dan rata-rata menunggu 20 menit. Berapa rata-rata orang yang sedang menunggu?',
		choices: ['5 orang', '*10 orang', '20 orang', '30 orang'],
		why: 'Hukum Little: 0,5 orang per menit × 20 menit = 10 orang.',
		outcome: null
	},
	{
		stem: 'Warga tuli datang bersama anaknya. Bagaimana petugas berkomunikasi?',
		choices: [
			'Berbicara kepada anaknya saja supaya cepat',
			'Berbicara lebih keras',
			'*Menghadap warga itu, berbicara wajar dengan wajah terlihat, dan menyediakan tulisan',
			'Meminta warga itu kembali dengan juru bahasa isyarat'
		],
		why: 'Yang dilayani adalah orangnya; wajah yang terlihat dan tulisan membantu.'
	},
	{
		stem: 'Siapa yang didahulukan dalam pelayanan? (boleh lebih dari satu)',
		choices: ['*Warga lanjut usia', '*Ibu hamil', '*Penyandang disabilitas', 'Kenalan kepala seksi'],
		why: 'Kelompok rentan didahulukan menurut undang-undang; kenalan tidak.'
	},
	{
		stem: 'Layanan surat keterangan sudah daring, tetapi surat tetap harus diambil ke kantor. Apa akibatnya?',
		choices: [
			'Antrean hilang',
			'*Antrean hanya berpindah dari pengajuan ke pengambilan',
			'Data warga lebih aman',
			'Biaya layanan turun'
		],
		why: 'Layanan digital harus selesai dari awal sampai akhir.'
	},
	{
		stem: 'Manakah yang merupakan kebocoran data pribadi warga?',
		choices: [
			'Menyimpan berkas di aplikasi resmi',
			'*Mengirim foto KTP warga ke grup percakapan seksi',
			'Mengunci layar komputer',
			'Mencatat nomor permohonan'
		],
		why: 'Grup percakapan bukan tempat data pribadi (UU 27/2022).',
		outcome: null
	},
	{
		stem: 'Urutan yang tepat ketika menerima pengaduan langsung:',
		choices: [
			'Menjelaskan aturan – mencatat – meminta maaf – selesai',
			'*Menerima dan mencatat – mengakui – menyelesaikan atau meneruskan – mengabari',
			'Meneruskan ke pimpinan – menunggu – mengarsipkan',
			'Meminta surat resmi – menjawab dalam 60 hari'
		],
		why: 'Empat langkah: terima, akui, selesaikan atau teruskan, kabari.',
		outcome: 1
	},
	{
		stem: 'Rata-rata sembilan unsur SKM suatu kecamatan adalah 3,20. Berapa IKM-nya?',
		choices: ['32,00', '64,00', '*80,00', '96,00'],
		why: 'IKM = nilai SKM × 25; 3,20 × 25 = 80,00.',
		outcome: null
	},
	{
		stem: 'Unsur SKM mana yang paling mungkin membaik karena pelatihan petugas loket? (boleh lebih dari satu)',
		choices: ['*Kompetensi pelaksana', '*Perilaku pelaksana', '*Waktu penyelesaian', 'Biaya atau tarif'],
		why: 'Tarif ditetapkan peraturan; tiga lainnya bergantung pada cara kerja petugas.',
		outcome: null
	}
];
