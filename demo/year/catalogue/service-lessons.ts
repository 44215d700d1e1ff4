import type { PlannedLesson } from './model.ts';

/** Lessons of Pelayanan Publik Prima, module by module. Law: UU 25/2009, PermenPANRB 15/2014 and 14/2017; own wording. */
export const SERVICE_LESSONS: readonly (readonly PlannedLesson[])[] = [
	[
		{
			title: 'Standar pelayanan: janji yang bisa diperiksa',
			minutes: 20,
			body: `## Mengapa ada standar

Warga datang ke loket dengan satu pertanyaan: *apa yang harus saya bawa, berapa lama, dan berapa biayanya?* Standar pelayanan menjawab tiga hal itu sebelum warga bertanya. UU 25/2009 tentang Pelayanan Publik mewajibkan setiap penyelenggara menyusun, menetapkan, dan mengumumkan standar pelayanan.

## Isi yang dibaca warga

- **Persyaratan**: dokumen yang benar-benar dipakai, bukan yang "biasanya diminta".
- **Prosedur**: langkah dari datang sampai selesai, cukup satu gambar.
- **Waktu penyelesaian**: dihitung sejak berkas lengkap.
- **Biaya**: termasuk bila gratis, tulis "gratis".
- **Produk**: surat atau layanan apa yang diterima.
- **Pengaduan**: ke mana mengadu dan kapan dijawab.

## Dipasang di tempat yang terlihat

Standar yang tersimpan di lemari sama dengan tidak ada. Tempelkan di depan loket, setinggi mata, huruf cukup besar untuk dibaca dari kursi tunggu, dan unggah di laman kecamatan.

## Latihan

Ambil satu layanan di loket Anda. Hitung dokumen yang diminta. Untuk tiap dokumen jawab: *siapa yang memakainya, dan untuk apa?* Dokumen tanpa jawaban diusulkan dihapus.`
		},
		{
			title: 'Maklumat pelayanan dan kompensasi',
			minutes: 12,
			body: `## Maklumat

Maklumat pelayanan adalah pernyataan kesanggupan penyelenggara untuk melayani sesuai standar. Maklumat ditandatangani pimpinan unit dan dipasang bersama standarnya.

## Bila janji tidak ditepati

Maklumat yang baik menyebut apa yang terjadi bila janji meleset, misalnya surat diantar ke rumah atau warga didahulukan pada kunjungan berikutnya. Kompensasi tidak harus uang. Yang penting: warga tahu, petugas sanggup, dan pimpinan memeriksa.

## Tiga pertanyaan untuk unit Anda

1. Kapan maklumat terakhir diperbarui?
2. Apakah petugas baru pernah membacanya?
3. Berapa kali bulan lalu waktu penyelesaian terlewati, dan apa sebabnya?`
		}
	],
	[
		{
			title: 'Menyambut, mendengar, menjelaskan',
			minutes: 15,
			body: `## Satu menit pertama

Warga menilai layanan sejak mata bertemu. Berdiri atau mengangguk, sapa, sebut nama bila sudah tahu, lalu tanyakan keperluan. Letakkan telepon genggam di laci.

## Mendengar sampai selesai

Ulangi keperluan warga dengan kalimat sendiri: "Jadi Ibu perlu surat keterangan domisili untuk mendaftar sekolah anak, betul?" Satu kalimat ini mencegah separuh salah paham.

## Bahasa sederhana

Ganti istilah kantor dengan kata sehari-hari:

- "legalisir" menjadi "dicap sesuai aslinya"
- "yang bersangkutan" menjadi nama orangnya
- "berkas dikembalikan untuk dilengkapi" menjadi "yang kurang hanya fotokopi KK; bisa dikirim lewat telepon"

## Menolak tanpa melukai

Sebut **alasan**, sebut **dasarnya**, sebut **jalan keluarnya**. Jangan pernah menolak hanya dengan "tidak bisa".`
		},
		{
			title: 'Warga dengan kebutuhan khusus',
			minutes: 12,
			body: `## Siapa yang didahulukan

Lanjut usia, ibu hamil, orang tua dengan anak kecil, dan penyandang disabilitas didahulukan. Ini perintah undang-undang, bukan kebaikan hati.

## Cara membantu

- Tanyakan dulu: "Bagaimana saya bisa membantu?" Jangan langsung memegang kursi roda atau lengan.
- Bicara kepada orangnya, bukan kepada pendampingnya.
- Warga tuli: hadapkan wajah ke cahaya, bicara wajar, sediakan kertas atau layar untuk menulis.
- Warga netra: sebutkan nama dan tugas Anda, bacakan isi surat sebelum ditandatangani.

## Periksa loket Anda

Apakah ada kursi prioritas, jalan landai, dan meja yang dapat dicapai dari kursi roda? Catat satu hal yang bisa diperbaiki minggu ini tanpa anggaran.`
		}
	],
	[
		{
			title: 'Antrean: dari mana lamanya menunggu',
			minutes: 20,
			body: `## Dua angka yang menentukan

Lama menunggu tumbuh dari dua hal: **berapa sering warga datang** dan **berapa lama satu layanan**. Bila loket sibuk 90 persen waktunya, sedikit saja kedatangan menumpuk membuat antrean memanjang tajam. Menurunkan kesibukan dari 90 ke 75 persen sering memangkas waktu tunggu lebih dari separuh.

## Hukum Little

Rata-rata orang yang menunggu = kedatangan per menit × rata-rata menit menunggu. Dengan nomor antrean kita tahu keduanya: catat jam ambil nomor dan jam dipanggil, selama satu minggu.

## Langkah yang terbukti ringan

1. **Pisahkan jalur cepat**: layanan di bawah lima menit punya loket sendiri pada jam sibuk.
2. **Periksa berkas di awal**: petugas penerima memeriksa kelengkapan sebelum nomor diambil, sehingga tidak ada yang menunggu satu jam lalu pulang.
3. **Ratakan kedatangan**: umumkan jam sepi, tawarkan janji temu lewat pesan.
4. **Istirahat bergantian**: loket tidak pernah kosong antara pukul 12.00 dan 13.00.

## Latihan

Gambar grafik jumlah warga per jam di kecamatan Anda. Tandai dua jam tersibuk. Siapa yang bisa dipindah ke loket pada jam itu?`
		},
		{
			title: 'Layanan digital yang tidak meninggalkan siapa pun',
			minutes: 15,
			body: `## Tujuan layanan digital

Layanan daring bukan supaya petugas menganggur, tetapi supaya warga yang bisa, tidak perlu datang, dan warga yang datang dilayani lebih cepat.

## Tiga syarat

- **Selesai dari awal sampai akhir.** Formulir daring yang tetap harus diambil ke kantor hanya memindahkan antrean.
- **Bisa dilacak.** Warga menerima nomor permohonan dan tahu statusnya.
- **Ada jalan bagi yang tidak bisa.** Meja pendampingan dengan satu petugas dan satu komputer.

## Menjaga data

Foto KTP di grup percakapan adalah kebocoran data. Gunakan aplikasi resmi, hapus berkas dari telepon pribadi, kunci layar saat meninggalkan meja. UU 27/2022 melindungi data pribadi warga, dan petugas ikut bertanggung jawab.`
		}
	],
	[
		{
			title: 'Pengaduan adalah hadiah',
			minutes: 15,
			body: `## Sikap pertama

Warga yang mengadu masih percaya kita bisa berubah. Yang berbahaya adalah warga yang diam lalu bercerita kepada semua tetangganya.

## Empat langkah

1. **Terima**: catat waktu, keperluan, dan nomor yang bisa dihubungi.
2. **Akui**: "Saya mengerti Bapak sudah dua kali datang. Itu memang merepotkan."
3. **Selesaikan atau teruskan**: bila di luar wewenang, sebut siapa yang akan menghubungi dan kapan.
4. **Kabari**: hubungi kembali walaupun jawabannya belum ada.

Pengaduan lewat SP4N-LAPOR! ditindaklanjuti oleh pengelola yang ditunjuk; petugas loket wajib tahu siapa pengelola di unitnya.

## Survei Kepuasan Masyarakat

PermenPANRB 14/2017 meminta survei sekurangnya sekali setahun dengan sembilan unsur. Nilai tiap unsur 1 sampai 4; rata-ratanya dikalikan 25 menjadi IKM. Tiga unsur yang paling mungkin berubah oleh pelatihan: **waktu penyelesaian**, **kompetensi pelaksana**, dan **perilaku pelaksana**.

## Latihan

Baca sepuluh pengaduan terakhir di unit Anda. Kelompokkan. Pilih satu kelompok dan tulis satu perbaikan yang dapat dimulai hari Senin.`
		}
	]
];
