/** Technical competencies of the invented city. Definitions, levels and behaviours are our own wording, not a ministry's. */
export type TechnicalPlan = {
	key: string;
	area: string;
	name: string;
	nameEn: string;
	definition: string;
	/** Level 1 to 5: the level in a sentence, and two behaviours. */
	levels: readonly (readonly [headline: string, first: string, second: string])[];
};

export const TECHNICAL: readonly TechnicalPlan[] = [
	{
		key: 'registration',
		area: 'Administrasi kependudukan',
		name: 'Pelayanan administrasi kependudukan',
		nameEn: 'Civil registration service',
		definition: 'Kemampuan melayani permohonan dokumen kependudukan dengan benar, lengkap, dan tepat waktu.',
		levels: [
			[
				'Mengenal jenis dokumen dan syaratnya',
				'Menyebutkan syarat tiap dokumen tanpa melihat daftar',
				'Mengarahkan pemohon ke loket yang benar'
			],
			[
				'Melayani permohonan biasa sesuai prosedur',
				'Memeriksa kelengkapan berkas dalam sekali tatap muka',
				'Memasukkan data tanpa salah ketik dan mencetak tanda terima'
			],
			[
				'Menangani permohonan yang tidak biasa',
				'Menyelesaikan data ganda atau beda nama dengan bukti yang sah',
				'Menjelaskan penolakan beserta cara melengkapinya'
			],
			[
				'Menjamin mutu pelayanan satu loket',
				'Memeriksa contoh berkas tiap minggu dan memperbaiki penyebab salah',
				'Melatih petugas baru sampai mandiri'
			],
			[
				'Membarui cara pelayanan kependudukan kota',
				'Merancang alur yang memangkas waktu tunggu dan mengukurnya',
				'Menjadi rujukan bagi kecamatan lain'
			]
		]
	},
	{
		key: 'counter',
		area: 'Pelayanan publik',
		name: 'Pengelolaan loket dan antrean',
		nameEn: 'Counter and queue management',
		definition:
			'Kemampuan mengatur loket, antrean, dan informasi layanan sehingga warga dilayani adil dan cepat.',
		levels: [
			[
				'Mengikuti aturan antrean di loketnya',
				'Memanggil nomor sesuai urutan',
				'Mendahulukan lansia, ibu hamil, dan penyandang disabilitas'
			],
			[
				'Menjaga antrean tetap bergerak',
				'Memberi tahu perkiraan waktu tunggu',
				'Memindahkan pemohon ke loket yang kosong'
			],
			[
				'Mengatur loket menurut jam ramai',
				'Menyusun jadwal petugas dari catatan kedatangan',
				'Membuka loket tambahan sebelum antrean menumpuk'
			],
			[
				'Memperbaiki layanan dari data antrean',
				'Membaca laporan waktu tunggu dan mencari sebabnya',
				'Mencoba satu perbaikan dan membandingkan hasilnya'
			],
			[
				'Menetapkan standar loket untuk kota',
				'Menyusun maklumat pelayanan yang terukur',
				'Memadukan loket beberapa perangkat daerah'
			]
		]
	},
	{
		key: 'health',
		area: 'Kesehatan',
		name: 'Pelayanan kesehatan dasar',
		nameEn: 'Basic health care',
		definition:
			'Kemampuan memberi asuhan kesehatan dasar yang aman bagi perorangan dan keluarga di fasilitas pertama.',
		levels: [
			[
				'Membantu pemeriksaan sesuai petunjuk',
				'Mengukur tanda vital dan mencatatnya',
				'Menjaga kebersihan tangan pada setiap tindakan'
			],
			[
				'Melakukan asuhan rutin secara mandiri',
				'Mengenali tanda bahaya dan segera melapor',
				'Memberi penjelasan yang dimengerti keluarga pasien'
			],
			[
				'Merencanakan asuhan satu kasus',
				'Menyusun rencana asuhan dari hasil pengkajian',
				'Merujuk tepat waktu dengan surat yang lengkap'
			],
			[
				'Membina mutu asuhan di unitnya',
				'Menelaah kejadian tidak diharapkan bersama tim',
				'Membimbing tenaga baru dan mahasiswa praktik'
			],
			[
				'Mengembangkan pelayanan kesehatan wilayah',
				'Menyusun pedoman asuhan berdasarkan bukti',
				'Memimpin lintas program untuk masalah utama wilayah'
			]
		]
	},
	{
		key: 'finance',
		area: 'Keuangan',
		name: 'Pengelolaan keuangan daerah',
		nameEn: 'Local public finance',
		definition:
			'Kemampuan menatausahakan, mempertanggungjawabkan, dan mengendalikan keuangan perangkat daerah.',
		levels: [
			['Mengenal dokumen keuangan', 'Membedakan jenis dokumen belanja', 'Menyusun bukti sesuai urutan'],
			[
				'Menatausahakan transaksi',
				'Membukukan transaksi pada hari yang sama',
				'Mencocokkan saldo kas dan bank tiap bulan'
			],
			[
				'Menyusun pertanggungjawaban',
				'Menyiapkan laporan tanpa temuan kelengkapan',
				'Menjelaskan selisih anggaran dan realisasi'
			],
			[
				'Mengendalikan keuangan perangkat daerah',
				'Memantau serapan dan mengusulkan pergeseran yang sah',
				'Menindaklanjuti hasil pemeriksaan sampai tuntas'
			],
			[
				'Merumuskan kebijakan keuangan kota',
				'Menyusun sistem pengendalian yang dipakai semua perangkat daerah',
				'Memberi pertimbangan risiko fiskal kepada pimpinan'
			]
		]
	},
	{
		key: 'budget',
		area: 'Perencanaan',
		name: 'Penyusunan anggaran berbasis kinerja',
		nameEn: 'Performance budgeting',
		definition: 'Kemampuan menyusun program, sasaran, dan anggaran yang saling menjelaskan.',
		levels: [
			[
				'Mengenal siklus anggaran',
				'Menyebutkan tahap penyusunan dan jadwalnya',
				'Mengisi formulir usulan dengan data yang tersedia'
			],
			[
				'Menyusun rincian belanja satu kegiatan',
				'Menghitung kebutuhan dari volume dan harga satuan',
				'Memberi alasan untuk tiap rincian'
			],
			[
				'Mengaitkan kegiatan dengan sasaran',
				'Merumuskan indikator hasil yang dapat diukur',
				'Menunjukkan kegiatan mana yang layak dikurangi'
			],
			[
				'Menyusun anggaran perangkat daerah',
				'Menimbang pilihan dan menjelaskan akibatnya kepada pimpinan',
				'Menilai hasil tahun lalu sebelum mengusulkan'
			],
			[
				'Mengarahkan anggaran kota',
				'Menyelaraskan anggaran dengan rencana jangka menengah',
				'Merancang penilaian manfaat belanja'
			]
		]
	},
	{
		key: 'data',
		area: 'Komunikasi dan informatika',
		name: 'Pengolahan data dan aplikasi perkantoran',
		nameEn: 'Data and office applications',
		definition:
			'Kemampuan mengolah data dan dokumen kerja dengan aplikasi perkantoran secara benar dan aman.',
		levels: [
			[
				'Menggunakan pengolah kata dan angka dasar',
				'Mengetik surat dengan tata naskah yang benar',
				'Menyimpan berkas di tempat yang disepakati'
			],
			[
				'Mengolah data sederhana',
				'Menyusun tabel dengan rumus jumlah dan rata-rata',
				'Membersihkan data ganda sebelum dipakai'
			],
			[
				'Menyajikan data untuk keputusan',
				'Membuat rekap dan grafik yang mudah dibaca',
				'Memeriksa kebenaran angka dengan sumber lain'
			],
			[
				'Menata data satu unit',
				'Menetapkan format baku dan hak akses',
				'Menghubungkan data dari beberapa aplikasi'
			],
			[
				'Mengembangkan tata kelola data',
				'Menyusun aturan mutu data perangkat daerah',
				'Membina unit lain memakai data bersama'
			]
		]
	},
	{
		key: 'archive',
		area: 'Kearsipan',
		name: 'Pengelolaan arsip dinamis',
		nameEn: 'Records management',
		definition:
			'Kemampuan mencipta, memelihara, dan menyusutkan arsip sehingga mudah ditemukan dan sah sebagai bukti.',
		levels: [
			[
				'Menyimpan surat sesuai kode',
				'Memberi kode klasifikasi surat masuk dan keluar',
				'Menemukan kembali surat dalam lima menit'
			],
			[
				'Memelihara arsip aktif unit',
				'Menyusun daftar berkas dan memutakhirkannya',
				'Memindahkan arsip inaktif menurut jadwal'
			],
			[
				'Menata arsip beberapa unit',
				'Menyusun daftar arsip yang diusulkan musnah',
				'Menguji kelengkapan berkas penting'
			],
			[
				'Mengawasi kearsipan perangkat daerah',
				'Menilai kepatuhan dan memberi rekomendasi',
				'Menyiapkan arsip vital untuk keadaan darurat'
			],
			[
				'Membina kearsipan kota',
				'Menyusun jadwal retensi bersama perangkat daerah',
				'Memimpin peralihan ke arsip elektronik'
			]
		]
	},
	{
		key: 'permit',
		area: 'Penanaman modal',
		name: 'Pelayanan perizinan berusaha',
		nameEn: 'Business licensing service',
		definition: 'Kemampuan memandu dan memproses perizinan berusaha berbasis risiko sampai izin terbit.',
		levels: [
			[
				'Mengenal jenis izin dan tingkat risikonya',
				'Menyebutkan izin yang perlu untuk usaha kecil',
				'Membantu pemohon membuat akun'
			],
			[
				'Memproses izin berisiko rendah',
				'Memeriksa isian dan lampiran tanpa berkas ulang',
				'Memberi tahu status permohonan sebelum ditanya'
			],
			[
				'Memproses izin yang perlu pertimbangan teknis',
				'Mengatur jadwal peninjauan dengan dinas teknis',
				'Menyelesaikan keberatan pemohon'
			],
			[
				'Mengendalikan mutu perizinan',
				'Memantau izin yang lewat waktu dan sebabnya',
				'Menutup celah pungutan di luar ketentuan'
			],
			[
				'Menyederhanakan perizinan kota',
				'Mengusulkan penghapusan syarat yang tidak berguna',
				'Mengukur dampak kemudahan bagi pelaku usaha'
			]
		]
	}
];

