import { yearOf, type CivilDate } from '#kernel/time.ts';
import {
	checkedRow,
	personLabel,
	readDate,
	readNipCell,
	rowReader,
	type CheckedRow,
	type FileShape,
	type RowReader,
	type Sheet
} from '#slices/people/public.server.ts';
import type { HoursAmongDays } from '../jp-day-cap.ts';
import { holdsItsDays } from '../jp-overlap.ts';
import { countsInYear, rateOn, type Arithmetic, type JpRate, type LearningHours } from '../jp.ts';
import { settingOn, type JpSetting } from '../jp-setting.ts';
import { duplicateKey, hoursOfClaim } from '../rules.ts';
import { formOf } from './training-form.ts';

/** Training history (riwayat diklat), domain.md §10.5. Letters, places and cohorts are not needed, so they are not kept. */
export const TRAININGS: FileShape = {
	name: 'credentials.trainings',
	keyColumn: 'nip',
	columns: [
		{
			name: 'nip',
			required: true,
			id: true,
			also: ['nip_baru', 'nip_pegawai', 'nip_peserta', 'nomor_induk_pegawai']
		},
		{ name: 'nama', also: ['nama_pegawai', 'nama_lengkap', 'nama_peserta'] },
		{
			name: 'jenis_diklat',
			required: true,
			also: ['jenis', 'jenis_pelatihan', 'bentuk', 'bentuk_pengembangan_kompetensi', 'jenis_diklat_id']
		},
		{ name: 'sub_jenis', also: ['sub_jenis_diklat', 'sub_jenis_pelatihan'] },
		{
			name: 'nama_diklat',
			required: true,
			also: ['nama_pelatihan', 'nama_kursus', 'nama_kegiatan', 'judul_diklat']
		},
		{
			name: 'penyelenggara',
			also: ['institusi_penyelenggara', 'lembaga_penyelenggara', 'diselenggarakan_oleh']
		},
		{
			name: 'tgl_mulai',
			required: true,
			date: true,
			also: ['tanggal_mulai', 'tanggal_kursus', 'tgl_kursus', 'tanggal']
		},
		{ name: 'tgl_selesai', date: true, also: ['tanggal_selesai', 'tanggal_selesai_kursus'] },
		{ name: 'lama_jp', also: ['lama', 'jp', 'jumlah_jam', 'jumlah_jp', 'jam_pelajaran', 'durasi_jp'] },
		{
			name: 'nomor_sttpp',
			also: [
				'no_sttpp',
				'nomor_sertifikat',
				'no_sertifikat',
				'nomor_sertipikat',
				'nomor_sttpl',
				'nomor_piagam',
				'no_piagam'
			]
		},
		{
			name: 'tgl_sttpp',
			date: true,
			also: [
				'tanggal_sttpp',
				'tgl_sertifikat',
				'tanggal_sertifikat',
				'tanggal_sertipikat',
				'tgl_piagam',
				'tanggal_piagam'
			]
		},
		{ name: 'status', also: ['status_verifikasi'] },
		{ name: 'alasan', also: ['alasan_penolakan', 'keterangan'] }
	]
};

/** How a record of a file stands in the ledger. */
export type Standing = 'counted' | 'waiting' | 'rejected';

export type TrainingData = {
	person_id: string;
	form: string;
	title: string;
	provider: string;
	number: string;
	starts_on: CivilDate;
	ends_on: CivilDate;
	year: number;
	amount: number;
	learning_hours: number;
	/** First day of the rate it was reckoned by, which stands once for all rows, and what a cap took away. */
	rate_from: CivilDate;
	capped?: LearnedCap;
	how?: Arithmetic;
	certificate_on: CivilDate | null;
	status: Standing;
	reason: string;
	duplicate_key: string;
	/** It takes the office hours of its days. */
	holds: boolean;
};

/** What counts already of one person and form, for caps over all records. */
export type CountedBefore = Map<string, (HoursAmongDays & { times: number })[]>;
export const countedKey = (nip: string, form: string): string => `${nip} ${form}`;

type Context = {
	today: CivilDate;
	rates: readonly JpRate[];
	settings: readonly JpSetting[];
	counted: CountedBefore;
	/** Whose NIP is which person's. */
	people: ReadonlyMap<string, string>;
};

