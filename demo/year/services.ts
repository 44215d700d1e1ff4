import { calculateMeasurements, recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import { createIndicator } from '#slices/impact/server/commands/indicator.ts';
import { rowsOfFile } from '#slices/impact/measurements.ts';
import { randomFor } from '../random.ts';
import { kecamatanOf } from './treated.ts';
import { act, type City, type World } from './world.ts';

/** Sub-districts that keep a log or ask their visitors. */
const SURVEYED = 5;
const LOGGED = 3;
const RESPONDENTS = 40;
const VISITORS = 50;
const LOG_MONTHS = 6;

type Row = { row: number; cells: string[] };
type Figures = { code: string; name: string; unitOfMeasure: string; better: 'lower' | 'higher' };

/** What the calculators are for: a survey of two half years, and the log of a queue, each made into an indicator. */
export async function calculateServices(world: World, city: City): Promise<void> {
	const { clock } = world;
	const names = kecamatanOf(city);
	const halves = [clock.month(12), clock.month(6)].map((month) => {
		const first = Number(month.slice(5, 7)) <= 6;
		return `${first ? '03' : '09'}/${month.slice(0, 4)}`;
	});
	await keep(world, city, {
		of: { code: 'SKM', name: 'SKM loket kecamatan', unitOfMeasure: 'poin', better: 'higher' },
		definition:
			'IKM dari sembilan unsur PermenPANRB 14/2017, semua pemohon di loket kecamatan yang bersedia mengisi, per semester.',
		cadence: 'half',
		highest: 100,
		calculator: 'survey',
		table: [
			['unit', 'bulan', ...Array.from({ length: 9 }, (_, index) => `U${index + 1}`)],
			...names.slice(0, SURVEYED).flatMap((unit) =>
				halves.flatMap((half, at) => {
					const random = randomFor(world.seed, city.key, 'skm', unit, at);
					return Array.from({ length: RESPONDENTS }, () => [
						unit,
						half,
						...Array.from({ length: 9 }, () => String(random.next() < 0.2 ? 4 : random.next() < 0.85 ? 3 : 2))
					]);
				})
			)
		]
	});
	await keep(world, city, {
		of: {
			code: 'TUNGGU',
			name: 'Median menunggu dari catatan antrean',
			unitOfMeasure: 'menit',
			better: 'lower'
		},
		definition:
			'Dari mengambil nomor sampai dipanggil di loket; yang pergi sebelum dipanggil tidak dihitung.',
		cadence: 'month',
		highest: 240,
		calculator: 'queue',
		table: [
			['unit', 'tanggal', 'datang', 'dipanggil', 'selesai'],
			...names.slice(0, LOGGED).flatMap((unit) => {
				const random = randomFor(world.seed, city.key, 'queue', unit);
				return Array.from({ length: LOG_MONTHS }, (_, index) => clock.month(LOG_MONTHS - index)).flatMap(
					(month) =>
						Array.from({ length: VISITORS }, (_, visitor) => {
							const came = 8 * 60 + Math.floor(random.next() * 360);
							const called = came + 5 + Math.floor(random.next() ** 2 * 70);
							const day = String(1 + (visitor % 27)).padStart(2, '0');
							return [unit, `${month.slice(0, 8)}${day}`, ...[came, called, called + 9].map(clockText)];
						})
				);
			})
		]
	});
}

const clockText = (minute: number): string =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

type Made = {
	of: Figures;
	definition: string;
	cadence: 'month' | 'half';
	highest: number;
	calculator: 'survey' | 'queue';
	table: string[][];
};

/** The way an office goes: define, let the file be read, record what came out. */
async function keep(world: World, city: City, { of, table, calculator, ...described }: Made): Promise<void> {
	const admin = city.actors.trainingAdmin;
	const { indicatorId } = await act(
		world,
		createIndicator,
		admin,
		world.clock.at(world.clock.day(-2), '09:00'),
		{
			...of,
			...described,
			lowest: 0,
			source: calculator === 'survey' ? 'Survei di loket' : 'Mesin antrean'
		}
	);
	const rows: Row[] = table.map((cells, index) => ({ row: index + 1, cells }));
	const { text } = await act(
		world,
		calculateMeasurements,
		admin,
		world.clock.at(world.clock.day(-2), '09:20'),
		{
			indicatorId,
			calculator,
			table: rows
		}
	);
	await act(world, recordMeasurements, admin, world.clock.at(world.clock.day(-2), '09:30'), {
		indicatorId,
		rows: rowsOfFile(text)
	});
}