/** What the first version had otherwise: it lacked the last two, and one was still called by an older name. */
export const FIRST_VERSION = {
	without: ['archive', 'permit'] as const,
	oldNames: { counter: 'Pelayanan loket', data: 'Aplikasi perkantoran' } as Readonly<Record<string, string>>,
	/** Only in the first: its work has moved to the ministry. */
	dropped: {
		key: 'typing',
		area: 'Komunikasi dan informatika',
		name: 'Pengetikan naskah dinas',
		nameEn: 'Typing of official letters',
		definition: 'Kemampuan mengetik naskah dinas dengan cepat dan sesuai tata naskah.',
		levels: [
			['Mengetik surat pendek', 'Mengetik dengan sepuluh jari', 'Memakai bentuk surat yang tersedia'],
			['Mengetik naskah panjang', 'Menyusun daftar isi', 'Memeriksa ejaan'],
			['Menata naskah rumit', 'Menyusun lampiran bertabel', 'Menjaga keseragaman bentuk'],
			['Membina pengetikan unit', 'Menyusun contoh naskah', 'Memeriksa naskah orang lain'],
			['Menetapkan tata naskah', 'Merumuskan bentuk baku', 'Melatih unit lain']
		]
	} satisfies TechnicalPlan
};

type RulePlan = { key: string; level: number; title?: string; postLevel?: '06'; unitKind?: string };
const titles = (key: string, levels: Readonly<Record<string, number>>): RulePlan[] =>
	Object.entries(levels).map(([title, level]) => ({ key, title, level }));

