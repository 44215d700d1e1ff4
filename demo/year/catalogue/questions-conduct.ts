import type { PlannedQuestion } from './model.ts';

/** Questions of the programs on conduct, data and security, asked before and after. */
export const CONDUCT_QUESTIONS: Readonly<Record<string, readonly PlannedQuestion[]>> = {
	SIG: [
		{
			stem: 'Warga memberi bingkisan kue setelah suratnya selesai. Apa yang dilakukan petugas?',
			choices: [
				'Menerima karena nilainya kecil',
				'*Menolak dengan sopan; bila terlanjur, melaporkannya ke unit pengendalian gratifikasi',
				'Membaginya dengan teman satu ruangan',
				'Menerima di luar jam kerja'
			],
			why: 'Pemberian yang terkait pelayanan ditolak; yang tidak bisa ditolak dilaporkan.'
		},
		{
			stem: 'Adik ipar Anda ikut penawaran kegiatan yang Anda nilai. Langkah yang tepat:',
			choices: [
				'Menilai dengan lebih ketat',
				'*Menyatakan benturan kepentingan dan mundur dari penilaian itu',
				'Merahasiakannya',
				'Meminta adik ipar mundur'
			],
			why: 'Benturan kepentingan dinyatakan, lalu orang lain yang memutuskan.'
		},
		{
			stem: 'Manakah yang termasuk gratifikasi menurut undang-undang? (boleh lebih dari satu)',
			choices: ['*Tiket perjalanan', '*Diskon khusus', '*Pinjaman tanpa bunga', 'Gaji bulanan'],
			why: 'Gratifikasi adalah pemberian dalam arti luas (UU 20/2001 Pasal 12B).'
		},
		{
			stem: 'Berapa lama batas melaporkan gratifikasi kepada KPK sejak diterima?',
			choices: ['7 hari kalender', '*30 hari kerja', '90 hari', '1 tahun'],
			why: 'Tiga puluh hari kerja sejak gratifikasi diterima.'
		},
		{
			stem: 'Rekan meminta Anda memundurkan tanggal surat. Anda…',
			choices: [
				'Melakukannya sekali saja',
				'*Menolak dan menjelaskan akibatnya, lalu mencari jalan yang sah',
				'Meminta atasan melakukannya',
				'Diam'
			],
			why: 'Tanggal mundur adalah pemalsuan, sekecil apa pun suratnya.'
		}
	],
	PDP: [
		{
			stem: 'Dasar utama kantor pemerintah memproses data warga adalah…',
			choices: [
				'Persetujuan warga di setiap formulir',
				'*Kewajiban hukum dan tugas kepentingan umum',
				'Kebiasaan kantor',
				'Izin atasan'
			],
			why: 'Dasarnya tugas dan kewajiban hukum (UU 27/2022 Pasal 20); tujuannya tetap harus disebut.'
		},
		{
			stem: 'Terjadi kebocoran data. Paling lambat kapan warga dan lembaga diberi tahu?',
			choices: ['*3 × 24 jam', '7 hari', '14 hari', '30 hari'],
			why: 'Pasal 46: paling lambat 3 × 24 jam, tertulis.'
		},
		{
			stem: 'Manakah data pribadi yang bersifat spesifik? (boleh lebih dari satu)',
			choices: ['*Data kesehatan', '*Data anak', '*Data keuangan pribadi', 'Nama lengkap'],
			why: 'Nama adalah data umum; tiga lainnya dijaga lebih ketat.'
		},
		{
			stem: 'Daftar penerima bantuan akan ditempel. Apa yang cukup dicantumkan?',
			choices: [
				'Nama, NIK, alamat lengkap, nomor telepon',
				'*Nama dan lingkungan, selebihnya dapat ditanyakan di loket',
				'NIK dan tanggal lahir',
				'Foto KTP'
			],
			why: 'Cukup yang diperlukan untuk tujuannya.'
		},
		{
			stem: 'Warga meminta datanya diperbaiki. Petugas…',
			choices: [
				'Meminta warga ke pengadilan',
				'*Menerima permintaan, mencatat, dan memeriksa buktinya',
				'Menolak karena data sudah dicetak',
				'Menyuruh menunggu tahun depan'
			],
			why: 'Melengkapi dan memperbaiki data adalah hak (Pasal 6).'
		}
	],
	KID: [
		{
			stem: 'Kata sandi yang paling kuat di antara ini:',
			choices: ['Medan2026!', '*empat-becak-biru-menari', 'P@ssw0rd', '12345678'],
			why: 'Panjang lebih kuat daripada rumit.'
		},
		{
			stem: 'Pesan mengaku dari BKD meminta kode OTP "untuk sinkronisasi". Anda…',
			choices: [
				'Mengirimnya',
				'*Tidak mengirim dan melaporkannya',
				'Mengirim separuh angka',
				'Meminta teman mengirim'
			],
			why: 'Kode sekali pakai tidak pernah diminta siapa pun.'
		},
		{
			stem: 'Apa gunanya verifikasi dua langkah?',
			choices: [
				'Mempercepat masuk',
				'*Pencuri kata sandi tetap tidak bisa masuk',
				'Mengganti kata sandi',
				'Menyimpan cadangan data'
			],
			why: 'Kata sandi yang bocor saja tidak cukup.'
		},
		{
			stem: 'Tanda pesan penipuan: (boleh lebih dari satu)',
			choices: [
				'*Mendesak dan mengancam',
				'*Alamat tautan mirip tetapi berbeda',
				'*Meminta kata sandi',
				'Memakai salam'
			],
			why: 'Tiga tanda itu sering muncul bersama.'
		},
		{
			stem: 'Anda meninggalkan meja sebentar. Layar komputer…',
			choices: ['Dibiarkan', '*Dikunci', 'Dimiringkan', 'Diredupkan'],
			why: 'Satu menit cukup untuk membuka data warga.'
		},
		{
			stem: 'Anda terlanjur membuka lampiran mencurigakan. Langkah pertama?',
			choices: [
				'Menghapus pesan diam-diam',
				'*Memutus jaringan dan segera melapor ke tim keamanan',
				'Menyalakan ulang dan berharap baik',
				'Menunggu sampai ada gejala'
			],
			why: 'Lapor cepat menyelamatkan yang lain; tidak ada hukuman untuk yang melapor.'
		}
	],
	ELP: [
		{
			stem: 'Berorientasi Pelayanan dalam BerAKHLAK berarti…',
			choices: [
				'Melayani pimpinan lebih dulu',
				'*Memahami dan memenuhi kebutuhan masyarakat',
				'Menyelesaikan laporan tepat waktu',
				'Hadir setiap apel'
			],
			why: 'Pusatnya adalah masyarakat.'
		},
		{
			stem: 'Cara terbaik mengetahui kebutuhan warga:',
			choices: [
				'Menebak dari pengalaman',
				'*Bertanya dan mengamati langsung',
				'Menunggu keluhan',
				'Membaca peraturan'
			],
			why: 'Bertanya dan mengamati menemukan yang tidak tertulis.'
		},
		{
			stem: 'Manakah perilaku yang dapat diamati? (boleh lebih dari satu)',
			choices: [
				'*Menyapa warga dalam satu menit',
				'Berhati mulia',
				'*Menyebut alasan ketika menolak',
				'*Mengabari hasil pengaduan'
			],
			why: 'Nilai baru berguna bila menjadi perilaku yang terlihat.'
		},
		{
			stem: 'Perbaikan layanan yang baik dimulai dari…',
			choices: [
				'Anggaran besar',
				'*Satu hal kecil yang bisa dicoba minggu ini',
				'Studi banding',
				'Aplikasi baru'
			],
			why: 'Coba kecil, ukur, lalu perluas.'
		},
		{
			stem: 'Warga datang lima menit sebelum loket tutup. Anda…',
			choices: [
				'Menyuruh kembali besok',
				'*Menerima berkasnya dan menjelaskan kapan selesai',
				'Mematikan lampu',
				'Meminta satpam menjelaskan'
			],
			why: 'Yang datang pada jam layanan, dilayani.'
		},
		{
			stem: 'Ukuran mana yang paling dekat dengan pengalaman warga?',
			choices: ['Jumlah rapat', '*Lama menunggu sampai dilayani', 'Jumlah surat keluar', 'Jumlah pegawai'],
			why: 'Ukur yang dirasakan warga.'
		}
	],
	PIK: [
		{
			stem: 'Undang-undang yang menjamin hak penyandang disabilitas atas layanan publik:',
			choices: ['UU 5/2014', '*UU 8/2016', 'UU 23/2014', 'UU 14/2008'],
			why: 'UU 8/2016 tentang Penyandang Disabilitas.'
		},
		{
			stem: 'Seorang netra harus menandatangani surat. Petugas sebaiknya…',
			choices: [
				'Menandatangani untuknya',
				'*Membacakan isi surat lebih dulu dan menunjukkan tempat tanda tangan',
				'Meminta pendamping menandatangani',
				'Menolak surat itu'
			],
			why: 'Ia menandatangani sesuatu yang ia pahami.'
		},
		{
			stem: 'Rekan kerja membuat lelucon tentang suku. Sikap yang tepat:',
			choices: [
				'Ikut tertawa supaya akrab',
				'*Menghentikannya dengan tenang dan menjelaskan mengapa tidak pantas',
				'Membalas dengan lelucon lain',
				'Merekamnya untuk disebarkan'
			],
			why: 'Suasana kerja yang aman dijaga oleh semua.'
		},
		{
			stem: 'Jadwal pelatihan jatuh pada hari raya salah satu agama. Anda…',
			choices: [
				'Melanjutkan karena pesertanya sedikit',
				'*Menggeser jadwal atau memberi angkatan pengganti',
				'Meminta peserta itu cuti',
				'Mencatatnya tidak hadir'
			],
			why: 'Adil berarti setiap orang punya kesempatan yang sama untuk ikut.'
		},
		{
			stem: 'Contoh akses yang dibutuhkan di loket: (boleh lebih dari satu)',
			choices: [
				'*Jalan landai',
				'*Meja yang dapat dicapai kursi roda',
				'*Pengumuman suara dan tulisan',
				'Ruang rokok'
			],
			why: 'Akses dibuat untuk beragam kebutuhan.'
		}
	],
	MPK: [
		{
			stem: 'Bawahan menolak cara kerja baru. Yang pertama dilakukan pimpinan:',
			choices: [
				'Memberi teguran',
				'*Mendengar kekhawatirannya',
				'Mengganti orangnya',
				'Membatalkan perubahan'
			],
			why: 'Penolakan sering memuat keterangan tentang risiko yang nyata.'
		},
		{
			stem: 'Tanda bahwa perubahan sudah menetap:',
			choices: [
				'Surat edarannya terbit',
				'*Pekerjaan tetap berjalan dengan cara baru ketika pimpinan tidak ada',
				'Semua peserta hadir saat sosialisasi',
				'Spanduknya terpasang'
			],
			why: 'Kebiasaan, bukan surat, yang menandai perubahan.'
		},
		{
			stem: 'Rencana 90 hari yang baik memuat: (boleh lebih dari satu)',
			choices: [
				'*Ukuran sebelum dan sesudah',
				'*Penanggung jawab tiap langkah',
				'*Tanggal periksa',
				'Daftar semua keluhan lama'
			],
			why: 'Tanpa ukuran dan tanggal, rencana hanya niat.'
		},
		{
			stem: 'Kemenangan kecil pada bulan pertama berguna karena…',
			choices: [
				'Anggaran cepat terserap',
				'*Orang percaya bahwa perubahan mungkin dan berguna',
				'Laporan menjadi tebal',
				'Pekerjaan menjadi sedikit'
			],
			why: 'Bukti dekat lebih meyakinkan daripada janji jauh.'
		},
		{
			stem: 'Siapa yang sebaiknya ikut merancang perubahan loket?',
			choices: [
				'Hanya kepala seksi',
				'*Petugas loket dan warga pengguna',
				'Hanya konsultan',
				'Hanya bagian hukum'
			],
			why: 'Yang mengerjakan dan yang memakai tahu di mana sakitnya.'
		}
	]
};
