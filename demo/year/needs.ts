import { sql } from 'kysely';
import { addDays, daysBetween } from '#kernel/time.ts';
import { setRequiredLevel } from '#slices/competencies/server/commands/set-required-level.ts';
import { rateInBulk } from '#slices/needs/server/bulk.ts';
import { closeCampaign, createCampaign, openCampaign } from '#slices/needs/server/commands.ts';
import { estimateNeeds } from '#slices/needs/server/commands/estimate.ts';
import { LEVELS_ONLY } from '#slices/needs/instrument.ts';
import { normal, randomFor } from '../random.ts';
import { MODEL, rated, type Abilities, type Competency, type Required } from './ability.ts';
import { answerAsGroup, answerTheRest, chooseInstrument, type AskedOf, type SurveyPlan } from './survey.ts';
import { act, read, write, type City, type Staff, type World } from './world.ts';

/** The city's own standard beside the national one: counters must be better at service than the post level asks. */
const OWN_STANDARD = [
	{ postLevel: '06', code: 'M.05', level: 2 },
	{ postLevel: '06', code: 'M.03', level: 2 },
	{ postLevel: '05', code: 'M.05', level: 3 }
] as const;

export async function setStandard(world: World, city: City): Promise<void> {
	const competencies = await competenciesOf(world, city);
	const from = world.clock.day(-66);
	for (const { postLevel, code, level } of OWN_STANDARD)
		await act(world, setRequiredLevel, city.actors.trainingAdmin, world.clock.at(from), {
			postLevel,
			competencyId: competencies.find((one) => one.code === code)?.id ?? '',
			level,
			legalBasis: `Keputusan Wali Kota tentang Standar Kompetensi Jabatan (contoh)`,
			validFrom: from
		});
}

/** The nine of the regulation; technical ones join in `standards.ts`. */
export const competenciesOf = (world: World, city: City): Promise<Competency[]> =>
	read(world, city, (db) =>
		db
			.selectFrom('competencies.competency')
			.select(['id', 'code'])
			.where('agency_id', '=', city.agencyId)
			.where('family', '!=', 'technical')
			.orderBy('sort')
			.execute()
	);

export async function requiredOf(world: World, city: City, on: string): Promise<Required> {
	const rows = await read(world, city, async (db) => {
		const found = await sql<{ post_level: string; competency_id: string; level: number }>`
			select post_level, competency_id, level from competencies.required_on(${on}::date)`.execute(db);
		return found.rows;
	});
	const required = new Map<string, Map<string, number>>();
	for (const row of rows) {
		const asked = required.get(row.post_level) ?? new Map<string, number>();
		required.set(row.post_level, asked.set(row.competency_id, row.level));
	}
	return required;
}

export type CampaignPlan = {
	name: string;
	year: number;
	/** First and last day on which people may answer. */
	from: string;
	to: string;
	/** Last day on which somebody has: today in a campaign that is still open. */
	until: string;
	selfShare: number;
	supervisorShare: number;
	close: boolean;
	/** Person → technical competencies they are asked about, beside the nine; none without it. */
	technical?: ReadonlyMap<string, ReadonlySet<string>>;
	/** What it asks; absent: levels alone, of oneself and by the supervisor. */
	survey?: SurveyPlan;
	/** NIPs that leave the work to whoever looks at the demo: of people asked, of supervisors. */
	silent: ReadonlySet<string>;
};

