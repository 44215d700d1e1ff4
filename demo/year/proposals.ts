import { planInBulk, type NewIdp } from '#slices/needs/server/idps-in-bulk.ts';
import { consolidateNeeds } from '#slices/needs/server/commands/consolidate-needs.ts';
import {
	closeForum,
	decideInForum,
	openForum,
	putOnAgenda
} from '#slices/needs/server/commands/hold-forum.ts';
import { addNeed, submitNeed, takeNeed } from '#slices/needs/server/commands/propose-need.ts';
import {
	addGoal,
	importServices,
	recordPerformance
} from '#slices/needs/server/commands/record-need-sources.ts';
import type { Competency } from './ability.ts';
import { LINES } from './catalogue/year-plan.ts';
import { needKey, type Accepted } from './need-key.ts';
import { officesOf } from './plan.ts';
import type { Random } from '../random.ts';
import type { Taught } from './programs.ts';
import { act, randomOf, write, type City, type World } from './world.ts';

/** Each is ranked anew among its office's needs, as a unit head would: a few tell the story. */
const DECIDED = 8;

const GOALS = [
	['Waktu tunggu layanan administrasi di bawah 15 menit', 'M.05', 1.5],
	['Seluruh layanan perizinan selesai secara daring', 'M.07', 1.3],
	['Nilai SAKIP paling rendah BB', 'M.04', 1.2]
] as const;
const DISTRICT_GOAL = 'Indeks kepuasan masyarakat kecamatan paling rendah 85';

/** What offices aim at, how citizens judged the districts, and a few performance gaps: the level of the organisation. */
export async function recordOrganisation(
	world: World,
	city: City,
	competencies: readonly Competency[]
): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const at = clock.at(clock.day(-60), '10:00');
	const offices = await officesOf(world, city);
	const districts = [...offices].filter(([name]) => name.startsWith('Kecamatan '));
	const span = { yearFrom: clock.year - 2, yearTo: clock.year + 2 };
	const root = city.staff.find(({ path }) => !path.includes('.'))?.unitId ?? districts[0]?.[1].id ?? '';
	for (const [goal, code, weight] of GOALS)
		await act(world, addGoal, admin, at, {
			unitId: root,
			goal,
			source: 'rpjmd',
			weight,
			...span,
			competencyId: competencies.find((one) => one.code === code)?.id
		});
	for (const [, office] of districts.slice(0, 8))
		await act(world, addGoal, admin, at, {
			unitId: office.id,
			goal: DISTRICT_GOAL,
			source: 'renstra',
			weight: 1.4,
			...span
		});
	const random = randomOf(world, city, 'service');
	const rows = [clock.year - 1, clock.year].flatMap((year) =>
		districts.map(([unit], line) => {
			const level = 2.95 + random.int(0, 45) / 100;
			return {
				line: line + 1,
				unit,
				year,
				half: 0,
				respondents: random.int(110, 390),
				// Time and complaints are where districts are weak; cost is free by law.
				scores: [0.1, 0, -0.25, 0.6, 0.1, 0.05, 0.1, -0.15, 0].map((lean) =>
					Math.min(4, Math.round((level + lean + random.int(-12, 12) / 100) * 10_000) / 10_000)
				),
				source: `Laporan SKM ${year} (contoh)`
			};
		})
	);
	if (rows.length > 0) await act(world, importServices, admin, at, { rows });
	for (const person of shuffled(
		random,
		city.staff.filter(({ kind }) => kind === 'general')
	).slice(0, 24))
		await act(world, recordPerformance, admin, at, {
			nip: person.nip,
			year: clock.year - 1,
			kind: 'predicate',
			predicate: random.chance(0.8) ? 3 : 4,
			source: 'e-Kinerja (contoh)'
		});
}

