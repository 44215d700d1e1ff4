/** Free words of participants: what they will use, and what should change. Invented, and nobody is named. */
export const WILL_USE: Readonly<Record<string, readonly string[]>> = {
	PPP: [
		'Memeriksa kelengkapan berkas sebelum warga mengambil nomor.',
		'Mencatat jam ambil nomor dan jam dipanggil selama seminggu.',
		'Menjelaskan alasan penolakan beserta jalan keluarnya.',
		'Membuka jalur cepat pukul 9 sampai 11.'
	],
	LDK: ['Meja pendampingan di kelurahan.', 'Menulis alasan pengembalian dengan satu kalimat sederhana.'],
	KPK: ['Mengulang keluhan warga dengan kalimat saya sendiri.', 'Jawaban di baris pertama surat.'],
	APB: ['Asesmen awal sebelum materi baru.', 'Membaca rapor pendidikan bersama guru lain.'],
	KTP: ['Bertanya dulu apa yang pasien khawatirkan.', 'Duduk sejajar ketika menyampaikan kabar sulit.'],
	KBD: ['Menulis pembanding dalam setiap usulan.'],
	MPK: ['Rencana 90 hari untuk pendaftaran daring.']
};
export const ANY_USE = [
	'Catatan langkah-langkahnya saya tempel di meja.',
	'Akan saya bagikan pada rapat hari Senin.',
	'Belum tahu, masih harus dibicarakan dengan atasan.',
	'Contoh kasusnya langsung bisa dipakai.'
];
export const SHOULD_CHANGE = [
	'Waktunya terlalu padat, loket kami ditinggal.',
	'Ruangan panas dan suara dari aula sebelah mengganggu.',
	'Tambah praktik, kurangi ceramah.',
	'Mohon jadwal dikabari lebih awal.',
	'Jaringan internet sering putus waktu latihan.',
	'Materi digital masih terlalu dangkal.',
	'Lebih baik dua kali setengah hari daripada sehari penuh.'
];

/** What is still unclear at the end of a session. */
export const UNCLEAR: readonly string[] = [
	'Kapan keluhan harus diteruskan ke atasan.',
	'Beda antara standar pelayanan dan maklumat pelayanan.',
	'Cara menghitung waktu tunggu dari log antrean.',
	'Apa yang boleh dijanjikan kepada warga bila berkasnya kurang.',
	'Siapa yang mengisi formulir kendala bila loket ramai.'
];
