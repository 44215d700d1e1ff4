import { sql } from 'kysely';
import {
	describeDictionary,
	draftDictionary,
	putDictionaryInForce,
	removeCompetency,
	saveCompetency
} from '#slices/competencies/server/commands/dictionary.ts';
import { decideProposal, proposeCompetency } from '#slices/competencies/server/commands/proposals.ts';
import {
	addRule,
	draftStandard,
	putStandardInForce
} from '#slices/competencies/server/commands/standards.ts';
import { normal, randomFor } from '../random.ts';
import { MODEL, type Abilities, type Competency } from './ability.ts';
import { FIRST_VERSION, RULES, TECHNICAL, type TechnicalPlan } from './catalogue/technical.ts';
import { act, personaOf, read, type City, type World } from './world.ts';

/**
 * The city's technical dictionary in two versions, the decree that asks for it, a decree still in preparation, and what
 * units proposed. All of it came after the year's survey, which therefore asks the nine of the regulation alone; the
 * survey for next year asks every post what its standard names.
 */
export async function setTechnical(world: World, city: City): Promise<void> {
	const { clock } = world;
	const [first, second, decree] = [clock.day(-50), clock.day(-12), clock.day(-9)];
	const firstId = await draft(world, city, clock.day(-52), {
		legalBasis: 'Keputusan Wali Kota tentang Kamus Kompetensi Teknis (contoh)',
		validFrom: first
	});
	const known = new Map<string, string>();
	const { without, oldNames, dropped } = FIRST_VERSION;
	const before = TECHNICAL.filter(({ key }) => !without.some((absent) => absent === key));
	for (const plan of [...before, dropped])
		known.set(
			plan.key,
			await save(world, city, firstId, clock.day(-52), plan, known, oldNames[plan.key] ?? plan.name)
		);
	await inForce(world, city, firstId, first);

	const secondId = await draft(world, city, clock.day(-14), {
		legalBasis: 'Keputusan Wali Kota tentang Perubahan Kamus Kompetensi Teknis (contoh)',
		validFrom: second
	});
	await act(world, removeCompetency, city.actors.trainingAdmin, clock.at(clock.day(-14)), {
		dictionaryId: secondId,
		competencyId: known.get(dropped.key) ?? ''
	});
	for (const plan of TECHNICAL.filter(({ key }) => !before.some((old) => old.key === key) || key in oldNames))
		known.set(plan.key, await save(world, city, secondId, clock.day(-14), plan, known, plan.name));
	await inForce(world, city, secondId, second);
	await decreeStandards(world, city, known, decree);
	await prepareDecree(world, city);
	await proposeSome(world, city);
}

async function draft(
	world: World,
	city: City,
	on: string,
	decree: { legalBasis: string; validFrom: string }
): Promise<string> {
	const [by, at] = [city.actors.trainingAdmin, world.clock.at(on)];
	const { dictionaryId } = await act(world, draftDictionary, by, at, { kind: 'technical' });
	await act(world, describeDictionary, by, at, {
		dictionaryId,
		name: 'Kamus kompetensi teknis Kota Medan',
		...decree,
		note: 'Disusun bersama perangkat daerah yang memakainya.'
	});
	return dictionaryId;
}

async function save(
	world: World,
	city: City,
	dictionaryId: string,
	on: string,
	plan: TechnicalPlan,
	known: ReadonlyMap<string, string>,
	name: string
): Promise<string> {
	const at = TECHNICAL.findIndex(({ key }) => key === plan.key);
	const competencyId = known.get(plan.key);
	const saved = await act(world, saveCompetency, city.actors.trainingAdmin, world.clock.at(on), {
		dictionaryId,
		...(competencyId === undefined ? {} : { competencyId }),
		code: `T.${String(at === -1 ? 90 : at + 1).padStart(2, '0')}`,
		area: plan.area,
		name,
		nameEn: plan.nameEn,
		definition: plan.definition,
		levels: levelsOf(plan)
	});
	return saved.competencyId;
}

const levelsOf = (plan: Pick<TechnicalPlan, 'levels'>) =>
	plan.levels.map(([headline, ...indicators]) => ({ headline, indicators }));

const inForce = (world: World, city: City, dictionaryId: string, on: string) =>
	act(world, putDictionaryInForce, city.actors.trainingAdmin, world.clock.at(on), { dictionaryId });

async function decreeStandards(
	world: World,
	city: City,
	known: ReadonlyMap<string, string>,
	validFrom: string
): Promise<void> {
	const [by, at] = [city.actors.trainingAdmin, world.clock.at(validFrom)];
	const { standardId } = await act(world, draftStandard, by, at, {
		name: 'Standar kompetensi teknis: loket kecamatan, perawat dan bidan, keuangan, perencanaan, data',
		legalBasis: 'Keputusan Wali Kota tentang Standar Kompetensi Teknis Jabatan (contoh)',
		validFrom
	});
	for (const { key, title, postLevel, unitKind, level } of RULES)
		await act(world, addRule, by, at, {
			standardId,
			...(title === undefined ? {} : { postTitle: title }),
			...(postLevel === undefined ? {} : { postLevel }),
			...(unitKind === undefined ? {} : { unitKind }),
			competencyId: known.get(key) ?? '',
			level
		});
	await act(world, putStandardInForce, by, at, { standardId });
}