/** The decree on technical standards: counters of kecamatan, nurses and midwives, finance, planning, records, data. */
export const RULES: readonly RulePlan[] = [
	{ key: 'registration', title: 'Operator Layanan Operasional', unitKind: 'kecamatan', level: 2 },
	{ key: 'registration', title: 'Pengelola Layanan Operasional', unitKind: 'kecamatan', level: 2 },
	{ key: 'registration', title: 'Penata Layanan Operasional', unitKind: 'kecamatan', level: 3 },
	{ key: 'counter', postLevel: '06', unitKind: 'kecamatan', level: 2 },
	...titles('health', {
		'Perawat Terampil': 2,
		'Perawat Mahir': 3,
		'Perawat Penyelia': 3,
		'Perawat Ahli Pertama': 3,
		'Perawat Ahli Muda': 4,
		'Perawat Ahli Madya': 4,
		'Bidan Terampil': 2,
		'Bidan Mahir': 3,
		'Bidan Penyelia': 3,
		'Bidan Ahli Pertama': 3,
		'Bidan Ahli Muda': 4
	}),
	...titles('finance', {
		'Kepala Subbagian Keuangan': 3,
		'Analis Keuangan Pusat dan Daerah Ahli Pertama': 2,
		'Analis Keuangan Pusat dan Daerah Ahli Muda': 3,
		'Analis Keuangan Pusat dan Daerah Ahli Madya': 4
	}),
	...titles('budget', {
		'Kepala Subbagian Penyusunan Program': 3,
		'Perencana Ahli Pertama': 2,
		'Perencana Ahli Muda': 3,
		'Perencana Ahli Madya': 4
	}),
	...titles('data', { 'Pengolah Data dan Informasi': 3, 'Pengadministrasi Perkantoran': 2 }),
	...titles('archive', { 'Arsiparis Ahli Pertama': 2, 'Arsiparis Ahli Muda': 3 })
];
