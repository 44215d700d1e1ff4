import { normal, randomFor } from '../random.ts';

/**
 * Monthly figures of the kecamatan, with what training changes planted in them. Written out in demo/README.md: whoever
 * looks at the page of a study knows what it should find.
 */
export type IndicatorModel = {
	code: string;
	name: string;
	unitOfMeasure: string;
	better: 'lower' | 'higher';
	source: string;
	/** What is counted, and between which values a figure can be true. */
	definition: string;
	lowest: number;
	highest: number;
	base: number;
	/** Standard deviation between kecamatan. */
	units: number;
	/** Half of the swing over the year; every kecamatan has the same season. */
	season: number;
	/** Change a month, everywhere. */
	trend: number;
	/** Autocorrelation from month to month, and the standard deviation of what is new each month. */
	memory: number;
	noise: number;
	/** What the training changes from the first month after it on. */
	effect: number;
	decimals: number;
};

export const INDICATORS: readonly IndicatorModel[] = [
	{
		code: 'ANTRE',
		name: 'Lama menunggu di loket kecamatan',
		unitOfMeasure: 'menit',
		better: 'lower',
		source: 'Mesin antrean kecamatan, rata-rata hari kerja',
		definition:
			'Rata-rata menit dari mengambil nomor sampai dipanggil di loket kecamatan, semua layanan, hari kerja.',
		lowest: 0,
		highest: 240,
		base: 38,
		units: 5,
		season: 2.5,
		trend: -0.05,
		memory: 0.5,
		noise: 1.6,
		effect: -6,
		decimals: 1
	},
	{
		code: 'IKM',
		name: 'Indeks Kepuasan Masyarakat',
		unitOfMeasure: 'poin',
		better: 'higher',
		source: 'Survei kepuasan bulanan, sembilan unsur PermenPANRB 14/2017',
		definition:
			'Nilai rata-rata tertimbang sembilan unsur × 25, semua pemohon yang mengisi survei pada bulan itu.',
		lowest: 25,
		highest: 100,
		base: 79.5,
		units: 2.2,
		season: 0.6,
		trend: 0.05,
		memory: 0.4,
		noise: 0.9,
		effect: 2.5,
		decimals: 2
	},
	{
		code: 'ADUAN',
		name: 'Pengaduan per 1.000 layanan',
		unitOfMeasure: 'pengaduan',
		better: 'lower',
		source: 'SP4N-LAPOR! dan buku pengaduan',
		definition:
			'Pengaduan yang masuk dalam sebulan, tertulis atau lewat SP4N-LAPOR!, dibagi layanan bulan itu, kali 1.000.',
		lowest: 0,
		highest: 200,
		base: 7.2,
		units: 1.2,
		season: 0.5,
		trend: 0,
		memory: 0.3,
		noise: 0.8,
		effect: 0,
		decimals: 1
	}
];

/**
 * A planted selection: eight kecamatan that asked to be trained because they were on their way up already. Training changes
 * nothing here; whoever compares before and after would call it a success.
 */
export const CHOSEN: IndicatorModel & { drift: number } = {
	code: 'TEPAT',
	name: 'Berkas selesai tepat waktu',
	unitOfMeasure: 'persen',
	better: 'higher',
	source: 'Buku register pelayanan kecamatan',
	definition:
		'Persen berkas yang selesai pada hari yang dijanjikan, menurut buku register, semua layanan kecamatan.',
	lowest: 0,
	highest: 100,
	base: 74,
	units: 2.5,
	season: 0.8,
	trend: 0,
	memory: 0.3,
	noise: 1,
	effect: 0,
	decimals: 1,
	drift: 0.4
};
export const CHOSEN_COUNT = 8;

export const MONTHS = 24;

/**
 * Figures of people: files that each officer of the kecamatan counters finished in a month. Those who passed Pelayanan Publik
 * Prima do more from the first month after it on; what an office shares, everybody in it has.
 */
export const OFFICER = {
	code: 'BERKAS',
	name: 'Berkas selesai per petugas loket',
	unitOfMeasure: 'berkas',
	source: 'Buku register loket kecamatan',
	definition:
		'Berkas yang diselesaikan seorang petugas loket kecamatan dalam sebulan, menurut NIP di buku register, semua layanan.',
	lowest: 0,
	highest: 1000,
	base: 120,
	/** Standard deviations: between people, of what an office shares in a month, of what is left. */
	people: 15,
	shared: 3,
	noise: 8,
	season: 6,
	effect: 9
} as const;

export type OfficerReading = { nip: string; period: string; value: number };

/** `officers` in the order of their NIPs, each with the office they sit in; `trained` by NIP. */
export function officerSeries(
	seed: number,
	officers: readonly { nip: string; office: string }[],
	trained: ReadonlySet<string>,
	periods: readonly string[],
	from: string
): OfficerReading[] {
	const shared = new Map<string, number[]>();
	return officers.flatMap(({ nip, office }) => {
		if (!shared.has(office)) {
			const random = randomFor(seed, 'indicator', OFFICER.code, 'office', office);
			shared.set(
				office,
				periods.map(() => normal(random) * OFFICER.shared)
			);
		}
		const random = randomFor(seed, 'indicator', OFFICER.code, nip);
		const level = OFFICER.base + normal(random) * OFFICER.people;
		return periods.map((period, index) => {
			// Busiest in July, when children are enrolled at school.
			const season = OFFICER.season * Math.cos((2 * Math.PI * (Number(period.slice(5, 7)) - 7)) / 12);
			const own = normal(random) * OFFICER.noise + (shared.get(office)?.[index] ?? 0);
			const effect = trained.has(nip) && period >= from ? OFFICER.effect : 0;
			return { nip, period, value: Math.max(0, Math.round(level + season + own + effect)) };
		});
	});
}

export type Reading = { unit: string; period: string; value: number };

/**
 * `periods`: first days of the months, oldest first. The draws belong to the place in the list and not to the date, so
 * the finding is the same on whatever day the city is loaded; only the season follows the calendar.
 */
export function seriesOf(
	seed: number,
	model: IndicatorModel,
	units: readonly string[],
	treated: ReadonlySet<string>,
	periods: readonly string[],
	from: string,
	/** Change a month in the treated alone, from the first month on: not an effect. */
	drift = 0
): Reading[] {
	return units.flatMap((unit) => {
		const random = randomFor(seed, 'indicator', model.code, unit);
		const level = model.base + normal(random) * model.units;
		// The first month already has the spread of any other.
		let carried = (normal(random) * model.noise) / Math.sqrt(1 - model.memory ** 2);
		return periods.map((period, index) => {
			if (index > 0) carried = model.memory * carried + normal(random) * model.noise;
			// Busiest in July, when children are enrolled at school.
			const season = model.season * Math.cos((2 * Math.PI * (Number(period.slice(5, 7)) - 7)) / 12);
			const towards = model.better === 'lower' ? 1 : -1;
			const effect = treated.has(unit) && period >= from ? model.effect : 0;
			const own = treated.has(unit) ? drift * index : 0;
			const value = level + towards * season + model.trend * index + own + carried + effect;
			return { unit, period, value: Number(Math.max(0, value).toFixed(model.decimals)) };
		});
	});
}
