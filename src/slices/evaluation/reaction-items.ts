import type { ItemKind, ReactionAspect } from './model.ts';

type Item = { code: string; aspect: ReactionAspect; kind: ItemKind; id: string; en: string };

const item =
	(kind: ItemKind) =>
	(code: string, aspect: ReactionAspect, id: string, en: string): Item => ({ code, aspect, kind, id, en });
const [score, scale, confidence] = [item('score'), item('scale'), item('confidence')];

/** The reaction form that a new agency starts from: nine scores of 1-4, how sure before and now, two open questions; three minutes on a phone. */
export const REACTION_ITEMS: readonly Item[] = [
	score('O.01', 'organiser', 'Jadwal berjalan sesuai rencana', 'The schedule was kept'),
	score('O.02', 'organiser', 'Panitia cepat membantu bila ada kesulitan', 'The organisers helped quickly'),
	score('F.01', 'facilitator', 'Fasilitator menguasai materi', 'The facilitator knew the subject'),
	score(
		'F.02',
		'facilitator',
		'Fasilitator menjelaskan dengan bahasa yang mudah',
		'The facilitator explained in plain words'
	),
	score(
		'F.03',
		'facilitator',
		'Fasilitator memberi kesempatan bertanya dan berlatih',
		'There was room to ask and to practise'
	),
	score(
		'M.01',
		'material',
		'Materi cukup dalam untuk pekerjaan saya',
		'The material went deep enough for my work'
	),
	score(
		'M.02',
		'material',
		'Latihan dan contoh diambil dari keadaan nyata',
		'Exercises came from real situations'
	),
	score(
		'S.01',
		'facility',
		'Tempat, alat, dan jaringan mendukung belajar',
		'Place, tools and network supported learning'
	),
	score(
		'R.01',
		'relevance',
		'Pelatihan ini menjawab kebutuhan pekerjaan saya',
		'The training answers a need of my work'
	),
	confidence(
		'A.03',
		'application',
		'Seberapa yakin Anda dapat melakukan isi pelatihan ini di tempat kerja?',
		'How sure are you that you can do at work what this training was about?'
	),
	{
		code: 'A.02',
		aspect: 'application',
		kind: 'text',
		id: 'Apa yang akan Anda pakai hari Senin?',
		en: 'What will you use on Monday?'
	},
	{
		code: 'M.03',
		aspect: 'material',
		kind: 'text',
		id: 'Apa yang sebaiknya diubah?',
		en: 'What should change?'
	}
];

/** The short form for the end of a session that Asah ships; no class uses it until somebody chooses it. A minute. */
export const SESSION_ITEMS: readonly Item[] = [
	scale(
		'SF.01',
		'facilitator',
		'Penjelasan di sesi ini mudah saya ikuti',
		'I could follow the explanations of this session'
	),
	scale(
		'SM.01',
		'material',
		'Waktu untuk berlatih di sesi ini cukup',
		'There was enough time to practise in this session'
	),
	scale(
		'SR.01',
		'relevance',
		'Isi sesi ini berguna untuk pekerjaan saya',
		'The content of this session is useful for my work'
	),
	confidence(
		'SA.01',
		'application',
		'Seberapa yakin Anda dapat melakukan isi sesi ini di tempat kerja?',
		'How sure are you that you can do at work what this session was about?'
	),
	item('text')('SA.02', 'application', 'Apa yang masih membingungkan?', 'What is still unclear?')
];

/** The templates that every agency has: what a class uses by itself, and one to choose for sessions. */
export const SHIPPED_FORMS = [
	{
		shipped: 'final',
		name: 'Tanggapan akhir kelas',
		purpose:
			'Sembilan pernyataan, satu keyakinan sebelum dan sesudah, dua pertanyaan terbuka. Tiga menit. Dipakai setiap kelas yang tidak memilih formulir lain.',
		items: REACTION_ITEMS
	},
	{
		shipped: 'session',
		name: 'Tanggapan sesi, pendek',
		purpose:
			'Tiga pernyataan, satu keyakinan sebelum dan sesudah, satu pertanyaan terbuka. Satu menit di akhir sesi.',
		items: SESSION_ITEMS
	}
] as const;
