import { linkHolder } from '#slices/programs/access.ts';
import { formCode } from '#slices/programs/model.ts';
import { createProgram } from '#slices/programs/server/commands/create-program.ts';
import { draftVersion } from '#slices/programs/server/commands/draft-version.ts';
import { putInForce } from '#slices/programs/server/commands/put-in-force.ts';
import { advise, askReview, decideAdvice } from '#slices/programs/server/commands/review.ts';
import { saveVersion } from '#slices/programs/server/commands/save-version.ts';
import type { Competency } from './ability.ts';
import type { PlannedCurriculum, PlannedProgram } from './catalogue/model.ts';
import { NEXT_VERSIONS, PARTNER_ADVICE, type PartnerAdvice } from './catalogue/partners.ts';
import { act, read, type City, type World } from './world.ts';

/** A program as it stands: its versions in order, and the modules and learning outcomes of the one in force. */
export type Taught = {
	plan: PlannedProgram;
	programId: string;
	versionId: string;
	outcomeIds: readonly string[];
	modules: readonly { id: string; name: string; hours: number; mode: string }[];
};

/** Programs and their versions, each written, advised on and put in force by the commands of the office. */
export async function writePrograms(
	world: World,
	city: City,
	programs: readonly PlannedProgram[],
	competencies: readonly Competency[]
): Promise<ReadonlyMap<string, Taught>> {
	const taught = new Map<string, Taught>();
	for (const [index, plan] of programs.entries()) {
		const made = world.clock.at(world.clock.day(-64, index % 5), '09:30');
		const { programId, versionId } = await act(world, createProgram, city.actors.trainingAdmin, made, {
			code: plan.code,
			name: plan.name,
			form: formCode(plan.form),
			goal: plan.goal
		});
		let current = versionId;
		for (const [at, curriculum] of plan.versions.entries()) {
			// The second version comes after the first one's reactions, and before the plan that it goes into.
			const week = at === 0 ? -62 : -57;
			if (at > 0)
				current = (
					await act(
						world,
						draftVersion,
						city.actors.trainingAdmin,
						world.clock.at(world.clock.day(week - 1)),
						{
							programId,
							reason: curriculum.reason
						}
					)
				).versionId;
			const revision = await writeVersion(world, city, current, curriculum, competencies, week);
			for (const advice of PARTNER_ADVICE.filter(
				({ code, version }) => code === plan.code && version === at + 1
			))
				await takeAdvice(world, city, current, advice, week);
			await act(
				world,
				putInForce,
				city.actors.agencyHead,
				world.clock.at(world.clock.day(week + 2), '14:00'),
				{
					versionId: current,
					revision
				}
			);
		}
		const modules = await modulesOf(world, city, current);
		const outcomeIds = await outcomesOf(world, city, current);
		taught.set(plan.code, { plan, programId, versionId: current, outcomeIds, modules });
	}
	return taught;
}

/** Drafts that wait for somebody: one with a partner's advice unanswered, one that only needs to be put in force. */
export async function leaveDrafts(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>,
	competencies: readonly Competency[]
): Promise<void> {
	const { clock } = world;
	for (const { code, curriculum, advice } of NEXT_VERSIONS) {
		const program = taught.get(code);
		if (!program) continue;
		const { versionId } = await act(world, draftVersion, city.actors.trainingAdmin, clock.at(clock.day(-4)), {
			programId: program.programId,
			reason: curriculum.reason
		});
		await writeVersion(world, city, versionId, curriculum, competencies, -4);
		for (const one of advice) await takeAdvice(world, city, versionId, one, -3);
	}
}

async function writeVersion(
	world: World,
	city: City,
	versionId: string,
	curriculum: PlannedCurriculum,
	competencies: readonly Competency[],
	week: number
): Promise<number> {
	const now = world.clock.at(world.clock.day(week), '10:00');
	const known = await modulesOf(world, city, versionId);
	const { revision } = await act(world, saveVersion, city.actors.trainingAdmin, now, {
		versionId,
		revision: 1,
		reason: curriculum.reason,
		modules: curriculum.modules.map(({ name, hours, mode }) => {
			const same = known.find((module) => module.name === name);
			return { ...(same ? { id: same.id } : {}), name, learningHours: hours, mode };
		}),
		outcomes: curriculum.outcomes.map(({ statement, competency, level }) => ({
			statement,
			competencyId: competencies.find(({ code }) => code === competency)?.id ?? '',
			level
		}))
	});
	return revision;
}

async function takeAdvice(
	world: World,
	city: City,
	versionId: string,
	{ partner, organisation, question, advice, decision, answer }: PartnerAdvice,
	week: number
): Promise<void> {
	const { clock } = world;
	const { invitationId } = await act(
		world,
		askReview,
		city.actors.trainingAdmin,
		clock.at(clock.day(week, 1)),
		{
			versionId,
			partner,
			organisation,
			question,
			days: 30
		}
	);
	const holder = linkHolder({ id: invitationId, agencyId: city.agencyId, holder: partner });
	const { adviceId } = await act(world, advise, holder, clock.at(clock.day(week, 4), '20:15'), { advice });
	if (decision === null) return;
	await act(world, decideAdvice, city.actors.trainingAdmin, clock.at(clock.day(week + 1, 2)), {
		adviceId,
		decision,
		answer
	});
}

const modulesOf = (world: World, city: City, versionId: string) =>
	read(world, city, (db) =>
		db
			.selectFrom('programs.module')
			.select(['id', 'name', 'learning_hours as hours', 'mode'])
			.where('agency_id', '=', city.agencyId)
			.where('version_id', '=', versionId)
			.orderBy('sort')
			.execute()
	);

const outcomesOf = async (world: World, city: City, versionId: string): Promise<string[]> =>
	(
		await read(world, city, (db) =>
			db
				.selectFrom('programs.outcome')
				.select('id')
				.where('agency_id', '=', city.agencyId)
				.where('version_id', '=', versionId)
				.orderBy('sort')
				.execute()
		)
	).map(({ id }) => id);
