import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canCreate, canRead, planButtons } from '../access.ts';
import { fundSource, planStatus } from '../model.ts';
import { isBreak, shownEvidence, type ShownEvidence } from '../rules.ts';
import { totalsOf } from './lock.ts';

/** Every plan of the agency with its sums, newest year first. Refuses: missing, for whoever may not read plans. */
export async function plansOf(db: Db, actor: Actor) {
	if (!canRead(actor)) throw missing();
	const rows = await sql<{
		id: string;
		year: number;
		title: string;
		status: string;
		budget: number;
		decree_number: string | null;
		decree_date: string | null;
		lines: number;
		seats: number;
		cost: number;
		breaks: number;
	}>`
		select p.id, p.year, p.title, p.status, p.budget, p.decree_number, p.decree_date,
			count(l.id)::int as lines, coalesce(sum(l.seats), 0)::int as seats, coalesce(sum(l.cost), 0) as cost,
			count(l.id) filter (where l.campaign_id is null)::int as breaks
		from plans.plan p
		left join plans.line l on l.agency_id = p.agency_id and l.plan_id = p.id
		where p.agency_id = ${actor.agencyId}
		group by p.agency_id, p.id
		order by p.year desc, p.created_at desc limit 100`.execute(db);
	return {
		plans: rows.rows.map((row) => ({ ...row, status: planStatus(row.status) })),
		can: { create: canCreate(actor) }
	};
}

/** One plan: standing, sums, buttons and who did what when. Refuses: missing. */
export async function planById(db: Db, actor: Actor, planId: string) {
	if (!canRead(actor)) throw missing();
	const plan = await db
		.selectFrom('plans.plan')
		.select(['id', 'year', 'title', 'status', 'budget', 'decree_number', 'decree_date'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', planId)
		.executeTakeFirst();
	if (!plan) throw missing();
	const status = planStatus(plan.status);
	return {
		plan: { ...plan, status },
		totals: await totalsOf(db, actor.agencyId, planId),
		history: await historyOf(db, actor.agencyId, planId),
		can: planButtons(actor, { status })
	};
}

async function historyOf(db: Db, agencyId: string, planId: string) {
	const rows = await sql<{
		id: string;
		from_status: string;
		to_status: string;
		at: Date;
		note: string;
		who: string | null;
	}>`
		select h.id, h.from_status, h.to_status, h.at, h.note, p.name as who
		from plans.history h
		left join people.person p on p.agency_id = h.agency_id and p.id = h.changed_by
		where h.agency_id = ${agencyId} and h.plan_id = ${planId}
		order by h.at desc, h.id desc limit 100`.execute(db);
	return rows.rows.map((row) => ({ ...row, to_status: planStatus(row.to_status) }));
}

export type LineFilter = {
	quarter?: number | undefined;
	breaks?: boolean | undefined;
	lineId?: string | undefined;
};
type Slice = { limit: number; offset: number };

type LineRow = {
	id: string;
	sort: number;
	program_id: string;
	program: string;
	program_code: string;
	competency_id: string | null;
	competency: string | null;
	target_level: number | null;
	unit_id: string | null;
	unit: string | null;
	unit_goal: string;
	seats: number;
	learning_hours: number;
	cost: number;
	quarter: number;
	fund_source: string;
	campaign_id: string | null;
	campaign: string | null;
	gap_people: number | null;
	gap_mean: number | null;
};

/** Lines of a plan, what they answer and how many there are in all. The means of small groups are left out. */
export async function linesOf(
	db: Db,
	actor: Actor,
	planId: string,
	filter: LineFilter,
	{ limit, offset }: Slice
) {
	if (!canRead(actor)) throw missing();
	const wanted = sql`l.agency_id = ${actor.agencyId} and l.plan_id = ${planId}
		and (${filter.quarter ?? null}::int is null or l.quarter = ${filter.quarter ?? null}::int)
		and (${filter.lineId ?? null}::uuid is null or l.id = ${filter.lineId ?? null}::uuid)
		and (not ${filter.breaks ?? false}::boolean or l.campaign_id is null)`;
	const rows = await sql<LineRow>`
		select l.id, l.sort, l.program_id, g.name as program, g.code as program_code, l.competency_id, c.name as competency,
			l.target_level, l.unit_id, u.name as unit, l.unit_goal, l.seats, l.learning_hours, l.cost, l.quarter, l.fund_source,
			l.campaign_id, n.name as campaign, l.gap_people, l.gap_mean
		from plans.line l
		join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
		left join competencies.competency c on c.agency_id = l.agency_id and c.id = l.competency_id
		left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		left join needs.campaign n on n.agency_id = l.agency_id and n.id = l.campaign_id
		where ${wanted} order by l.sort limit ${limit} offset ${offset}`.execute(db);
	const all = await sql<{
		lines: number;
	}>`select count(*)::int as lines from plans.line l where ${wanted}`.execute(db);
	return { lines: rows.rows.map(shownLine), total: all.rows[0]?.lines ?? 0 };
}

export type ShownLine = ReturnType<typeof shownLine>;

function shownLine(row: LineRow) {
	const { gap_people, gap_mean, ...line } = row;
	const evidence: ShownEvidence | null =
		gap_people === null || gap_mean === null ? null : shownEvidence(gap_people, gap_mean);
	return {
		...line,
		fund_source: fundSource(row.fund_source),
		evidence,
		isBreak: isBreak({ campaignId: row.campaign_id })
	};
}