/** A campaign from the invitation to the last answer, with what everybody can do as its truth. */
export async function holdCampaign(
	world: World,
	city: City,
	plan: CampaignPlan,
	competencies: readonly Competency[],
	abilities: Abilities
): Promise<string> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const { campaignId } = await act(world, createCampaign, admin, clock.at(addDays(plan.from, -7)), {
		name: plan.name,
		year: plan.year,
		opensOn: plan.from,
		closesOn: plan.to
	});
	const definition = plan.survey
		? await chooseInstrument(world, city, campaignId, plan.survey, plan.from)
		: LEVELS_ONLY;
	await act(world, openCampaign, admin, clock.at(plan.from, '07:30'), { campaignId });
	// Two halves of the people on two connections, each in one statement: the server has two cores. In the
	// order of the keys, so that neighbouring rows meet on the same pages.
	const people = city.staff.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const middle = Math.ceil(people.length / 2);
	const complete = new Set<string>();
	const asked = askedIn(plan, competencies);
	await Promise.all(
		[people.slice(0, middle), people.slice(middle)].map(async (half) => {
			const answers = (['self', 'supervisor'] as const).flatMap((source) =>
				answersOf(world, city, plan, source, competencies, abilities, half)
			);
			for (const { source, personId } of answers) if (source === 'self') complete.add(personId);
			await write(world, city, (tx) =>
				rateInBulk(tx, {
					campaignId,
					sources: answers.map((answer) => answer.source),
					people: answers.map((answer) => answer.personId),
					competencies: answers.map((answer) => answer.competencyId),
					levels: answers.map((answer) => answer.level),
					at: answers.map((answer) => answer.at)
				})
			);
		})
	);
	if (plan.survey?.group) await answerAsGroup(world, city, campaignId, plan.until, asked, abilities);
	await answerTheRest(world, city, campaignId, plan.until, definition, asked, abilities, complete);
	if (plan.close) {
		const at = clock.at(addDays(plan.to, 1));
		await act(world, closeCampaign, admin, at, { campaignId });
		// In the product a job does it a moment later.
		await act(world, estimateNeeds, city.system, at, { campaignId });
	}
	return campaignId;
}

/** The first nine are the regulation's and asked of everybody. */
const NATIONAL = 9;

type Answer = {
	source: 'self' | 'supervisor';
	personId: string;
	competencyId: string;
	level: number;
	at: Date;
};

const askedIn =
	(plan: CampaignPlan, competencies: readonly Competency[]): AskedOf =>
	(personId) => {
		const technical = plan.technical?.get(personId);
		return competencies
			.map(({ id }, place) => ({ id, place }))
			.filter(({ id, place }) => place < NATIONAL || technical?.has(id) === true);
	};

function answersOf(
	world: World,
	city: City,
	plan: CampaignPlan,
	source: 'self' | 'supervisor',
	competencies: readonly Competency[],
	abilities: Abilities,
	half: readonly Staff[]
): Answer[] {
	const asked = askedIn(plan, competencies);
	const share = (source === 'self' ? plan.selfShare : plan.supervisorShare) * world.answers;
	const days = daysBetween(plan.from, plan.until);
	const nips = new Map(city.staff.map((person) => [person.id, person.nip]));
	const raters = new Map<string, { answers: boolean; leniency: number; day: number }>();
	const raterOf = (nip: string) => {
		const known = raters.get(nip);
		if (known) return known;
		const random = randomFor(world.seed, city.key, plan.name, source, nip);
		const made = {
			answers: random.chance(share) && !plan.silent.has(nip),
			leniency: MODEL[source].leniency + normal(random) * MODEL[source].spread,
			day: random.int(source === 'self' ? 0 : Math.floor(days / 3), days)
		};
		raters.set(nip, made);
		return made;
	};
	return half.flatMap((person) => {
		// Whoever has no NIP is the mayor: he is busy, and rates the heads of offices all the same.
		const raterNip = source === 'self' ? person.nip : (nips.get(person.supervisorId ?? '') ?? 'mayor');
		if (source === 'supervisor' && person.supervisorId === null) return [];
		const rater = raterOf(raterNip);
		if (!rater.answers) return [];
		const random = randomFor(world.seed, city.key, plan.name, source, 'of', person.nip);
		const at = world.clock.at(
			addDays(plan.from, rater.day),
			`${String(random.int(8, 15)).padStart(2, '0')}:${random.int(10, 59)}`
		);
		// A few stop halfway on their phone and never come back.
		const given = source === 'self' && random.chance(0.03) ? random.int(2, 6) : competencies.length;
		return asked(person.id)
			.filter(({ place }) => place < given)
			.map(({ id, place }) => ({
				source,
				personId: person.id,
				competencyId: id,
				level: rated(
					(abilities.get(person.id)?.[place] ?? 0) + rater.leniency + normal(random) * MODEL[source].noise
				),
				at
			}))
			.sort((a, b) => (a.competencyId < b.competencyId ? -1 : 1));
	});
}