type Taken = { from: CivilDate; to: CivilDate; row: number; title: string };
type Reading = Omit<Context, 'rates'> & {
	/** By form. */
	rates: ReadonlyMap<string, readonly JpRate[]>;
	/** Forms with a cap at some time: of the others nothing is taken away, whatever counts already. */
	capped: ReadonlySet<string>;
	/** Days of a person that rows above hold. */
	taken: Map<string, Taken[]>;
	/** Of each person, the row in which some learning stood first. */
	first: Map<string, Map<string, number>>;
};

/**
 * Reads a training history and reckons its JP row by row, in the order of the file, beside what counts already: caps per
 * day and month are the person's, not the record's. Of two records on the same days the first stands; the other is told
 * which; of two rows that are the same learning the second. Pure: what the ledger holds of it, the database says later.
 */
export function* checkTrainings(sheet: Sheet, context: Context): Generator<CheckedRow<TrainingData>> {
	const read = rowReader(sheet);
	const reading: Reading = {
		...context,
		rates: Map.groupBy(context.rates, ({ code }) => code),
		capped: new Set(
			context.rates
				.filter(({ capPerDay, capPerMonth }) => capPerDay !== null || capPerMonth !== null)
				.map(({ code }) => code)
		),
		taken: new Map(),
		first: new Map()
	};
	for (const { row, cells } of sheet.rows) yield checkTraining(read(cells), row, reading);
}

function checkTraining(of: RowReader, row: number, context: Reading): CheckedRow<TrainingData> {
	const nip = readNipCell(of, 'nip', context.today)?.nip ?? null;
	const title = of.cell('nama_diklat').slice(0, 300);
	if (title.length < 3) of.report('nama_diklat', 'credentials.import.noTitle');
	const days = readDays(of, context.today);
	const form = formOf(of.cell('jenis_diklat'), of.cell('sub_jenis'));
	if (form === null) of.report('jenis_diklat', 'credentials.import.unknownForm');
	const learned = nip && days && form ? reckon(of, nip, form, days, context) : null;
	const standing = standingOf(of);
	if (nip && learned && standing.status === 'counted' && !of.wrong())
		take(of, row, nip, { ...days, title }, learned, context.taken);
	const number = of.cell('nomor_sttpp').slice(0, 100);
	const certificateOn = of.cell('tgl_sttpp') === '' ? null : readDate(of, 'tgl_sttpp');
	const whole = nip && days && form && learned && !of.wrong();
	if (whole && standing.status === 'counted' && context.capped.has(form))
		remember(context.counted, countedKey(nip, form), {
			...days,
			hours: learned.how.counted,
			times: learned.amount
		});
	const owner = whole ? context.people.get(nip) : undefined;
	const key = whole ? duplicateKey({ number, title, ...days }) : '';
	if (whole) recognise(of, row, owner, key, context.first);
	return checkedRow(of, row, {
		label: personLabel(of, 'nama', 'nip'),
		ids: { external_id: null, nip },
		data:
			whole && owner !== undefined
				? {
						person_id: owner,
						form,
						title,
						provider: of.cell('penyelenggara').slice(0, 200),
						number,
						starts_on: days.startsOn,
						ends_on: days.endsOn,
						certificate_on: certificateOn,
						year: countsInYear(
							{ endDate: days.endsOn, certificateDate: certificateOn },
							settingOn(context.settings, days.endsOn).yearBy
						),
						amount: learned.amount,
						learning_hours: learned.jp,
						rate_from: learned.rule.validFrom,
						// Without a cap its rate and result tell all of it.
						...(learned.capped ? { capped: learned.capped, how: learned.how } : {}),
						...standing,
						duplicate_key: key,
						holds: holdsItsDays(learned.rule)
					}
				: null
	});
}

/** Reports: nobody has this NIP; the same learning of the same person stands further up. */
function recognise(
	of: RowReader,
	row: number,
	owner: string | undefined,
	key: string,
	first: Reading['first']
): void {
	if (owner === undefined) return of.report('nip', 'people.import.unknownPerson');
	const rows = first.get(owner) ?? new Map<string, number>();
	const before = rows.get(key);
	if (before === undefined) first.set(owner, rows.set(key, row));
	else of.report('nama_diklat', 'credentials.import.repeatsRow', { row: before });
}

type Days = { startsOn: CivilDate; endsOn: CivilDate };

