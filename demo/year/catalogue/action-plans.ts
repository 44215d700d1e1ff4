export type PlannedAction = {
	goal: string;
	indicator: string;
	/** In the order of their days. */
	steps: readonly [string, string, string];
};

/** What participants promise to do at their own desk, by program. */
export const ACTIONS: Readonly<Record<string, readonly PlannedAction[]>> = {
	PPP: [
		{
			goal: 'Warga di loket kami menunggu paling lama 30 menit pada jam sibuk.',
			indicator: 'Rata-rata menit menunggu pukul 09.00–11.00, dari mesin antrean',
			steps: [
				'Mencatat waktu tunggu selama satu minggu',
				'Membuka jalur cepat untuk layanan di bawah lima menit',
				'Memeriksa berkas sebelum nomor diambil dan mengukur ulang'
			]
		},
		{
			goal: 'Warga tidak perlu datang dua kali karena berkas kurang.',
			indicator: 'Jumlah berkas yang dikembalikan per minggu',
			steps: [
				'Menyusun daftar syarat dengan bahasa sederhana',
				'Menempel daftar di loket dan laman kecamatan',
				'Menghitung berkas yang dikembalikan selama sebulan'
			]
		},
		{
			goal: 'Pengaduan warga dijawab dalam tiga hari kerja.',
			indicator: 'Persentase pengaduan yang dijawab tepat waktu',
			steps: [
				'Membuat buku pengaduan di loket',
				'Menetapkan petugas yang mengabari warga',
				'Melaporkan tiga keluhan terbanyak kepada camat'
			]
		}
	],
	LDK: [
		{
			goal: 'Separuh permohonan surat di kelurahan kami masuk secara daring.',
			indicator: 'Persentase permohonan daring per bulan',
			steps: [
				'Membuka meja pendampingan setiap Selasa',
				'Melatih kader lingkungan mengisi permohonan',
				'Membandingkan angka bulan pertama dan ketiga'
			]
		}
	],
	KPK: [
		{
			goal: 'Surat jawaban keluhan dimulai dengan jawabannya.',
			indicator: 'Jumlah warga yang bertanya lagi setelah dijawab',
			steps: ['Menyusun contoh jawaban', 'Memakainya untuk semua surat', 'Menghitung pertanyaan ulang']
		}
	],
	MPK: [
		{
			goal: 'Satu perubahan cara kerja selesai dalam 90 hari.',
			indicator: 'Langkah kerja yang dihapus',
			steps: ['Memetakan alur lama', 'Mencoba alur baru di satu tim', 'Menetapkan alur baru']
		}
	],
	KTP: [
		{
			goal: 'Pasien memahami rencana perawatannya sebelum pulang.',
			indicator: 'Pasien yang dapat mengulang penjelasan dengan kalimatnya sendiri',
			steps: ['Memakai teknik mengulang kembali', 'Mencatat dua puluh pasien', 'Membahas hasilnya dengan tim']
		}
	],
	APB: [
		{
			goal: 'Pengajaran di kelas saya dimulai dari hasil asesmen awal.',
			indicator: 'Murid yang naik satu tingkat dalam asesmen formatif',
			steps: ['Menyusun asesmen awal', 'Mengelompokkan murid', 'Membandingkan hasil setelah delapan minggu']
		}
	],
	PKP: [
		{
			goal: 'Setiap anggota tim mendapat umpan balik sebulan sekali.',
			indicator: 'Jumlah percakapan umpan balik yang tercatat',
			steps: ['Menyusun jadwal', 'Melakukan putaran pertama', 'Menanyakan manfaatnya kepada tim']
		}
	]
};

export const CHECK_IN_NOTES = [
	'Langkah pertama selesai. Catatan waktu tunggu ditempel di ruang rapat dan dibahas setiap Jumat.',
	'Sudah dicoba dua minggu. Warga menanyakan mengapa tidak dari dulu.',
	'Berjalan, tetapi pada hari pasar petugas masih kurang.',
	'Rekan yang belum ikut pelatihan saya ajari pada jam sepi.',
	'Angkanya turun, tetapi belum sampai target. Dilanjutkan bulan depan.',
	'Daftar syarat yang baru sudah dipasang; berkas yang dikembalikan berkurang.'
] as const;

export const STUCK_NOTES = [
	'Tertunda karena ada pergantian pimpinan.',
	'Komputer loket rusak dan belum diganti.',
	'Dua orang cuti bersamaan, jadi jalur cepat ditutup sementara.'
] as const;

export const ANSWERS = [
	'Bagus. Lanjutkan dan bawa angkanya ke rapat bulanan.',
	'Terima kasih. Soal petugas kurang, saya bicarakan dengan camat.',
	'Sudah terlihat hasilnya di loket.',
	'Ajukan kebutuhan alatnya ke Subbagian Umum, saya setujui.'
] as const;
