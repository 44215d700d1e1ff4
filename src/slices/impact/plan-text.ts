import type { CivilDate } from '#kernel/time.ts';
import type { Covariate, Design, Indicator } from './model.ts';
import type { Selection } from './people-study.ts';

/** All that is promised before the data. */
export type StudyPlan = {
	studyId: string;
	question: string;
	program: string;
	design: Design;
	indicator: Indicator;
	outcomes: readonly { code: string; name: string; placebo: boolean }[];
	smallestUseful: number | null;
	startsFrom: CivilDate | null;
	monthsBefore: number | null;
	monthsAfter: number | null;
	covariates: readonly Covariate[];
	spillover: string | null;
	draw: { seed: number; drawnAt: Date } | null;
	units: readonly {
		unitId: string;
		name: string;
		treated: boolean;
		treatedFrom: CivilDate | null;
		lot: number | null;
		lotKey: string | null;
	}[];
	/** Smallest effect that would be seen in four of five worlds, from the history known at fixing; null: cannot be told. */
	detectable: number | null;
	/** Of a study of people: how they were found. They stand here by codes alone. */
	selection: Selection | null;
	plannedBefore: boolean;
	frozenAt: Date;
	frozenBy: string | null;
};

// A document of office, in Bahasa whatever the language of the screen: its hash must not depend on who reads it.
export const DESIGN_TEXT: Readonly<Record<Design, string>> = {
	lottery: 'undian di antara pendaftar',
	staggered_start: 'giliran: unit mulai pada bulan yang berbeda-beda',
	matched: 'pembanding yang dipadankan',
	before_after_comparison: 'sebelum-sesudah dengan pembanding',
	before_after: 'sebelum-sesudah tanpa pembanding (tidak dapat disimpulkan)'
};

export const ESTIMATOR_TEXT: Readonly<Record<Design, string>> = {
	lottery:
		'beda rata-rata sesudah mulai antara unit yang terundi dan yang tidak, disesuaikan dengan rata-rata sebelum mulai (Lin 2013, galat HC2); di bawah 30 unit ditambah uji pengundian ulang; tanpa undian tersimpan: seperti sebelum-sesudah dengan pembanding',
	staggered_start:
		'Callaway & Sant’Anna (2021), pembanding: unit yang belum atau tidak pernah dilatih; jawaban utama: rata-rata kelompok mulai menurut banyaknya unit; galat analitik, pita dengan bootstrap pengali',
	matched:
		'padanan terdekat menurut skor kecenderungan (jangkauan 0,2 simpangan baku, tanpa pengembalian), lalu beda-dari-beda dua arah pada unit yang berpadanan, galat terkelompok per unit',
	before_after_comparison:
		'beda-dari-beda dengan efek tetap unit dan bulan, galat terkelompok per unit (CR1); di bawah 30 unit ditambah uji pengundian ulang dan bootstrap liar',
	before_after: 'rata-rata perubahan unit; tidak dinilai sebagai dampak'
};

const COVARIATE_TEXT: Readonly<Record<Covariate, string>> = {
	level: 'rata-rata sebelum mulai',
	trend: 'arah sebelum mulai',
	people: 'banyaknya pegawai saat mulai',
	grade: 'golongan saat mulai',
	age: 'umur saat mulai (per lima tahun)',
	post: 'jenis jabatan (sama persis)',
	kind: 'jenis unit (sama persis)'
};

const TREATED_TEXT: Readonly<Record<Selection['treatedBy'], string>> = {
	passed: 'lulus kelas program ini',
	applicants: 'diundi di antara pendaftar kelas program ini',
	listed: 'menurut daftar nama'
};
const COMPARED_TEXT: Readonly<Record<NonNullable<Selection['comparedWith']>, string>> = {
	waiting: 'pendaftar yang belum dilatih (daftar tunggu)',
	unit: 'rekan di unit yang sama yang belum dilatih',
	post: 'pemegang jabatan yang sama yang belum dilatih',
	listed: 'menurut daftar nama'
};

