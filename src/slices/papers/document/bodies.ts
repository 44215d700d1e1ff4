import { formatNip } from '#kernel/nip.ts';
import type { Block } from '../facts.ts';
import type { PaperKind, Parts } from '../model.ts';
import { linesOf } from '../rules.ts';
import type { Lesson, Participant } from './lesson.ts';
import { COST, dayWord, daysWord, figureWord, MODE, rupiahWord } from './words.ts';

export type Body = { blocks: Block[]; annex: { title: string; blocks: Block[] } | null };

/** The body of a paper from the data of its class, its edited texts, and those it is for. */
export function bodyOf(kind: PaperKind, lesson: Lesson, parts: Parts, people: readonly Participant[]): Body {
	return BODY[kind](lesson, parts, people);
}

const text = (words: string | undefined): Block[] =>
	linesOf(words ?? '').map((line) => ({ kind: 'text', text: line }));
const heading = (words: string): Block => ({ kind: 'heading', text: words });
const list = (label: string | null, words: string | undefined): Block[] => {
	const items = linesOf(words ?? '');
	return items.length === 0 ? [] : [{ kind: 'list', label, items }];
};
const facts = (rows: readonly (readonly [string, string])[]): Block => ({
	kind: 'facts',
	rows: rows.filter(([, value]) => value !== '').map(([label, value]) => [label, value])
});
const table = (
	head: readonly (readonly [string, string])[],
	rows: readonly (readonly string[])[],
	{ caption = '', figures = [], tall = false }: { caption?: string; figures?: number[]; tall?: boolean } = {}
): Block => ({
	kind: 'table',
	caption,
	head: head.map(([label]) => label),
	widths: head.map(([, width]) => width),
	rows: rows.map((row) => [...row]),
	figures,
	tall
});

const nipOf = (person: Participant): string => (person.nip === null ? '–' : formatNip(person.nip));
const clock = (lesson: Lesson): string => {
	const first = lesson.sessions[0];
	return first === undefined ? '' : `${first.from}–${first.to}`;
};

const whenAndWhere = (lesson: Lesson): Block =>
	facts([
		[
			lesson.startsOn === lesson.endsOn ? 'Hari, tanggal' : 'Tanggal',
			daysWord(lesson.startsOn, lesson.endsOn)
		],
		[
			'Waktu',
			lesson.sessions.length > 0 && lesson.startsOn === lesson.endsOn ? `Pukul ${clock(lesson)}` : ''
		],
		['Tempat', lesson.place],
		['Cara', MODE[lesson.mode] ?? ''],
		['Kegiatan', lesson.name]
	]);

const peopleTable = (people: readonly Participant[], unit: boolean): Block =>
	table(
		[
			['No.', 'auto'],
			['Nama', '3fr'],
			['NIP', '41mm'],
			['Pangkat (Gol.)', '2fr'],
			['Jabatan', '3fr'],
			...(unit ? [['Unit kerja', '3fr'] as const] : [])
		],
		people.map((person, at) => [
			String(at + 1),
			person.name,
			nipOf(person),
			person.rank ?? '–',
			person.post,
			...(unit ? [person.unit] : [])
		]),
		{ figures: [0] }
	);

const scheduleTable = (lesson: Lesson): Block =>
	table(
		[
			['Hari, tanggal', '2fr'],
			['Pukul', '24mm'],
			['Materi', '4fr'],
			['JP', 'auto'],
			['Pengajar', '3fr'],
			['Tempat', '2fr']
		],
		lesson.sessions.map((one, at) => [
			lesson.sessions[at - 1]?.on === one.on ? '' : dayWord(one.on),
			`${one.from}–${one.to}`,
			one.module !== null && one.module !== one.topic ? `${one.topic} (${one.module})` : one.topic,
			one.hours === 0 ? '–' : figureWord(one.hours),
			one.facilitators || '–',
			one.place || '–'
		]),
		{ figures: [3] }
	);

function costTable(lesson: Lesson): Block[] {
	if (lesson.costs.length === 0)
		return lesson.plan === null ? [] : text(`Biaya menurut rencana: ${rupiahWord(lesson.plan.cost)}.`);
	const planned = lesson.costs.reduce((sum, one) => sum + one.planned, 0);
	const realised = lesson.costs.reduce((sum, one) => sum + (one.realised ?? 0), 0);
	return [
		table(
			[
				['Jenis', '2fr'],
				['Uraian', '3fr'],
				['Rencana', '2fr'],
				['Realisasi', '2fr']
			],
			[
				...lesson.costs.map((one) => [
					COST[one.kind] ?? one.kind,
					one.description,
					rupiahWord(one.planned),
					one.realised === null ? '–' : rupiahWord(one.realised)
				]),
				['Jumlah', '', rupiahWord(planned), rupiahWord(realised)]
			],
			{ figures: [2, 3] }
		)
	];
}

const percent = (there: number, held: number): string =>
	held === 0 ? '–' : `${figureWord(Math.round((there / held) * 100))} %`;
const STANDING: Record<string, string> = { passed: 'Lulus', failed: 'Tidak lulus' };