/** The needs of the finished year: offices propose what the plan will answer, a forum accepts it. */
export async function decideNeeds(
	world: World,
	city: City,
	{
		campaignId,
		competencies,
		taught
	}: { campaignId: string; competencies: readonly Competency[]; taught: ReadonlyMap<string, Taught> }
): Promise<Accepted> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const offices = await officesOf(world, city);
	const wanted = new Map<string, { unitId: string; competencyId: string; line: (typeof LINES)[number] }>();
	for (const line of LINES) {
		const unitId = line.unit === null ? undefined : offices.get(line.unit)?.id;
		const code = taught.get(line.code)?.plan.versions.at(-1)?.outcomes[0]?.competency;
		const competencyId = competencies.find((one) => one.code === code)?.id;
		if (unitId === undefined || competencyId === undefined || line.measured === false) continue;
		const key = needKey(unitId, competencyId);
		if (wanted.has(key)) continue;
		if (wanted.size === DECIDED) break;
		wanted.set(key, { unitId, competencyId, line });
	}
	// Each need is reckoned from its own unit's gaps: side by side, the server's two cores share them.
	const accepted: Accepted = new Map(
		await Promise.all(
			[...wanted].map(async ([key, { unitId, competencyId, line }]) => {
				const { proposalId } = await act(world, takeNeed, admin, clock.at(clock.day(-55), '10:00'), {
					unitId,
					campaignId,
					subject: `competency:${competencyId}`,
					people: line.seats,
					form: 'training',
					quarter: 2,
					reason: line.goal.length < 5 ? 'Sesuai hasil analisis kebutuhan' : line.goal
				});
				await act(world, submitNeed, admin, clock.at(clock.day(-55, 1)), { proposalId });
				return [key, proposalId] as const;
			})
		)
	);
	const proposalIds = [...accepted.values()];
	if (proposalIds.length === 0) return accepted;
	await act(world, consolidateNeeds, admin, clock.at(clock.day(-55, 2)), { proposalIds, step: 'verified' });
	await forum(world, city, clock.year, clock.day(-55, 3), proposalIds, true);
	return accepted;
}

async function forum(
	world: World,
	city: City,
	year: number,
	on: string,
	proposalIds: string[],
	decide: boolean
): Promise<void> {
	const admin = city.actors.trainingAdmin;
	// Today's forum is announced by now, whatever the hour.
	const held = world.clock.at(on, '13:00');
	const at = held < world.clock.now ? held : world.clock.now;
	const { forumId } = await act(world, openForum, admin, at, {
		title: `FGD kebutuhan pengembangan kompetensi ${year}`,
		year,
		heldOn: on,
		place: 'Aula BKPSDM',
		chair: city.actors.agencyHead.name,
		participants: [
			`${city.actors.authorizedOfficial.name}, Sekretariat Daerah`,
			`${city.actors.unitHead.name}, kecamatan`,
			`${city.actors.trainingAdmin.name}, BKPSDM`,
			'Wakil Bappeda, Bappeda',
			'Wakil BKAD, TAPD'
		].join('\n')
	});
	await act(world, putOnAgenda, admin, at, { forumId, proposalIds });
	if (!decide) return;
	await act(world, decideInForum, admin, at, {
		forumId,
		items: proposalIds.map((proposalId) => ({ proposalId, outcome: 'accepted' as const }))
	});
	await act(world, closeForum, admin, at, { forumId, number: `800.1.4/${year}/BA-CONTOH` });
}

const STATES = [
	'draft',
	'submitted',
	'revise',
	'verified',
	'verified',
	'discussed',
	'accepted',
	'rejected',
	'deferred'
] as const;

