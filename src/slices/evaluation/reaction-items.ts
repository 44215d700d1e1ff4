/** Aspects after the practice of BPSDM Sulawesi Barat and trainers' evaluation forms, domain.md §8.1. */
export type ReactionAspect =
	'organiser' | 'facilitator' | 'material' | 'facility' | 'relevance' | 'application';

type Item = { code: string; aspect: ReactionAspect; kind: 'score' | 'text'; id: string; en: string };

const score = (code: string, aspect: ReactionAspect, id: string, en: string): Item => ({
	code,
	aspect,
	kind: 'score',
	id,
	en
});

/** The reaction form that a new agency starts from: ten scores of 1-4 and two open questions, three minutes on a phone. */
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
	score(
		'A.01',
		'application',
		'Saya yakin dapat menerapkannya di tempat kerja',
		'I am confident that I can use it at work'
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
