import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canReadCampaigns, canRunCampaigns } from '../../access.ts';
import { campaignStatus, type Campaign } from '../../model.ts';

const COLUMNS = ['id', 'name', 'year', 'status', 'opens_on as opensOn', 'closes_on as closesOn'] as const;

const campaigns = (db: Db) =>
	db
		.selectFrom('needs.campaign')
		.select(COLUMNS)
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('year', 'desc')
		.orderBy('created_at', 'desc');

const read = (row: Omit<Campaign, 'status'> & { status: string }): Campaign => ({
	...row,
	status: campaignStatus(row.status)
});

/** Newest first; drafts only for whoever runs them. Empty for whoever reads no campaigns. */
export async function campaignsFor(db: Db, actor: Actor): Promise<Campaign[]> {
	if (!canReadCampaigns(actor)) return [];
	const rows = await campaigns(db)
		.$if(!canRunCampaigns(actor), (query) => query.where('status', '!=', 'draft'))
		.limit(100)
		.execute();
	return rows.map(read);
}

/** Refuses: missing, also for a draft that the actor does not run. */
export async function campaignById(db: Db, actor: Actor, id: string): Promise<Campaign> {
	const row = await campaigns(db).where('id', '=', id).executeTakeFirst();
	if (row === undefined || !canReadCampaigns(actor)) throw missing();
	if (row.status === 'draft' && !canRunCampaigns(actor)) throw missing();
	return read(row);
}

/** The campaign that is open now; null when none is. */
export async function openCampaignNow(db: Db): Promise<Campaign | null> {
	const row = await campaigns(db).where('status', '=', 'open').executeTakeFirst();
	return row === undefined ? null : read(row);
}

/** The open campaign, or else the newest closed one: what needs are read from. Null before the first. */
export async function currentCampaign(db: Db): Promise<Campaign | null> {
	const rows = await campaigns(db).where('status', '!=', 'draft').limit(20).execute();
	const row = rows.find((candidate) => candidate.status === 'open') ?? rows[0];
	return row === undefined ? null : read(row);
}

/**
 * Of campaigns newest first, the one whose needs are decided now: a closed one for a year still ahead, else the one that
 * is open, else the newest. A survey of the running year would propose what no plan can take up any more.
 */
export const campaignToRank = (found: readonly Campaign[], today: string): Campaign | null =>
	found.find(({ status, year }) => status === 'closed' && year > Number(today.slice(0, 4))) ??
	found.find(({ status }) => status === 'open') ??
	found[0] ??
	null;

export type Progress = {
	unitId: string;
	name: string;
	/** People asked. */
	people: number;
	/** Of them those who answered everything about themselves. */
	selfDone: number;
	/** And those about whom the supervisor answered everything. */
	supervisorDone: number;
	/** Single answers given, of `asked` on either side. */
	selfAnswers: number;
	supervisorAnswers: number;
	asked: number;
	/** Can be opened into the units below it. */
	opens: boolean;
};

/**
 * Who has answered, per unit right below `unitPath` and for its own people, everything below added up; only units that
 * the actor may read. Counts people and answers, never levels.
 */
export async function progressOf(
	db: Db,
	actor: Actor,
	campaignId: string,
	unitPath: string
): Promise<Progress[]> {
	const { rows } = await sql<Progress>`
		with person as (
			select g.unit_id, count(*)::int as asked, count(g.self_level)::int as self, count(g.supervisor_level)::int as supervisor
			from needs.gap g
			where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
			group by g.unit_id, g.person_id
		), own as (
			select unit_id, count(*)::int as people, sum(asked)::int as asked, sum(self)::int as self, sum(supervisor)::int as supervisor,
				(count(*) filter (where self = asked))::int as self_done,
				(count(*) filter (where supervisor = asked))::int as supervisor_done
			from person group by unit_id
		)
		select r.id as "unitId", r.name, sum(o.people)::int as people,
			sum(o.self_done)::int as "selfDone", sum(o.supervisor_done)::int as "supervisorDone",
			sum(o.self)::int as "selfAnswers", sum(o.supervisor)::int as "supervisorAnswers", sum(o.asked)::int as asked,
			bool_or(u.id != r.id) as opens
		from own o
		join people.unit u on u.agency_id = (select platform.current_agency()) and u.id = o.unit_id
		join people.unit r on r.agency_id = u.agency_id
			and r.path = subpath(u.path, 0, least(nlevel(u.path), nlevel(${unitPath}::ltree) + 1))
		where u.path <@ ${unitPath}::ltree and ${inScope(actor, 'needs.read', 'u.path')}
		group by r.id, r.name, r.path
		order by r.path = ${unitPath}::ltree desc, r.name`.execute(db);
	return rows;
}