/** Proposals for next year on every desk: with the unit, with BKPSDM, in a forum, decided. */
export async function leaveProposals(
	world: World,
	city: City,
	nextId: string,
	competencies: readonly Competency[]
): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const year = clock.year + 1;
	const random = randomOf(world, city, 'proposals');
	const districts = [...(await officesOf(world, city))].filter(([name]) => name.startsWith('Kecamatan '));
	const at = clock.at(clock.day(-1), '09:00');
	const [sent, checked] = [clock.at(clock.day(-1), '10:30'), clock.at(clock.day(-1), '15:00')];
	const made = new Map<string, string[]>();
	for (const [index, state] of STATES.entries()) {
		const office = districts[index % districts.length];
		if (!office) return;
		const own = index % 3 === 2;
		const facts = {
			people: random.int(8, 35),
			form: random.pick(['training', 'workshop', 'coaching'] as const),
			quarter: random.int(1, 4),
			reason: 'Keluhan warga tentang waktu layanan paling banyak di unit ini'
		};
		const { proposalId } = own
			? await act(world, addNeed, admin, at, {
					unitId: office[1].id,
					year,
					topic: 'Bahasa isyarat untuk petugas loket',
					...facts
				})
			: await act(world, takeNeed, admin, at, {
					unitId: office[1].id,
					campaignId: nextId,
					subject: `competency:${competencies.find(({ code }) => code === 'M.05')?.id ?? ''}`,
					...facts
				});
		if (state !== 'draft') await act(world, submitNeed, admin, sent, { proposalId });
		made.set(state, [...(made.get(state) ?? []), proposalId]);
	}
	const of = (...states: (typeof STATES)[number][]) => states.flatMap((state) => made.get(state) ?? []);
	await act(world, consolidateNeeds, admin, checked, {
		proposalIds: of('revise'),
		step: 'revise',
		note: 'Sebutkan layanan yang dimaksud'
	});
	const decided = of('accepted', 'rejected', 'deferred');
	await act(world, consolidateNeeds, admin, checked, {
		proposalIds: [...of('verified', 'discussed'), ...decided],
		step: 'verified'
	});
	const day = clock.day(-1, 2);
	const { forumId } = await act(world, openForum, admin, clock.at(day), {
		title: `FGD pertama kebutuhan ${year}`,
		year,
		heldOn: day,
		place: 'Ruang rapat BKPSDM',
		chair: city.actors.agencyHead.name,
		participants: `${city.actors.unitHead.name}, kecamatan\n${city.actors.trainingAdmin.name}, BKPSDM`
	});
	await act(world, putOnAgenda, admin, clock.at(day), { forumId, proposalIds: decided });
	await act(world, decideInForum, admin, clock.at(day), {
		forumId,
		items: (['accepted', 'rejected', 'deferred'] as const).flatMap((outcome) =>
			of(outcome).map((proposalId) => ({
				proposalId,
				outcome,
				note: outcome === 'accepted' ? '' : 'Anggaran belum tersedia'
			}))
		)
	});
	await act(world, closeForum, admin, clock.at(day), { forumId, number: `800.1.4/${year}/BA-CONTOH-1` });
	await forum(world, city, year, clock.today, of('discussed'), false);
}

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
	list
		.map((one) => ({ one, draw: random.next() }))
		.sort((a, b) => a.draw - b.draw)
		.map(({ one }) => one);

const PLANS = 300;
const TOPICS = [
	'Pelayanan publik',
	'Komunikasi',
	'Pengelolaan arsip digital',
	'Penyusunan anggaran',
	'Analisis data dasar'
];

/** Individual plans for next year; some wait for the supervisor whose account is printed. */
export async function planPeople(
	world: World,
	city: City,
	competencies: readonly Competency[]
): Promise<void> {
	const { clock } = world;
	const random = randomOf(world, city, 'idp');
	const personas = new Set(Object.values(city.personas).map(({ nip }) => nip));
	const others = city.staff.filter(({ nip, supervisorId }) => !personas.has(nip) && supervisorId !== null);
	const supervisor = city.staff.find(({ nip }) => nip === city.personas.supervisor.nip)?.id;
	const team = others.filter(({ supervisorId }) => supervisorId === supervisor).slice(0, 3);
	const chosen = [
		...team,
		...shuffled(
			random,
			others.filter((person) => !team.includes(person))
		).slice(0, PLANS - team.length)
	];
	const service = competencies.find(({ code }) => code === 'M.05')?.id ?? null;
	const plans = chosen.map((person, index): NewIdp => {
		const status =
			index < team.length
				? 'submitted'
				: random.pick([
						'draft',
						'submitted',
						'submitted',
						'revise',
						'agreed',
						'agreed',
						'agreed',
						'agreed',
						'declined'
					] as const);
		const lines = Array.from({ length: random.int(1, 3) }, (_, at) => ({
			competencyId: at === 0 ? service : null,
			topic: at === 0 ? (TOPICS[0] ?? '') : random.pick(TOPICS.slice(1)),
			form: random.pick(['training', 'elearning', 'coaching', 'community'] as const),
			learningHours: random.pick([4, 10, 20, 30]),
			quarter: random.int(1, 4),
			reason: random.pick(['Dekat dengan pekerjaan saya', 'Disarankan atasan', 'Hasil penilaian diri'])
		}));
		return {
			personId: person.id,
			supervisorId: person.supervisorId,
			careerTarget: random.chance(0.4) ? 'Menjadi pengawas dalam lima tahun' : '',
			status,
			note:
				status === 'revise'
					? 'Kurangi jadi dua kegiatan'
					: status === 'declined'
						? 'Belum sesuai tugas jabatan'
						: '',
			at: clock.at(clock.day(-random.int(1, 3), random.int(0, 4)), '11:00'),
			lines
		};
	});
	await write(world, city, (tx) => planInBulk(tx, city.agencyId, clock.year + 1, plans));
}
