/** What was said in the demo's focus groups. Invented; people are called by their part, and nobody is named. */
export type PlannedPassage = {
	question: number;
	speaker: string;
	said: string;
	/** Codes that count, and the second coder's where there is one. */
	codes: readonly string[];
	second: readonly string[];
	shared: boolean;
};

/** One line: question, speaker, codes, second codes, shareable ("+") or not, what was said. */
const passages = (text: string): PlannedPassage[] =>
	text
		.trim()
		.split('\n')
		.map((line) => {
			const [question = '1', speaker = '', codes = '', second = '', shared = '', said = ''] = line
				.split('|')
				.map((part) => part.trim());
			const list = (part: string) => part.split(' ').filter((code) => code !== '');
			return {
				question: Number(question),
				speaker,
				codes: list(codes),
				second: list(second),
				shared: shared === '+',
				said
			};
		});

/** After a class at the counter: coded by two people. */
export const AFTER_CLASS = passages(`
1 | Peserta 1, kecamatan | MANFAAT | MANFAAT | + | Yang paling saya ingat: antrean itu diukur dulu, baru diatur. Besoknya langsung kami catat jam panggilnya.
1 | Peserta 3, kelurahan | MANFAAT | MANFAAT | + | Cara menjelaskan berkas yang kurang dengan satu kalimat. Sekarang warga tidak bolak-balik.
1 | Peserta 5, kecamatan | PENGAJAR | PENGAJAR | | Pengajarnya sabar, mau mengulang sampai kami bisa.
2 | Peserta 2, kecamatan | CONTOH | CONTOH | + | Contohnya dari bank. Di loket kami orang datang dengan map plastik, bukan nomor rekening.
2 | Peserta 4, kelurahan | CONTOH | CONTOH | + | Kalau kasusnya KTP dan kartu keluarga, pasti lebih kena.
2 | Peserta 6, kecamatan | CONTOH PRAKTIK | PRAKTIK | | Latihannya membaca kasus, padahal kami perlu menghadapi orang yang marah.
3 | Peserta 1, kecamatan | WAKTU | WAKTU | | Sesudah makan siang hari kedua saya sudah tidak ikut lagi, terlalu padat.
3 | Peserta 7, kelurahan | BAHAN | BAHAN | | Istilah di salindia hitungan antrean banyak yang baru kami dengar.
4 | Peserta 2, kecamatan | PRAKTIK | PRAKTIK | + | Praktik di loket tiruan hanya sekali, giliran saya tiga menit.
4 | Peserta 3, kelurahan | PRAKTIK | PRAKTIK | + | Seharian mendengarkan, mencobanya sebentar. Harusnya dibalik.
4 | Peserta 4, kelurahan | PRAKTIK | PRAKTIK | | Saya belum sempat mencoba peran petugas, hanya jadi warga.
5 | Peserta 5, kecamatan | ALAT | ALAT | + | Mesin nomor antrean di kantor kami rusak sejak tahun lalu.
5 | Peserta 6, kecamatan | ATASAN | ATASAN | | Pulang dari pelatihan saya dipindah ke bagian umum, jadi belum terpakai.
5 | Peserta 7, kelurahan | ATASAN WAKTU | ATASAN | | Atasan setuju, tetapi loket hanya berdua. Tidak ada waktu mengatur ulang.
6 | Peserta 1, kecamatan | PRAKTIK | PRAKTIK WAKTU | + | Kalau boleh satu saja: tambah waktu mencoba, walaupun jadi tiga hari.
6 | Peserta 2, kecamatan | CONTOH | CONTOH | | Pakai rekaman dari loket sendiri sebagai bahan.
`);

/** Some months later, back at work: people of several classes, coded by one. */
export const BACK_AT_WORK = passages(`
1 | Peserta 1, kecamatan | MANFAAT | | + | Jalur cepat pukul sembilan sampai sebelas masih jalan, antrean pagi lebih pendek.
1 | Peserta 2, kelurahan | MANFAAT | | | Saya menulis alasan pengembalian di kertas kecil, warga membawanya pulang.
2 | Peserta 3, kecamatan | MANFAAT | | + | Waktu pendaftaran sekolah ramai sekali, tetapi karena jam panggil dicatat kami tahu kapan menambah petugas.
3 | Peserta 4, kelurahan | PRAKTIK | | + | Menghadapi warga yang membentak tidak pernah kami latih. Itu yang terjadi tiap minggu.
3 | Peserta 1, kecamatan | ALAT | | + | Lembar catatnya bagus, tetapi komputernya satu dipakai bertiga.
3 | Peserta 5, kecamatan | ALAT | | | Jaringan putus hampir tiap siang, jadi kembali ke tulis tangan.
4 | Peserta 2, kelurahan | ATASAN | | + | Atasan kami ikut melihat angka antrean tiap Senin. Itu yang membuat jalan terus.
4 | Peserta 6, kecamatan | ATASAN | | | Belum pernah ditanya sekalipun sejak pulang pelatihan.
5 | Peserta 3, kecamatan | MANFAAT | | | Rekan di loket sebelah sekarang minta lembar yang sama.
6 | Peserta 4, kelurahan | PRAKTIK | | | Seharusnya diajarkan sambil duduk di loket, bukan di aula.
6 | Peserta 5, kecamatan | CONTOH | | + | Kasus orang tua dan penyandang disabilitas tidak ada, padahal tiap hari datang.
6 | Peserta 6, kecamatan | PRAKTIK BAHAN | | | Hitungan antrean perlu dicoba dengan angka kami sendiri.
`);

