import { PARTS, type PaperKind, type Parts } from '../model.ts';
import type { Lesson } from './lesson.ts';
import { dayWord, daysWord, figureWord } from './words.ts';

/** The texts of a new paper, from the data of its class; an office changes them before it issues. */
export function draftParts(kind: PaperKind, lesson: Lesson): Parts {
	const all = TEXTS[kind](lesson);
	return Object.fromEntries(PARTS[kind].map((key) => [key, all[key] ?? '']));
}

const BASIS = [
	'Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara;',
	'Peraturan Pemerintah Nomor 11 Tahun 2017 tentang Manajemen Pegawai Negeri Sipil sebagaimana telah diubah dengan Peraturan Pemerintah Nomor 17 Tahun 2020;',
	'Peraturan Lembaga Administrasi Negara Nomor 10 Tahun 2018 tentang Pengembangan Kompetensi Pegawai Negeri Sipil;'
];

const basis = ({ plan }: Lesson): string =>
	[
		...BASIS,
		...(plan === null
			? []
			: [`${plan.title}${plan.decree === null ? '' : `, ditetapkan dengan Keputusan Nomor ${plan.decree}`}.`])
	].join('\n');

const when = (lesson: Lesson): string => daysWord(lesson.startsOn, lesson.endsOn);
const hours = (lesson: Lesson): number => lesson.sessions.reduce((sum, one) => sum + one.hours, 0);
const passed = (lesson: Lesson): number => lesson.people.filter(({ status }) => status === 'passed').length;

const TEXTS: Record<PaperKind, (lesson: Lesson) => Parts> = {
	terms: (lesson) => ({
		background: `Hasil analisis kebutuhan pengembangan kompetensi menunjukkan bahwa pegawai memerlukan ${lesson.program} agar standar kompetensi jabatannya terpenuhi dan pelayanan kepada masyarakat menjadi lebih baik.`,
		basis: basis(lesson),
		purpose: `Menyelenggarakan ${lesson.program} bagi paling banyak ${lesson.seats} orang pegawai, sehingga kesenjangan kompetensi mereka berkurang secara terukur.`,
		target: `Pegawai yang menurut hasil analisis kebutuhan memerlukan ${lesson.program}, paling banyak ${lesson.seats} orang.`,
		outcome: lesson.outcomes.join('\n'),
		closing: 'Demikian kerangka acuan kerja ini disusun sebagai pedoman pelaksanaan kegiatan.'
	}),
	invitation: (lesson) => ({
		opening: `Dalam rangka pengembangan kompetensi aparatur sipil negara, bersama ini kami mengundang pegawai sebagaimana tercantum dalam lampiran untuk mengikuti ${lesson.name}, yang akan dilaksanakan pada:`,
		closing:
			'Mengingat pentingnya kegiatan ini, peserta diharapkan hadir tepat waktu, dan pelayanan di unit kerja tetap berjalan selama peserta mengikuti kegiatan. Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.'
	}),
	assignment: (lesson) => ({
		basis: basis(lesson),
		purpose: [
			`Mengikuti ${lesson.name} pada ${when(lesson)}${lesson.place === '' ? '' : ` bertempat di ${lesson.place}`};`,
			'Melaporkan hasil pelaksanaan tugas kepada atasan langsung dan menyusun rencana tindak lanjut;',
			'Melaksanakan tugas ini dengan penuh tanggung jawab.'
		].join('\n')
	}),
	schedule: (lesson) => ({
		opening: `Jadwal ${lesson.name} pada ${when(lesson)}, ${figureWord(hours(lesson))} JP.`
	}),
	nominative: (lesson) => ({ opening: `Peserta ${lesson.name} pada ${when(lesson)}.` }),
	attendance: (lesson) => ({ opening: `Daftar hadir peserta ${lesson.name}.` }),
	minutes: (lesson) => ({
		opening: `Pada hari ini, ${dayWord(lesson.endsOn)}, telah selesai dilaksanakan ${lesson.name}${lesson.place === '' ? '' : ` bertempat di ${lesson.place}`}, dengan keterangan sebagai berikut:`,
		discussion: 'Seluruh rangkaian kegiatan telah dilaksanakan sesuai dengan jadwal.',
		closing: 'Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.'
	}),
	report: (lesson) => ({
		background: `${lesson.name} diselenggarakan untuk memenuhi kebutuhan pengembangan kompetensi pegawai yang telah ditetapkan dalam rencana.`,
		basis: basis(lesson),
		implementation: `Kegiatan dilaksanakan pada ${when(lesson)}${lesson.place === '' ? '' : ` di ${lesson.place}`} dalam ${lesson.sessions.length} sesi (${figureWord(hours(lesson))} JP), diikuti ${lesson.people.length} orang dari ${lesson.seats} kursi; ${passed(lesson)} orang dinyatakan lulus.`,
		obstacles: 'Tidak ada hambatan yang berarti.',
		suggestions: 'Atasan langsung diharapkan mendampingi peserta menerapkan hasil belajar di tempat kerja.',
		closing: 'Demikian laporan ini disampaikan sebagai bahan pertanggungjawaban dan perbaikan.'
	})
};
