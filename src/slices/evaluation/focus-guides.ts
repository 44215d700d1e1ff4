/** Guides for focus groups that an organiser copies and changes; questions are data, said in the language of the talk. */
export const GUIDE_KEYS = ['class', 'work', 'program'] as const;
export type GuideKey = (typeof GUIDE_KEYS)[number];
export const guideKey = (text: string | null): GuideKey | null =>
	GUIDE_KEYS.find((key) => key === text) ?? null;

/** From the open to the pointed, ending with what is missing (Krueger & Casey 2015, "Focus groups", ch. 3). */
export const GUIDES: Record<GuideKey, readonly string[]> = {
	class: [
		'Apa yang paling Anda ingat dari pelatihan ini?',
		'Bagian mana yang paling dekat dengan pekerjaan Anda sehari-hari, dan mana yang terlalu jauh?',
		'Kapan Anda merasa tertinggal atau bosan, dan apa sebabnya?',
		'Bagaimana latihan dan contohnya: cukup, kurang, atau tidak cocok?',
		'Apa yang menghalangi Anda memakai yang dipelajari di tempat kerja?',
		'Bila Anda boleh mengubah satu hal saja, apa yang Anda ubah?',
		'Adakah yang penting dan belum kita bicarakan?'
	],
	work: [
		'Apa yang Anda kerjakan dengan cara lain sejak mengikuti pelatihan?',
		'Ceritakan satu kali ketika yang Anda pelajari berhasil dipakai.',
		'Ceritakan satu kali ketika tidak berhasil. Apa yang menghalangi?',
		'Dukungan apa yang Anda dapat dari atasan dan rekan, dan apa yang kurang?',
		'Apa yang masyarakat atau rekan kerja rasakan berubah?',
		'Apa yang seharusnya diajarkan dan belum diajarkan?'
	],
	program: [
		'Kebutuhan apa di tempat kerja yang membuat pelatihan ini diadakan?',
		'Mata pelatihan mana yang dapat dikurangi, dan mana yang perlu ditambah jamnya?',
		'Apakah urutan dan caranya (tatap muka, daring, praktik) sudah tepat?',
		'Apakah hasil belajarnya sesuai dengan jabatan yang mengikutinya?',
		'Apa yang harus berubah pada versi kurikulum berikutnya?'
	]
};

/** Codes to begin a codebook with; the agency changes them as it goes. */
export const STARTER_CODES: readonly {
	code: string;
	name: string;
	definition: string;
	example: string;
	proposes?: boolean;
}[] = [
	{
		code: 'CONTOH',
		name: 'Contoh jauh dari pekerjaan',
		definition:
			'Contoh, kasus, atau latihan tidak menyerupai pekerjaan peserta. Bukan: bahannya terlalu sulit.',
		example: 'Kasusnya dari bank, padahal kami melayani KTP.'
	},
	{
		code: 'PRAKTIK',
		name: 'Kurang praktik',
		definition: 'Waktu untuk mencoba sendiri terlalu sedikit dibanding mendengarkan.',
		example: 'Seharian mendengarkan, mencobanya hanya sekali.'
	},
	{
		code: 'WAKTU',
		name: 'Jadwal dan lamanya',
		definition: 'Terlalu singkat, terlalu padat, atau jatuh pada hari sibuk. Bukan: kurang praktik.',
		example: 'Dua hari terlalu padat untuk bahan sebanyak itu.'
	},
	{
		code: 'BAHAN',
		name: 'Bahan sulit diikuti',
		definition: 'Bahan tertulis, salindia, atau bahasanya sulit dipahami.',
		example: 'Istilahnya banyak yang baru kami dengar.'
	},
	{
		code: 'ALAT',
		name: 'Alat di tempat kerja belum ada',
		definition: 'Yang dipelajari tidak dapat dipakai karena alat, aplikasi, atau jaringan tidak tersedia.',
		example: 'Mesin antreannya belum dipasang di kantor kami.'
	},
	{
		code: 'ATASAN',
		name: 'Dukungan atasan',
		definition:
			'Atasan memberi atau tidak memberi waktu, wewenang, atau perhatian untuk memakai yang dipelajari.',
		example: 'Pulang pelatihan langsung ditugaskan ke bagian lain.'
	},
	{
		code: 'PENGAJAR',
		name: 'Cara mengajar',
		definition: 'Cara pengajar menyampaikan, menjawab, dan melibatkan peserta, baik maupun buruk.',
		example: 'Penjelasannya sabar dan mau mengulang.'
	},
	{
		code: 'MANFAAT',
		name: 'Langsung terpakai',
		definition: 'Sesuatu dari pelatihan sudah dipakai dan membantu.',
		example: 'Besoknya langsung saya pakai di loket.',
		proposes: false
	}
];
