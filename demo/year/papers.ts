import { addDays } from '#kernel/time.ts';
import { PAPER_KINDS, type PaperKind } from '#slices/papers/model.ts';
import { planCost, realiseCost } from '#slices/papers/server/commands/costs.ts';
import { addSignatory, setLetterhead, setNumbering } from '#slices/papers/server/commands/settings.ts';
import { draftPaper, issuePaper, withdrawPaper } from '#slices/papers/server/commands/write-paper.ts';
import type { HeldClass } from './attendance.ts';
import { act, personaOf, type City, type World } from './world.ts';

/** Classes with papers: few, because each is drafted and issued by the product's own commands. */
const WITH_PAPERS = 5;
const UNITS_EACH = 2;

const CODE: Record<PaperKind, string> = {
	terms: '800.2/{no:000}/KAK/BKPSDM/{tahun}',
	invitation: '800.2.3/{no:000}/BKPSDM/{bulanRomawi}/{tahun}',
	assignment: '800.1.11/{no:000}/BKPSDM/{bulanRomawi}/{tahun}',
	schedule: '800.2.3/{no:000}/JDW/BKPSDM/{tahun}',
	nominative: '800.2.3/{no:000}/NOM/BKPSDM/{tahun}',
	attendance: '800.2.3/{no:000}/DH/BKPSDM/{tahun}',
	minutes: '800.2.3/{no:000}/BA/BKPSDM/{tahun}',
	report: '800.2.3/{no:000}/LAP/BKPSDM/{tahun}'
};

/** Letterhead, numbering and signatory of the training office, papers of a few classes, and what those cost. */
export async function writePapers(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	await setOffice(world, city);
	const clerk = personaOf(city, 'employee').id;
	const chosen = classes
		.filter(
			({ planned, people, startsOn }) =>
				planned.stage === 'certified' && people.length > 0 && startsOn < world.clock.today
		)
		.toSorted(
			(a, b) =>
				Number(b.people.some(({ id }) => id === clerk)) - Number(a.people.some(({ id }) => id === clerk)) ||
				a.index - b.index
		)
		.slice(0, WITH_PAPERS)
		.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn) || a.index - b.index);
	for (const one of chosen) await papersOf(world, city, one);
	const next = classes.find(({ planned, people }) => planned.stage === 'open' && people.length > 0);
	if (next)
		await act(world, draftPaper, city.actors.trainingAdmin, world.clock.at(world.clock.today, '07:30'), {
			classId: next.classId,
			kind: 'schedule'
		});
}

async function setOffice(world: World, city: City): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const head = personaOf(city, 'agencyHead');
	const now = clock.at(clock.day(-58), '08:00');
	const validFrom = `${clock.year - 1}-01-01`;
	await act(world, setLetterhead, admin, now, {
		validFrom,
		government: city.source.name.startsWith('Pemerintah')
			? city.source.name
			: `Pemerintah ${city.source.name}`,
		office: head.office,
		address: 'Jalan Contoh Raya Nomor 2',
		city: city.source.city,
		postalCode: '20112',
		phone: '(061) 555 0142',
		email: 'bkpsdm@contoh.go.id'
	});
	for (const kind of PAPER_KINDS)
		await act(world, setNumbering, admin, now, {
			kind,
			validFrom,
			pattern: CODE[kind],
			copies: kind === 'assignment' || kind === 'report' ? 'Wali Kota\nInspektur' : ''
		});
	await act(world, addSignatory, admin, now, {
		nip: head.nip,
		capacity: 'definitive',
		post: head.post,
		validFrom
	});
}

async function papersOf(world: World, city: City, one: HeldClass): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const clerk = personaOf(city, 'employee').id;
	const units = [
		...new Set(
			one.people
				.toSorted((a, b) => Number(b.id === clerk) - Number(a.id === clerk))
				.map(({ unitId }) => unitId)
		)
	].slice(0, UNITS_EACH);
	const issue = async (kind: PaperKind, day: number, unitId?: string): Promise<string> => {
		const { paperId } = await act(world, draftPaper, admin, clock.at(addDays(one.startsOn, day), '09:00'), {
			classId: one.classId,
			kind,
			...(unitId === undefined ? {} : { unitId })
		});
		await act(world, issuePaper, admin, clock.at(addDays(one.startsOn, day), '09:20'), { paperId });
		return paperId;
	};
	await spend(world, city, one);
	for (const unitId of units) await issue('invitation', -9, unitId);
	const sent = [];
	for (const unitId of units) sent.push(await issue('assignment', -5, unitId));
	await issue('attendance', -1);
	await issue('report', 6);
	const last = sent.at(-1);
	if (one.index % 3 === 0 && last !== undefined && sent.length > 1)
		await act(world, withdrawPaper, admin, clock.at(addDays(one.startsOn, -4), '08:00'), {
			paperId: last,
			reason: 'Tanggal kegiatan tertulis keliru.'
		});
}

const ITEMS = [
	{
		kind: 'honorarium',
		description: 'Honorarium pengajar',
		unitWord: 'OJ',
		quantity: 20,
		rate: 300_000,
		spent: 18
	},
	{
		kind: 'consumption',
		description: 'Makan siang dan kudapan',
		unitWord: 'orang/hari',
		quantity: 60,
		rate: 62_000,
		spent: 57
	},
	{
		kind: 'stationery',
		description: 'Bahan ajar dan alat tulis',
		unitWord: 'paket',
		quantity: 30,
		rate: 45_000,
		spent: 30
	}
] as const;

async function spend(world: World, city: City, one: HeldClass): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	for (const { spent, ...item } of ITEMS) {
		const { costId } = await act(world, planCost, admin, clock.at(addDays(one.startsOn, -20), '10:00'), {
			classId: one.classId,
			...item
		});
		await act(world, realiseCost, admin, clock.at(addDays(one.startsOn, 5), '15:00'), {
			costId,
			quantity: spent,
			rate: item.rate
		});
	}
}