/** What a study of people says besides: who they are is told by a rule and codes, never by a name or number. */
export const PEOPLE_TEXT =
	'peserta disebut dengan kode acak; galat terkelompok per unit tempat bekerja (unit dengan kurang dari lima peserta digabung sampai lima); bulan yang angkanya kurang dari lima orang di satu sisi, atau di satu waktu mulai, tidak ikut';

function peopleLines({ treatedBy, comparedWith, from, to }: Selection): string[] {
	const window = from === null || to === null ? '' : `, ${from} sampai ${to}`;
	return [
		`yang dilatih: ${TREATED_TEXT[treatedBy]}${treatedBy === 'listed' ? '' : window}`,
		`pembanding: ${comparedWith === null ? '-' : COMPARED_TEXT[comparedWith]}${comparedWith === 'waiting' ? window : ''}`,
		`orang: ${PEOPLE_TEXT}`
	];
}

const orNone = (text: string | number | null): string => (text === null ? '-' : String(text));

/**
 * The plan word for word, one fact a line, always in the same order, lines ended by LF, NFC: the same plan gives the same
 * text and so the same hash. It is stored as it was and never written again.
 */
export function planText(plan: StudyPlan): string {
	const units = plan.units
		.toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
		.map(({ unitId, name, treated, treatedFrom, lot, lotKey }) =>
			[
				...(plan.selection === null ? ['unit', unitId, name] : ['orang', unitId]),
				treated ? `dilatih mulai ${orNone(treatedFrom)}` : 'pembanding',
				...(lot === null ? [] : [`undian ke-${lot}, kunci ${orNone(lotKey)}`])
			].join(' | ')
		);
	const lines = [
		'RENCANA STUDI DAMPAK (ASAH 1)',
		`studi: ${plan.studyId}`,
		`pertanyaan: ${plan.question}`,
		`program: ${plan.program}`,
		`rancangan: ${DESIGN_TEXT[plan.design]}`,
		`penaksir: ${ESTIMATOR_TEXT[plan.design]}`,
		`indikator utama: ${plan.indicator.code} | ${plan.indicator.name} | ${plan.indicator.unitOfMeasure} | ${plan.indicator.better === 'lower' ? 'makin rendah makin baik' : 'makin tinggi makin baik'}`,
		...plan.outcomes.map(
			({ code, name, placebo }) =>
				`${placebo ? 'indikator yang seharusnya tidak berubah' : 'indikator lain'}: ${code} | ${name}`
		),
		`perubahan terkecil yang berguna: ${orNone(plan.smallestUseful)}`,
		...(plan.selection === null ? [] : peopleLines(plan.selection)),
		`mulai: ${orNone(plan.startsFrom)}`,
		`bulan sebelum: ${plan.monthsBefore ?? 'semua'}`,
		`bulan sesudah: ${plan.monthsAfter ?? 'semua'}`,
		`dipadankan menurut: ${plan.covariates.map((one) => COVARIATE_TEXT[one]).join(', ') || '-'}`,
		`kemungkinan rembesan ke pembanding: ${orNone(plan.spillover)}`,
		`benih undian: ${plan.draw === null ? '-' : `${plan.draw.seed}, diundi ${plan.draw.drawnAt.toISOString()}`}`,
		`pengaruh terkecil yang dapat terlihat (daya 80%): ${plan.detectable === null ? 'tidak dapat dihitung' : plan.detectable.toFixed(3)}`,
		`taraf: 95%; beberapa indikator: Benjamini-Hochberg`,
		`ditetapkan sebelum pelatihan: ${plan.plannedBefore ? 'ya' : 'tidak'}`,
		`dikunci: ${plan.frozenAt.toISOString()} oleh ${plan.frozenBy ?? 'akun tanpa data pegawai'}`,
		...units
	];
	return `${lines.map((line) => line.normalize('NFC').replace(/\s+/gu, ' ').trim()).join('\n')}\n`;
}
