import type { PlannedLesson } from './model.ts';

/** Lessons of the shorter programs, module by module; programs that are not here are taught without online material. */
export const LESSONS: Readonly<Record<string, readonly (readonly PlannedLesson[])[]>> = {
	LDK: [
		[
			{
				title: 'Satu permohonan, dari warga sampai arsip',
				minutes: 12,
				body: `## Ikuti satu permohonan

Ambil satu surat keterangan domisili. Tulis setiap tangan yang menyentuhnya: warga, petugas penerima, verifikator, lurah, arsip. Di setiap perpindahan tanyakan: *berapa lama menunggu di sini?* Biasanya sembilan dari sepuluh jam adalah menunggu, bukan bekerja.

## Yang diubah layanan daring

- Berkas diperiksa begitu masuk, bukan ketika antrean sampai.
- Lurah menandatangani secara elektronik, sehingga ketidakhadiran tidak menghentikan layanan.
- Arsip tersimpan sendiri, dapat dicari dengan nama atau nomor.`
			}
		],
		[
			{
				title: 'Latihan: memproses sepuluh permohonan',
				minutes: 20,
				body: `## Kerjakan

1. Buka sepuluh permohonan contoh.
2. Tandai yang kurang lengkap dan tulis alasan dengan satu kalimat sederhana.
3. Kembalikan yang kurang, teruskan yang lengkap.
4. Catat waktu Anda.

## Periksa sendiri

Apakah alasan yang Anda tulis dapat dimengerti oleh orang yang tidak pernah bekerja di kantor? Bacakan kepada teman di sebelah.`
			}
		],
		[
			{
				title: 'Mendampingi tanpa mengambil alih',
				minutes: 10,
				body: `## Duduk di samping

Biarkan warga memegang sendiri telepon atau tetikusnya. Tunjukkan, jangan rebut. Sekali berhasil sendiri, kali berikutnya ia tidak perlu datang.

## Yang selalu dikatakan

- Data apa yang diminta dan untuk apa.
- Bagaimana melihat status permohonan.
- Ke mana bertanya bila macet.`
			}
		]
	],
	KID: [
		[
			{
				title: 'Kata sandi panjang dan dua langkah',
				minutes: 10,
				body: `## Panjang lebih baik daripada rumit

Empat kata yang tidak berhubungan lebih kuat dan lebih mudah diingat daripada "M3d@n26!". Jangan memakai kata sandi yang sama di dua tempat: satu bocor, semua terbuka.

## Dua langkah

Verifikasi dua langkah meminta kode dari telepon setelah kata sandi. Simpan kode cadangan di kertas, di tempat terkunci, supaya telepon hilang tidak mengunci Anda.`
			}
		],
		[
			{
				title: 'Mengenali pesan penipuan',
				minutes: 10,
				body: `## Tiga tanda

1. **Mendesak**: "hari ini juga", "akun diblokir".
2. **Meminta rahasia**: kata sandi, kode OTP, foto KTP.
3. **Alamat yang mirip**: asn-bkn.co, bukan bkn.go.id.

## Bila ragu

Tutup pesannya. Hubungi pengirim lewat nomor yang Anda tahu sendiri. Melapor salah tidak apa-apa; diam yang berbahaya.`
			}
		]
	],
	ELP: [
		[
			{
				title: 'Siapa yang kita layani?',
				minutes: 10,
				body: `## Lihat dari kursi tunggu

Duduklah sepuluh menit di kursi tunggu kantor Anda sendiri. Apa yang terlihat? Apakah jelas ke loket mana? Siapa yang bingung, dan di mana?

## Tanyakan tiga hal

- Dari mana Bapak atau Ibu tahu syaratnya?
- Sudah berapa kali datang untuk urusan ini?
- Bagian mana yang paling merepotkan?

Lima percakapan sudah cukup untuk menemukan satu perbaikan.`
			}
		],
		[
			{
				title: 'Dari nilai ke perilaku',
				minutes: 10,
				body: `## Nilai harus bisa dilihat

"Ramah" tidak dapat diperiksa. "Menyapa setiap warga dalam satu menit" dapat. Ubah tiga nilai di unit Anda menjadi perilaku yang dapat dilihat orang lain.

## Contoh

- *Solutif*: menyebut jalan keluar setiap kali menolak.
- *Cekatan*: berkas lengkap diproses hari itu juga.
- *Dapat diandalkan*: mengabari hasil pada hari yang dijanjikan.`
			}
		],
		[
			{
				title: 'Memperbaiki satu layanan',
				minutes: 12,
				body: `## Coba kecil

Pilih satu layanan. Ukur seminggu. Ubah satu hal saja. Ukur lagi seminggu. Bandingkan dengan loket yang tidak diubah: bila keduanya membaik, mungkin sebabnya bukan perubahan Anda.

## Tulis

Satu halaman: masalah, perubahan, angka sebelum, angka sesudah, dan apa yang akan dilakukan berikutnya.`
			}
		]
	],
	KPK: [
		[
			{
				title: 'Dari marah menjadi paham',
				minutes: 12,
				body: `## Urutannya selalu sama

Perasaan dulu, perkara kemudian. Orang yang belum merasa didengar tidak mendengar penjelasan, sebaik apa pun penjelasan itu.

## Kalimat yang membantu

- "Ceritakan dari awal, saya catat."
- "Sudah dua kali datang, tentu melelahkan."
- "Yang bisa saya kerjakan sekarang adalah …"

## Kalimat yang memperburuk

- "Tenang dulu."
- "Itu bukan bagian saya."
- "Seharusnya Bapak membaca pengumuman."`
			}
		],
		[
			{
				title: 'Menulis jawaban yang jelas',
				minutes: 10,
				body: `## Jawaban dulu

Baris pertama memuat jawabannya: ya, tidak, atau kapan. Baris berikutnya alasan. Dasar hukum di akhir, cukup satu baris.

## Periksa

Bacakan keras-keras. Kalimat yang membuat Anda kehabisan napas dipotong dua.`
			}
		],
		[
			{
				title: 'Keluhan sebagai data',
				minutes: 10,
				body: `## Hitung, lalu kelompokkan

Sepuluh keluhan yang sama bukan sepuluh warga yang cerewet, melainkan satu cacat layanan. Setiap bulan tulis tiga kelompok keluhan terbesar dan satu tindakan untuk yang teratas.`
			}
		]
	],
	PDP: [
		[
			{
				title: 'Data warga di meja kita',
				minutes: 15,
				body: `## Apa yang diminta UU 27/2022

- Data dikumpulkan untuk tujuan yang disebut, secukupnya.
- Warga berhak melihat, melengkapi, dan memperbaiki datanya.
- Kebocoran diberitahukan paling lambat 3 × 24 jam.

## Kebiasaan yang dihentikan hari ini

- Foto KTP di grup percakapan.
- Fotokopi KK dipakai sebagai kertas bekas.
- Daftar penerima bantuan dengan NIK lengkap di papan pengumuman.`
			}
		]
	]
};