const BODY: Record<PaperKind, (lesson: Lesson, parts: Parts, people: readonly Participant[]) => Body> = {
	invitation: (lesson, parts, people) => ({
		blocks: [...text(parts.opening), whenAndWhere(lesson), ...text(parts.closing)],
		annex: { title: 'Daftar peserta yang diundang', blocks: [peopleTable(people, true)] }
	}),
	assignment: (_, parts, people) => ({
		blocks: [
			...list('Dasar', parts.basis),
			{ kind: 'order', text: 'MEMERINTAHKAN:' },
			{ kind: 'list', label: 'Kepada', items: ['Nama-nama yang tercantum dalam daftar berikut:'] },
			peopleTable(people, false),
			...list('Untuk', parts.purpose)
		],
		annex: null
	}),
	schedule: (lesson, parts) => ({ blocks: [...text(parts.opening), scheduleTable(lesson)], annex: null }),
	nominative: (_, parts, people) => ({
		blocks: [...text(parts.opening), peopleTable(people, true)],
		annex: null
	}),
	attendance: (lesson, parts, people) => ({
		blocks: [
			...text(parts.opening),
			whenAndWhere(lesson),
			table(
				[
					['No.', 'auto'],
					['Nama', '4fr'],
					['NIP', '41mm'],
					['Unit kerja', '3fr'],
					['Tanda tangan', '42mm']
				],
				people.map((person, at) => [
					String(at + 1),
					person.name,
					nipOf(person),
					person.unit,
					`${at + 1}. ………………………`
				]),
				{ figures: [0], tall: true }
			)
		],
		annex: null
	}),
	terms: (lesson, parts) => ({
		blocks: [
			heading('A. Latar belakang'),
			...text(parts.background),
			heading('B. Dasar hukum'),
			...list(null, parts.basis),
			heading('C. Maksud dan tujuan'),
			...text(parts.purpose),
			heading('D. Sasaran peserta'),
			...text(parts.target),
			heading('E. Hasil yang diharapkan'),
			...list(null, parts.outcome),
			heading('F. Waktu, tempat, dan cara'),
			whenAndWhere(lesson),
			heading('G. Mata pelatihan'),
			table(
				[
					['No.', 'auto'],
					['Mata pelatihan', '1fr'],
					['JP', 'auto']
				],
				lesson.modules.map(({ name, hours }, at) => [String(at + 1), name, figureWord(hours)]),
				{ figures: [0, 2] }
			),
			heading('H. Jadwal'),
			scheduleTable(lesson),
			heading('I. Biaya'),
			...costTable(lesson),
			heading('J. Penutup'),
			...text(parts.closing)
		],
		annex: null
	}),
	minutes: (lesson, parts, people) => ({
		blocks: [
			...text(parts.opening),
			facts([
				['Kegiatan', lesson.name],
				['Tanggal', daysWord(lesson.startsOn, lesson.endsOn)],
				['Tempat', lesson.place],
				['Peserta', `${people.length} orang dari ${lesson.seats} kursi`],
				['Lulus', `${people.filter(({ status }) => status === 'passed').length} orang`],
				[
					'Sesi',
					`${lesson.sessions.filter(({ held }) => held).length} dari ${lesson.sessions.length} sesi terlaksana`
				]
			]),
			...text(parts.discussion),
			...text(parts.closing)
		],
		annex: null
	}),
	report: (lesson, parts, people) => ({
		blocks: [
			heading('A. Latar belakang'),
			...text(parts.background),
			heading('B. Dasar'),
			...list(null, parts.basis),
			heading('C. Pelaksanaan'),
			...text(parts.implementation),
			scheduleTable(lesson),
			heading('D. Kehadiran dan kelulusan'),
			...text(attendanceWords(lesson, people)),
			heading('E. Tanggapan peserta'),
			...text(reactionWords(lesson)),
			heading('F. Biaya'),
			...costTable(lesson),
			heading('G. Hambatan'),
			...text(parts.obstacles),
			heading('H. Saran'),
			...text(parts.suggestions),
			heading('I. Penutup'),
			...text(parts.closing)
		],
		annex: {
			title: 'Rekapitulasi kehadiran peserta',
			blocks: [
				table(
					[
						['No.', 'auto'],
						['Nama', '3fr'],
						['NIP', '41mm'],
						['Unit kerja', '3fr'],
						['Hadir', 'auto'],
						['Hasil', 'auto']
					],
					people.map((person, at) => [
						String(at + 1),
						person.name,
						nipOf(person),
						person.unit,
						percent(person.there, person.held),
						STANDING[person.status] ?? '–'
					]),
					{ figures: [0, 4] }
				)
			]
		}
	})
};

function attendanceWords(lesson: Lesson, people: readonly Participant[]): string {
	const held = people[0]?.held ?? 0;
	const there = people.reduce((sum, person) => sum + person.there, 0);
	return (
		`Dari ${people.length} peserta, kehadiran rata-rata ${percent(there, held * people.length)} atas ${held} sesi yang terlaksana. ` +
		`Syarat kehadiran untuk lulus adalah ${lesson.attendancePercent} %.`
	);
}

function reactionWords({ reactions: { seated, given, mean } }: Lesson): string {
	if (given === 0) return 'Belum ada tanggapan peserta.';
	const heard = `${given} dari ${seated} peserta memberi tanggapan`;
	return mean === null
		? `${heard}. Nilai rata-rata tidak ditampilkan karena pengisian belum selesai atau jumlahnya terlalu sedikit untuk menjaga kerahasiaan.`
		: `${heard}, dengan nilai rata-rata ${figureWord(Math.round(mean * 100) / 100)} dari 4.`;
}