/** Still being coded on the day somebody opens the demo. */
export const STILL_CODING = passages(`
1 | Peserta 1, kelurahan | MANFAAT | | | Meja pendampingan ramai sejak hari pertama.
2 | Peserta 2, kelurahan | CONTOH | | | Layar latihannya berbeda dengan aplikasi yang kami pakai.
3 | Peserta 3, kelurahan | WAKTU | | | Setengah hari terlalu singkat untuk enam layanan.
4 | Peserta 1, kelurahan | | | | Kami ingin mencoba mendampingi warga sungguhan.
5 | Peserta 4, kelurahan | | | | Warga banyak yang tidak punya surel, itu tidak dibahas.
6 | Peserta 2, kelurahan | | | | Tambah latihan menolong orang tua memakai gawai.
`);

export type PlannedFinding = {
	/** Program whose curriculum in force it is about. */
	code: string;
	statement: string;
	evidence: string;
	severity: 'high' | 'medium' | 'low';
	/** Theme that it rests on. */
	theme?: string;
	/** Written by who teaches a class of it rather than by the office: the other side is told then. */
	byTeacher?: boolean;
	/** Weeks before today: written, and answered. */
	week: number;
	answered?: { week: number; decision: 'adopted' | 'partly' | 'declined'; answer: string };
};

export const FINDINGS: readonly PlannedFinding[] = [
	{
		code: 'PPP',
		statement: 'Waktu mencoba sendiri di loket tiruan terlalu sedikit dibanding waktu mendengarkan.',
		evidence: '“Kurang praktik” muncul di kedua kelompok diskusi, dari kecamatan dan kelurahan.',
		severity: 'high',
		theme: 'PRAKTIK',
		week: -6,
		answered: {
			week: -4,
			decision: 'adopted',
			answer:
				'Mulai kelas berikutnya modul 2 memakai loket tiruan sepanjang setengah hari: setiap peserta dua kali menjadi petugas. Ceramahnya dipindahkan menjadi bacaan sebelum kelas.'
		}
	},
	{
		code: 'PPP',
		statement: 'Contoh kasus diambil dari bank dan tidak menyerupai loket kecamatan dan kelurahan.',
		evidence: 'Empat kutipan di kelompok diskusi setelah kelas, satu di kelompok diskusi di tempat kerja.',
		severity: 'medium',
		theme: 'CONTOH',
		week: -5,
		answered: {
			week: -3,
			decision: 'partly',
			answer:
				'Kasus KTP, kartu keluarga, dan surat pindah menggantikan dua dari tiga kasus bank. Rekaman dari loket sendiri belum dipakai: izin warga yang terekam belum diatur.'
		}
	},
	{
		code: 'PPP',
		statement: 'Peserta meminta pelatihan diperpanjang dari dua menjadi tiga hari.',
		evidence: 'Disebut dua kali di kelompok diskusi dan beberapa kali di formulir.',
		severity: 'low',
		byTeacher: true,
		week: -5,
		answered: {
			week: -3,
			decision: 'declined',
			answer:
				'Tetap seperti sekarang: loket di kelurahan dijaga dua orang dan tidak dapat ditinggal lebih lama. Waktu praktik ditambah dengan mengurangi ceramah.'
		}
	},
	{
		code: 'PPP',
		statement: 'Menghadapi warga yang marah tidak dilatih, padahal terjadi setiap minggu.',
		evidence:
			'Kelompok diskusi di tempat kerja; butir “latihannya menyerupai pekerjaan” termasuk yang terendah.',
		severity: 'high',
		byTeacher: true,
		week: -1
	},
	{
		code: 'LDK',
		statement: 'Layar latihan berbeda dengan aplikasi layanan daring yang dipakai di kelurahan.',
		evidence: 'Disebut di beberapa formulir tanggapan dua kelas terakhir.',
		severity: 'medium',
		week: -2
	},
	{
		code: 'KPK',
		statement: 'Latihan menulis jawaban keluhan terlalu singkat untuk dibahas bersama.',
		evidence:
			'Disebut di formulir tanggapan tiga kelas; butir “cukup waktu berlatih” turun sejak kelas kedua.',
		severity: 'medium',
		week: -12,
		answered: {
			week: -10,
			decision: 'adopted',
			answer:
				'Setiap peserta kini membawa satu keluhan nyata tanpa nama; jawabannya dibahas berpasangan selama dua JP.'
		}
	}
];