/** What somebody of BKPSDM is working on: it raises the lowest heads in public service, and shows whom that touches. */
async function prepareDecree(world: World, city: City): Promise<void> {
	const { clock } = world;
	const [by, at] = [city.actors.trainingAdmin, clock.at(clock.workday(-2))];
	const service = await read(world, city, (db) =>
		db
			.selectFrom('competencies.competency')
			.select('id')
			.where('agency_id', '=', city.agencyId)
			.where('code', '=', 'M.05')
			.executeTakeFirstOrThrow()
	);
	const { standardId } = await act(world, draftStandard, by, at, {
		name: 'Standar pelayanan publik di kelurahan dan kecamatan',
		legalBasis: 'Rancangan Keputusan Wali Kota (contoh)',
		validFrom: clock.day(5)
	});
	for (const [postLevel, level] of [
		['05', 4],
		['06', 3]
	] as const)
		await act(world, addRule, by, at, {
			standardId,
			postLevel,
			unitKind: 'kecamatan',
			competencyId: service.id,
			level
		});
}

async function proposeSome(world: World, city: City): Promise<void> {
	const { clock } = world;
	const unitHead = personaOf(city, 'unitHead');
	const propose = (on: string, name: string, definition: string, reason: string) =>
		act(world, proposeCompetency, city.actors.unitHead, clock.at(on, '10:20'), {
			unitId: unitHead.unitId,
			area: 'Pelayanan publik',
			name,
			definition,
			reason,
			levels: levelsOf({ levels: COMPLAINTS })
		});
	const declined = await propose(
		clock.day(-8, 1),
		'Penulisan papan pengumuman',
		'Kemampuan menulis papan pengumuman kantor dengan jelas.',
		'Pengumuman di kantor camat sering tidak terbaca warga.'
	);
	await act(world, decideProposal, city.actors.trainingAdmin, clock.at(clock.day(-7, 2)), {
		proposalId: declined.proposalId,
		decision: 'declined',
		note: 'Sudah tercakup dalam kompetensi komunikasi (M.03). Usulkan pelatihannya lewat kebutuhan unit.'
	});
	await propose(
		clock.workday(-1),
		'Penanganan pengaduan warga',
		'Kemampuan menerima, menindaklanjuti, dan menutup pengaduan warga sampai ada jawabannya.',
		'Pengaduan lisan di loket kecamatan banyak yang tidak tercatat dan tidak terjawab.'
	);
}

const COMPLAINTS = [
	['Menerima pengaduan dengan sopan', 'Mendengarkan sampai selesai', 'Mencatat pengaduan saat itu juga'],
	['Meneruskan pengaduan ke yang berwenang', 'Memilih tujuan yang tepat', 'Memberi nomor kepada pengadu'],
	[
		'Menyelesaikan pengaduan di unitnya',
		'Menjawab dalam tiga hari kerja',
		'Menjelaskan sebab dan tindakannya'
	],
	['Mencegah pengaduan berulang', 'Mengelompokkan sebab tiap bulan', 'Mengusulkan perbaikan prosedur'],
	['Membangun sistem pengaduan kota', 'Memadukan semua saluran', 'Menerbitkan hasilnya kepada warga']
] as const;

export type Technical = {
	competencies: readonly Competency[];
	abilities: Abilities;
	/** Person → technical competencies that the post is asked for. */
	asked: ReadonlyMap<string, ReadonlySet<string>>;
};

/** The nine with the technical ones behind them, as they stand on a day: who is asked for which, and what they can do. */
export async function withTechnical(
	world: World,
	city: City,
	national: readonly Competency[],
	abilities: Abilities,
	on: string
): Promise<Technical> {
	const rows = await read(world, city, async (db) => {
		const found = await sql<{ person: string; id: string; code: string; level: number }>`
			select r.person_id as person, c.id, c.code, r.level
			from competencies.required_for(${on}::date) r
			join competencies.competency c on c.agency_id = ${city.agencyId} and c.id = r.competency_id
			where c.family = 'technical'`.execute(db);
		return found.rows;
	});
	const technical = [...new Map(rows.map(({ id, code }) => [id, { id, code }])).values()].sort((a, b) =>
		a.code < b.code ? -1 : 1
	);
	const levels = Map.groupBy(rows, ({ person }) => person);
	return {
		competencies: [...national, ...technical],
		asked: new Map([...levels].map(([person, of]) => [person, new Set(of.map(({ id }) => id))])),
		abilities: new Map(
			city.staff.map(({ id, nip }) => {
				const random = randomFor(world.seed, city.key, 'technical', nip);
				const own = normal(random) * MODEL.person;
				const asked = levels.get(id) ?? [];
				return [
					id,
					[
						...(abilities.get(id) ?? []),
						...technical.map(
							(one) =>
								(asked.find((row) => row.id === one.id)?.level ?? 1) +
								MODEL.start +
								own +
								normal(random) * MODEL.rest
						)
					]
				];
			})
		)
	};
}
