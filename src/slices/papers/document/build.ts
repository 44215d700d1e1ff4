import type { CivilDate } from '#kernel/time.ts';
import type { LetterheadFacts, PaperFacts } from '../facts.ts';
import type { PaperKind, Parts } from '../model.ts';
import { bodyOf } from './bodies.ts';
import type { Lesson, Participant } from './lesson.ts';
import { dateWord, inWords } from './words.ts';

export type PaperToBuild = {
	kind: PaperKind;
	lesson: Lesson;
	parts: Parts;
	/** Those invited, sent or listed. */
	people: readonly Participant[];
	/** Addressed to one person rather than to the head of the unit. */
	alone: boolean;
	letterhead: LetterheadFacts;
	signatory: PaperFacts['signatory'];
	copies: readonly string[];
	number: string;
	on: CivilDate;
};

/** Everything that will be printed, ready to be frozen. */
export function paperFacts(it: PaperToBuild): PaperFacts {
	const { kind, lesson, people, letterhead, number, on } = it;
	const { blocks, annex } = bodyOf(kind, lesson, it.parts, people);
	const letter = kind === 'invitation';
	return {
		layout: 1,
		form: letter ? 'letter' : 'sheet',
		letterhead,
		title: TITLE[kind](lesson),
		number,
		letter: letter
			? {
					nature: 'Biasa',
					attachment: `${inWords(1)} berkas`,
					subject: `Undangan ${lesson.name}`,
					to: addressee(people, it.alone)
				}
			: null,
		issuedOn: on,
		placeAndDate:
			letter || kind === 'attendance' || kind === 'schedule'
				? [`${letterhead.city}, ${dateWord(on)}`]
				: [`Ditetapkan di ${letterhead.city}`, `pada tanggal ${dateWord(on)}`],
		blocks,
		annex:
			annex === null
				? null
				: {
						title: ['Lampiran', `Nomor ${number}`, `Tanggal ${dateWord(on)}`, annex.title],
						blocks: annex.blocks
					},
		signatory: it.signatory,
		copies: [...it.copies]
	};
}

function addressee(people: readonly Participant[], alone: boolean): string[] {
	const first = people[0];
	if (first === undefined) return [];
	return [
		'Yth.',
		...(alone ? [`Sdr. ${first.name}`, `${first.post}, ${first.unit}`] : [first.unitHead]),
		'di Tempat'
	];
}

const TITLE: Record<PaperKind, (lesson: Lesson) => string> = {
	terms: (lesson) => `Kerangka Acuan Kerja ${lesson.name}`,
	invitation: () => 'Surat Undangan',
	assignment: () => 'Surat Tugas',
	schedule: (lesson) => `Jadwal ${lesson.name}`,
	nominative: (lesson) => `Daftar Nominatif Peserta ${lesson.name}`,
	attendance: (lesson) => `Daftar Hadir ${lesson.name}`,
	minutes: (lesson) => `Berita Acara Pelaksanaan ${lesson.name}`,
	report: (lesson) => `Laporan Penyelenggaraan ${lesson.name}`
};
