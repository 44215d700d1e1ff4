import type { PlannedQuestion } from './model.ts';

/** Questions of the shorter programs, asked before and after. */
export const QUESTIONS: Readonly<Record<string, readonly PlannedQuestion[]>> = {
	LDK: [
		{
			stem: 'Apa tanda bahwa suatu layanan benar-benar sudah daring?',
			choices: [
				'Formulirnya bisa diunduh',
				'*Warga mengajukan, melacak, dan menerima hasilnya tanpa datang',
				'Ada nomor WhatsApp petugas',
				'Loketnya memakai komputer'
			],
			why: 'Daring berarti selesai dari awal sampai akhir.'
		},
		{
			stem: 'Warga lanjut usia tidak punya telepon pintar. Apa yang dilakukan kelurahan?',
			choices: [
				'Menolak sampai ia punya',
				'Menyuruhnya meminta tolong tetangga',
				'*Melayaninya di meja pendampingan dan mengisikan permohonan bersama',
				'Mencatat di buku dan menundanya'
			],
			why: 'Jalan bagi yang tidak bisa adalah bagian dari layanan, bukan pengecualian.'
		},
		{
			stem: 'Berkas warga masuk ke aplikasi pada pukul 15.50. Kapan waktu layanan mulai dihitung?',
			choices: [
				'Besok pagi, saat dibuka',
				'*Saat berkas lengkap diterima aplikasi',
				'Saat lurah menandatangani',
				'Setelah tiga hari kerja'
			],
			why: 'Aplikasi mencatat jam penerimaan; standar dihitung dari situ.'
		},
		{
			stem: 'Manakah yang boleh disimpan di telepon pribadi petugas?',
			choices: [
				'Foto KTP warga',
				'Foto KK warga',
				'*Tidak satu pun data warga',
				'Tangkapan layar permohonan'
			],
			why: 'Data warga hanya di sistem resmi.'
		},
		{
			stem: 'Data yang perlu dilihat lurah setiap minggu: (boleh lebih dari satu)',
			choices: [
				'*Jumlah permohonan yang melewati waktu standar',
				'*Alasan penolakan terbanyak',
				'Merek telepon warga',
				'*Jumlah warga yang didampingi'
			],
			why: 'Ketiganya menunjukkan apa yang harus diperbaiki.',
			outcome: 1
		},
		{
			stem: 'Aplikasi mati selama dua jam. Apa langkah pertama?',
			choices: [
				'Menutup loket',
				'*Melayani dengan cara manual, memberi nomor, dan memasukkannya ketika aplikasi hidup',
				'Menunggu pemberitahuan',
				'Meminta warga datang lusa'
			],
			why: 'Layanan berjalan terus; sistem cadangan disiapkan sebelum diperlukan.',
			outcome: 1
		}
	],
	KPK: [
		{
			stem: 'Warga datang dengan marah. Kalimat pertama yang menenangkan:',
			choices: [
				'"Tenang dulu, Pak!"',
				'*"Saya dengarkan, Pak. Ceritakan dari awal."',
				'"Itu bukan bagian saya."',
				'"Bapak salah paham."'
			],
			why: 'Orang menjadi tenang karena didengar, bukan karena disuruh tenang.'
		},
		{
			stem: 'Apa yang dicatat dari setiap keluhan? (boleh lebih dari satu)',
			choices: [
				'*Waktu dan tempat',
				'*Apa yang diharapkan warga',
				'*Nomor yang bisa dihubungi',
				'Pilihan politik warga'
			],
			why: 'Tiga yang pertama dibutuhkan untuk menyelesaikan dan mengabari.'
		},
		{
			stem: 'Keluhan di luar wewenang unit Anda sebaiknya…',
			choices: [
				'Ditolak',
				'Disimpan',
				'*Diteruskan, dan warga diberi tahu siapa yang menangani serta kapan dihubungi',
				'Dijawab dengan nomor telepon umum'
			],
			why: 'Warga tidak perlu tahu susunan kantor kita.'
		},
		{
			stem: 'Jawaban tertulis yang baik dimulai dengan…',
			choices: ['Dasar hukum lengkap', '*Jawabannya', 'Ucapan terima kasih dua paragraf', 'Riwayat surat'],
			why: 'Jawaban dulu, alasan kemudian.'
		},
		{
			stem: 'Dua puluh keluhan bulan ini, empat belas soal jam buka. Apa artinya?',
			choices: [
				'Warga kurang membaca',
				'*Jam buka atau cara mengumumkannya perlu diperbaiki',
				'Petugas kurang ramah',
				'Tidak ada yang perlu diubah'
			],
			why: 'Keluhan yang berulang adalah data tentang layanan, bukan tentang warga.'
		}
	],
	KBD: [
		{
			stem: 'Pertanyaan mana yang dapat dijawab dengan data?',
			choices: [
				'Apakah layanan kita sudah baik?',
				'*Apakah waktu tunggu rata-rata turun sejak loket cepat dibuka?',
				'Bagaimana supaya warga senang?',
				'Mengapa kita tertinggal?'
			],
			why: 'Pertanyaan yang baik menyebut ukuran, pembanding, dan waktu.'
		},
		{
			stem: 'Waktu tunggu turun di kecamatan yang dilatih, dan turun sama besar di yang tidak. Kesimpulannya?',
			choices: [
				'Pelatihan berhasil',
				'Pelatihan merugikan',
				'*Penurunan itu belum bisa dikaitkan dengan pelatihan',
				'Datanya salah'
			],
			why: 'Pembanding menunjukkan apa yang terjadi tanpa pelatihan.'
		},
		{
			stem: 'Rata-rata 15 menit, median 8 menit. Apa yang mungkin terjadi?',
			choices: [
				'Semua warga menunggu 15 menit',
				'*Beberapa warga menunggu sangat lama',
				'Datanya terbalik',
				'Loket kosong'
			],
			why: 'Nilai ekstrem menarik rata-rata ke atas.'
		},
		{
			stem: 'Apa yang ditulis dalam pilihan keputusan? (boleh lebih dari satu)',
			choices: ['*Biaya', '*Risiko', '*Akibat bila tidak berbuat apa-apa', 'Nama pengusul saja'],
			why: 'Pimpinan memilih di antara akibat, bukan di antara nama.'
		},
		{
			stem: 'Sampel 12 orang menunjukkan kenaikan kepuasan 2 poin dengan selang −3 sampai 7. Kalimat yang jujur:',
			choices: [
				'Kepuasan naik 2 poin',
				'Kepuasan tidak berubah',
				'*Belum ada bukti yang cukup bahwa kepuasan berubah',
				'Kepuasan naik 7 poin'
			],
			why: 'Selang yang melewati nol berarti belum ada bukti, bukan bukti tidak ada.'
		}
	]
};