function readDays(of: RowReader, today: CivilDate): Days | null {
	const startsOn = readDate(of, 'tgl_mulai');
	const endsOn = of.cell('tgl_selesai') === '' ? startsOn : readDate(of, 'tgl_selesai');
	if (startsOn === null || endsOn === null) return null;
	if (endsOn < startsOn) of.report('tgl_selesai', 'credentials.import.endsBeforeStart', { from: startsOn });
	else if (endsOn > today) of.report('tgl_selesai', 'credentials.import.notOver');
	else if (yearOf(endsOn) - yearOf(startsOn) > 6) of.report('tgl_selesai', 'credentials.import.tooLong');
	return { startsOn, endsOn };
}

type LearnedCap = NonNullable<Extract<LearningHours, { ok: true }>['capped']>;
type Learned = Extract<LearningHours, { ok: true }> & { amount: number };

/** JP by the form; reports what is missing for it. */
function reckon(of: RowReader, nip: string, form: string, days: Days, context: Reading): Learned | null {
	if (of.wrong()) return null;
	const rates = context.rates.get(form) ?? [];
	const rate = rateOn(rates, form, days.endsOn);
	if ('ok' in rate) {
		of.report('jenis_diklat', 'credentials.import.notInForce');
		return null;
	}
	const amount = amountOf(of, rate, days);
	if (amount === null) return null;
	if (rate.capPerMonth !== null && days.startsOn.slice(0, 7) !== days.endsOn.slice(0, 7)) {
		of.report('tgl_selesai', 'credentials.import.byMonth');
		return null;
	}
	const beside = (context.capped.has(form) && context.counted.get(countedKey(nip, form))) || [];
	const hours = hoursOfClaim(
		rates,
		{ form, ...days, amount, abroad: false },
		{
			countedBeside: beside,
			countedBefore: beside.flatMap(({ startsOn, times }) => Array.from({ length: times }, () => startsOn))
		},
		settingOn(context.settings, days.endsOn).rounding
	);
	if (hours.ok) return { ...hours, amount };
	of.report('jenis_diklat', 'credentials.import.rateNotSet');
	return null;
}

/** Files state JP; forms that are counted by days or by times take these from their dates and from being there once. */
function amountOf(of: RowReader, { basis }: JpRate, { startsOn, endsOn }: Days): number | null {
	switch (basis) {
		case 'perDay':
			return (Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 + 1;
		case 'perTime':
		case 'perSemester':
			return 1;
		default: {
			const stated = Number(/\d+([.,]\d+)?/.exec(of.cell('lama_jp'))?.[0].replace(',', '.') ?? NaN);
			if (stated > 0 && stated <= 2000) return stated;
			of.report('lama_jp', 'credentials.import.noHours');
			return null;
		}
	}
}

/**
 * Counts at once: what somebody verified where the file comes from, with a certificate number and a provider to ask.
 * Without them it waits for our own verifier; what was turned down there stays so.
 */
function standingOf(of: RowReader): { status: Standing; reason: string } {
	const said = of.cell('status');
	if (/tolak|batal|tidak (sah|valid)/i.test(said))
		return { status: 'rejected', reason: of.cell('alasan').slice(0, 500) };
	const isOpen = /[tn]unggu|proses|usul|draf|revisi|perbaik|belum/i.test(said);
	const isProven = of.cell('nomor_sttpp') !== '' && of.cell('penyelenggara') !== '';
	if (!isOpen && isProven) return { status: 'counted', reason: '' };
	if (!isOpen)
		of.warn(
			of.cell('nomor_sttpp') === '' ? 'nomor_sttpp' : 'penyelenggara',
			'credentials.import.needsVerifier'
		);
	return { status: 'waiting', reason: '' };
}

/** Nobody sits in two rooms at once: of two records on the same days the first in the file stands. */
function take(
	of: RowReader,
	row: number,
	nip: string,
	it: Partial<Days> & { title: string },
	learned: Learned,
	taken: Reading['taken']
): void {
	const { startsOn: from, endsOn: to, title } = it;
	if (from === undefined || to === undefined || !holdsItsDays(learned.rule)) return;
	const twin = taken.get(nip)?.find((other) => other.from <= to && other.to >= from);
	if (twin) of.report('tgl_mulai', 'credentials.import.overlapsRow', { row: twin.row, title: twin.title });
	else remember(taken, nip, { from, to, row, title });
}

function remember<One>(known: Map<string, One[]>, key: string, one: One): void {
	const before = known.get(key);
	if (before) before.push(one);
	else known.set(key, [one]);
}
