import { approvePlan, decreePlan, submitPlan } from '#slices/plans/server/commands/decide-plan.ts';
import { addLine } from '#slices/plans/server/commands/write-line.ts';
import { createPlan } from '#slices/plans/server/commands/write-plan.ts';
import type { Competency } from './ability.ts';
import { LATER_PLANS, type LaterPlan } from './catalogue/later-plans.ts';
import type { PlannedClass, PlannedLine } from './catalogue/planned-class.ts';
import { LINES } from './catalogue/year-plan.ts';
import type { Clock } from './clock.ts';
import type { Taught } from './programs.ts';
import { needKey, type Accepted } from './need-key.ts';
import { act, read, type City, type World } from './world.ts';

export type Evidence = {
	campaignId: string;
	competencies: readonly Competency[];
	taught: ReadonlyMap<string, Taught>;
	/** Accepted needs of the year by unit and competency. */
	accepted?: Accepted;
};

/** The plan of the finished year, from its first line to the decree. Answers the line's id for each of `LINES`. */
export async function decreeYear(world: World, city: City, evidence: Evidence): Promise<readonly string[]> {
	const { clock } = world;
	const cost = LINES.reduce((sum, { seats, each }) => sum + seats * each, 0);
	const { planId } = await act(world, createPlan, city.actors.trainingAdmin, clock.at(clock.day(-54)), {
		year: clock.year,
		title: `Rencana pengembangan kompetensi ${clock.year}`,
		budget: Math.ceil(cost / 50_000_000) * 50_000_000
	});
	const offices = await officesOf(world, city);
	const lines: string[] = [];
	for (const [index, line] of LINES.entries())
		lines.push(
			await writeLine(world, city, evidence, offices, {
				...line,
				planId,
				quarter: quarterOf(clock, line.classes[0]),
				now: clock.at(clock.day(-54, 1 + (index % 4)), '10:30')
			})
		);
	await act(world, submitPlan, city.actors.agencyHead, clock.at(clock.day(-53, 2)), {
		planId,
		note: 'Disusun dari analisis kebutuhan dan dibahas bersama Tim PKPK.'
	});
	await act(world, approvePlan, city.actors.authorizedOfficial, clock.at(clock.day(-51, 1), '15:40'), {
		planId,
		note: 'Sesuai pagu TAPD.'
	});
	const decreeDate = clock.day(-49, 3);
	await act(world, decreePlan, city.actors.leadership, clock.at(decreeDate, '11:00'), {
		planId,
		decreeNumber: `800.1/${clock.year}/KPTS-CONTOH`,
		decreeDate
	});
	return lines;
}

/** Plans that lie on somebody's desk today: with the author, with the Sekda, with the mayor. */
export async function leavePlans(world: World, city: City, evidence: Evidence): Promise<void> {
	const offices = await officesOf(world, city);
	for (const plan of LATER_PLANS) await leavePlan(world, city, evidence, offices, plan);
}

async function leavePlan(
	world: World,
	city: City,
	evidence: Evidence,
	offices: ReadonlyMap<string, Office>,
	plan: LaterPlan
): Promise<void> {
	const { clock } = world;
	const year = clock.year + plan.ahead;
	const { planId } = await act(world, createPlan, city.actors.trainingAdmin, clock.at(clock.day(-4)), {
		year,
		title: plan.title(year),
		budget: plan.budget
	});
	for (const line of plan.lines)
		await writeLine(world, city, evidence, offices, { ...line, planId, now: clock.at(clock.day(-4, 1)) });
	if (plan.waits === 'author') return;
	await act(world, submitPlan, city.actors.agencyHead, clock.at(clock.day(-3)), { planId });
	if (plan.waits === 'approval') return;
	await act(world, approvePlan, city.actors.authorizedOfficial, clock.at(clock.day(-2)), { planId });
}

type NewLine = Omit<PlannedLine, 'classes'> & { planId: string; quarter: number; now: Date };

async function writeLine(
	world: World,
	city: City,
	{ campaignId, competencies, taught, accepted }: Evidence,
	offices: ReadonlyMap<string, Office>,
	line: NewLine
): Promise<string> {
	const program = taught.get(line.code);
	if (!program) throw new Error(`no program ${line.code}`);
	const unitId = line.unit === null ? undefined : offices.get(line.unit)?.id;
	if (line.unit !== null && unitId === undefined) throw new Error(`no office ${line.unit}`);
	const raised = program.plan.versions.at(-1)?.outcomes[0]?.competency;
	const competencyId = competencies.find(({ code }) => code === raised)?.id;
	const measured = line.measured ?? true;
	const needId =
		unitId === undefined || competencyId === undefined || !measured
			? undefined
			: accepted?.get(needKey(unitId, competencyId));
	const { lineId } = await act(world, addLine, city.actors.trainingAdmin, line.now, {
		planId: line.planId,
		programId: program.programId,
		...(measured && competencyId !== undefined ? { campaignId, competencyId } : {}),
		...(unitId === undefined ? {} : { unitId }),
		...(needId === undefined ? {} : { needId }),
		unitGoal: line.goal,
		seats: line.seats,
		cost: line.seats * line.each,
		quarter: line.quarter,
		fundSource: line.fund
	});
	return lineId;
}

export type Office = { id: string; path: string };

const OFFICE_KINDS = ['sekretariat_daerah', 'inspektorat', 'dinas', 'badan', 'rsud', 'kecamatan'];

/** Offices by name; no two of a city share one. */
export async function officesOf(world: World, city: City): Promise<ReadonlyMap<string, Office>> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('people.unit')
			.select(['name', 'id', 'path'])
			.where('agency_id', '=', city.agencyId)
			.where('kind', 'in', OFFICE_KINDS)
			.execute()
	);
	return new Map(rows.map(({ name, id, path }) => [name, { id, path }]));
}

export const firstDay = (clock: Clock, { when }: PlannedClass): string =>
	'week' in when ? clock.day(when.week, when.weekday ?? 0) : clock.workday(when.workdays[0] ?? 0);

function quarterOf(clock: Clock, planned: PlannedClass | undefined): number {
	const day = planned ? firstDay(clock, planned) : `${clock.year}-12-01`;
	// A class that slipped over New Year was planned for the last quarter.
	return day.startsWith(String(clock.year)) ? Math.ceil(Number(day.slice(5, 7)) / 3) : 4;
}
