import type { ConditionTest, ItemKind, Option, Rater, ScalePoints } from './instrument.ts';

/** An item of a shipped template; `key` is what a condition of a later item names. */
export type TemplateItem = {
	key: string;
	kind: ItemKind;
	raters: readonly Rater[];
	question: string;
	questionEn: string;
	hint?: string;
	hintEn?: string;
	required: boolean;
	most?: number;
	options?: readonly Option[];
	condition?: { key: string; test: ConditionTest; value: string };
};

export type Template = {
	key: TemplateKey;
	name: string;
	nameEn: string;
	about: string;
	aboutEn: string;
	scalePoints: ScalePoints;
	sections: readonly {
		title: string;
		titleEn: string;
		intro?: string;
		introEn?: string;
		items: readonly TemplateItem[];
	}[];
};

export const TEMPLATE_KEYS = ['short', 'full', 'managers', 'lan'] as const;
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];

const level = (raters: readonly Rater[]): TemplateItem => ({
	key: 'level',
	kind: 'level',
	raters,
	question: 'Perilaku mana yang paling menggambarkan keadaan saat ini?',
	questionEn: 'Which behaviour describes the present best?',
	required: true
});

const needMastery = (raters: readonly Rater[]): TemplateItem => ({
	key: 'needMastery',
	kind: 'needMastery',
	raters,
	question: 'Seberapa dibutuhkan dalam pekerjaan, dan seberapa dikuasai?',
	questionEn: 'How much does the work need it, and how well is it mastered?',
	required: true
});

const form: TemplateItem = {
	key: 'form',
	kind: 'form',
	raters: ['self'],
	question: 'Bentuk pengembangan apa yang paling cocok bagi Anda?',
	questionEn: 'Which form of development suits you best?',
	hint: 'Pilih paling banyak tiga.',
	hintEn: 'Choose three at most.',
	required: false,
	most: 3
};

const topic: TemplateItem = {
	key: 'topic',
	kind: 'topic',
	raters: ['self'],
	question: 'Topik apa yang paling Anda butuhkan tahun depan?',
	questionEn: 'Which topic do you need most next year?',
	hint: 'Satu topik, beberapa kata saja.',
	hintEn: 'One topic, a few words.',
	required: false
};

const obstacle: readonly TemplateItem[] = [
	{
		key: 'free',
		kind: 'choice',
		raters: ['self'],
		question: 'Dapatkah Anda meninggalkan pekerjaan untuk mengikuti pelatihan?',
		questionEn: 'Can you leave your work to attend training?',
		required: true,
		options: [
			{ code: 'yes', label: 'Ya, dengan mudah', labelEn: 'Yes, easily' },
			{ code: 'partly', label: 'Hanya sebentar-sebentar', labelEn: 'Only for short times' },
			{ code: 'no', label: 'Sulit, layanan akan kosong', labelEn: 'Hardly, the service would stand empty' }
		]
	},
	{
		key: 'why',
		kind: 'text',
		raters: ['self'],
		question: 'Apa yang menghalangi, dan waktu seperti apa yang masih mungkin?',
		questionEn: 'What is in the way, and which times would still do?',
		required: false,
		condition: { key: 'free', test: 'isNot', value: 'yes' }
	}
];

/** The shipped instruments; an agency takes one and changes what it wants. Sources: domain.md §2, §6.1. */
export const TEMPLATES: readonly Template[] = [
	{
		key: 'short',
		name: 'Singkat: diri dan atasan',
		nameEn: 'Short: oneself and the supervisor',
		about: 'Hanya level tiap kompetensi, menurut diri sendiri dan atasan. Sekitar lima menit.',
		aboutEn: 'Only the level of each competency, by oneself and the supervisor. About five minutes.',
		scalePoints: 5,
		sections: [
			{
				title: 'Kompetensi',
				titleEn: 'Competencies',
				items: [level(['self', 'supervisor'])]
			}
		]
	},
	{
		key: 'full',
		name: 'AKPK lengkap',
		nameEn: 'Full needs analysis (AKPK)',
		about:
			'Level, kebutuhan dan penguasaan, seberapa sering dipakai, bentuk dan topik yang diinginkan, pertanyaan terbuka. Sekitar lima belas menit.',
		aboutEn:
			'Level, need and mastery, how often it is used, wanted form and topic, open questions. About fifteen minutes.',
		scalePoints: 5,
		sections: [
			{
				title: 'Kompetensi',
				titleEn: 'Competencies',
				intro: 'Satu kompetensi per layar. Tidak ada jawaban yang salah.',
				introEn: 'One competency a screen. No answer is wrong.',
				items: [
					level(['self', 'supervisor']),
					needMastery(['self']),
					{
						key: 'frequency',
						kind: 'frequency',
						raters: ['self'],
						question: 'Seberapa sering kompetensi ini dipakai dalam pekerjaan Anda?',
						questionEn: 'How often does your work use this competency?',
						required: false,
						condition: { key: 'level', test: 'atLeast', value: '1' }
					}
				]
			},
			{
				title: 'Pengembangan yang diinginkan',
				titleEn: 'Development wanted',
				items: [form, topic, ...obstacle]
			},
			{
				title: 'Catatan',
				titleEn: 'Notes',
				items: [
					{
						key: 'unit',
						kind: 'text',
						raters: ['supervisor'],
						question: 'Hasil kerja apa yang akan membaik bila orang ini dilatih?',
						questionEn: 'Which result of work would improve if this person were trained?',
						required: false
					},
					{
						key: 'suggestion',
						kind: 'text',
						raters: ['self'],
						question: 'Saran untuk penyelenggaraan pelatihan tahun depan',
						questionEn: 'Suggestions for next year’s training',
						required: false
					}
				]
			}
		]
	},
	{
		key: 'managers',
		name: '360 derajat untuk pejabat struktural',
		nameEn: '360 degrees for managers',
		about:
			'Level tiap kompetensi menurut diri, atasan, rekan, dan bawahan. Rekan dan bawahan hanya tampil sebagai kelompok tiga orang atau lebih.',
		aboutEn:
			'The level of each competency by oneself, the supervisor, peers and subordinates. Peers and subordinates show only as groups of three or more.',
		scalePoints: 5,
		sections: [
			{
				title: 'Kompetensi',
				titleEn: 'Competencies',
				items: [level(['self', 'supervisor', 'peer', 'subordinate'])]
			},
			{
				title: 'Pengembangan yang diinginkan',
				titleEn: 'Development wanted',
				items: [form, topic]
			}
		]
	},
	{
		key: 'lan',
		name: 'Survei kebutuhan gaya LAN',
		nameEn: 'Needs survey in the manner of LAN',
		about:
			'Kebutuhan dan penguasaan tiap kompetensi (skala 1-4 tanpa titik tengah), bentuk, topik, dan hambatan. Level dari atasan.',
		aboutEn:
			'Need and mastery of each competency (1-4 without a middle), form, topic and obstacles. Levels by the supervisor.',
		scalePoints: 4,
		sections: [
			{
				title: 'Kompetensi',
				titleEn: 'Competencies',
				items: [level(['supervisor']), needMastery(['self'])]
			},
			{
				title: 'Pengembangan yang diinginkan',
				titleEn: 'Development wanted',
				items: [form, topic, ...obstacle]
			}
		]
	}
];

export const templateOf = (key: string): Template | undefined => TEMPLATES.find((one) => one.key === key);
