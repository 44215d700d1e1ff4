import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canReadCampaigns, canRunCampaigns } from '../../access.ts';
import { rater, type Rater } from '../../instrument.ts';
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

export type CampaignSetup = {
	instrumentVersionId: string | null;
	/** Name and number of the version; null: only levels. */
	instrument: { id: string; name: string; number: number } | null;
	raters: (Rater | 'assessment')[];
	peers: number;
	subordinates: number;
	mostPerRater: number;
	groupPostKinds: string[];
	adjustUntil: string | null;
	quotaPercent: number;
};

/** What a campaign asks and whose answers it wants. Whoever may see the campaign may see this. */
export async function setupOf(db: Db, campaignId: string): Promise<CampaignSetup> {
	const { rows } = await sql<
		Omit<CampaignSetup, 'instrument' | 'raters'> & {
			raters: string[];
			id: string | null;
			name: string;
			number: number;
		}
	>`
		select c.instrument_version_id as "instrumentVersionId", i.id, i.name, v.number, c.raters, c.peers, c.subordinates,
			c.most_per_rater as "mostPerRater", c.group_post_kinds as "groupPostKinds", c.adjust_until as "adjustUntil", c.quota_percent as "quotaPercent"
		from needs.campaign c
		left join needs.instrument_version v on v.agency_id = c.agency_id and v.id = c.instrument_version_id
		left join needs.instrument i on i.agency_id = v.agency_id and i.id = v.instrument_id
		where c.agency_id = (select platform.current_agency()) and c.id = ${campaignId}`.execute(db);
	const [row] = rows;
	if (row === undefined) throw missing();
	const { id, name, number, raters, ...setup } = row;
	const wanted = raters.map((one) => (one === 'assessment' ? one : rater(one)));
	return { ...setup, raters: wanted, instrument: id === null ? null : { id, name, number } };
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
	/** Peers and subordinates asked about them, and those who are done. */
	group: number;
	groupDone: number;
	/** Can be opened into the units below it. */
	opens: boolean;
};

/**
 * Who has answered, per unit right below `unitPath` and for its own people, everything below added up; only units that
 * the actor may read. Counts people, never levels.
 */
export async function progressOf(
	db: Db,
	actor: Actor,
	campaignId: string,
	unitPath: string
): Promise<Progress[]> {
	const { rows } = await sql<Progress>`
		with grouped as (
			select person_id, count(*)::int as n, count(done_at)::int as done from needs.assignment
			where agency_id = (select platform.current_agency()) and campaign_id = ${campaignId} group by person_id
		), own as (
			select t.unit_id, count(*)::int as people, count(t.self_done_at)::int as self_done,
				count(t.supervisor_done_at)::int as supervisor_done, coalesce(sum(g.n), 0)::int as n, coalesce(sum(g.done), 0)::int as done
			from needs.target t left join grouped g on g.person_id = t.person_id
			where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaignId}
			group by t.unit_id
		)
		select r.id as "unitId", r.name, sum(o.people)::int as people,
			sum(o.self_done)::int as "selfDone", sum(o.supervisor_done)::int as "supervisorDone",
			sum(o.n)::int as "group", sum(o.done)::int as "groupDone", bool_or(u.id != r.id) as opens
		from own o
		join people.unit u on u.agency_id = (select platform.current_agency()) and u.id = o.unit_id
		join people.unit r on r.agency_id = u.agency_id
			and r.path = subpath(u.path, 0, least(nlevel(u.path), nlevel(${unitPath}::ltree) + 1))
		where u.path <@ ${unitPath}::ltree and ${inScope(actor, 'needs.read', 'u.path')}
		group by r.id, r.name, r.path
		order by r.path = ${unitPath}::ltree desc, r.name`.execute(db);
	return rows;
}
