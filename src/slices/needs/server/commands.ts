import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canRateSelf, canRateTeamMember, canRunCampaigns, type Rated } from '../access.ts';
import { CreateCampaign, OneCampaign, RateSelf, RateTeam } from '../input.ts';
import { campaignStatus, type Campaign } from '../model.ts';
import { closing, opening, takeAnswer } from '../rules.ts';
import { askStaff, writeRatings } from './measure.ts';

// Two campaigns opened at the same moment: the second is told that one is open.
constraintMeans('campaign_one_open', 'needs.campaign.justOpened');

export const createCampaign = command(
	'needs.createCampaign',
	CreateCampaign,
	async ({ tx, actor, now, permit, note }, { name, year, opensOn, closesOn }) => {
		permit(canRunCampaigns(actor));
		const id = newId();
		await tx
			.insertInto('needs.campaign')
			.values({
				agency_id: actor.agencyId,
				id,
				name,
				year,
				status: 'draft',
				opens_on: opensOn,
				closes_on: closesOn,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ campaignId: id });
		return { campaignId: id };
	},
	{ summary: 'Prepare a needs campaign' }
);

/** Opens a draft and asks everybody whose post has a required level. Refuses: see `opening`; nobody to ask. */
export const openCampaign = command(
	'needs.openCampaign',
	OneCampaign,
	async ({ tx, actor, today, permit, record }, { campaignId }) => {
		const campaign = await lockCampaign(tx, campaignId);
		permit(canRunCampaigns(actor));
		const other = await tx
			.selectFrom('needs.campaign')
			.select('name')
			.where('agency_id', '=', actor.agencyId)
			.where('status', '=', 'open')
			.where('id', '!=', campaignId)
			.executeTakeFirst();
		await setStatus(tx, campaignId, opening(campaign, other ?? null, today).status);
		const people = await askStaff(tx, campaignId, today);
		if (people === 0) throw refused('needs.campaign.nobody');
		record('needs.campaignOpened', { campaignId });
		return { people };
	},
	{ summary: 'Open a needs campaign for all staff' }
);

export const closeCampaign = command(
	'needs.closeCampaign',
	OneCampaign,
	async ({ tx, actor, permit, record }, { campaignId }) => {
		const campaign = await lockCampaign(tx, campaignId);
		permit(canRunCampaigns(actor));
		await setStatus(tx, campaignId, closing(campaign).status);
		record('needs.campaignClosed', { campaignId });
		return {};
	},
	{ summary: 'Close a needs campaign; its answers stay as they are' }
);

/**
 * Asks those who came after the open campaign was opened; nothing to do when none is open. For listeners of
 * `people.imported`. Returns how many people were added.
 */
export const includeNewStaff = command(
	'needs.includeNewStaff',
	OneCampaign.partial(),
	async ({ tx, actor, today, permit, note }) => {
		const open = await tx
			.selectFrom('needs.campaign')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('status', '=', 'open')
			.forUpdate()
			.executeTakeFirst();
		permit(canRunCampaigns(actor));
		if (open === undefined) return { people: 0 };
		note({ campaignId: open.id });
		return { people: await askStaff(tx, open.id, today) };
	},
	{ summary: 'Ask people who joined after the campaign was opened' }
);

/** One answer about oneself, saved at once; answering again replaces it. Refuses: not open, outside its days, not asked. */
export const rateSelf = command(
	'needs.rateSelf',
	RateSelf,
	async ({ tx, actor, now, today, permit, record }, { campaignId, competencyId, level }) => {
		const campaign = await holdCampaign(tx, campaignId);
		const personId = actor.personId ?? '';
		permit(canRateSelf(actor, { personId }));
		await lockGaps(tx, campaignId, personId, [competencyId]);
		takeAnswer(campaign, today);
		await writeRatings(tx, campaignId, 'self', {
			people: [personId],
			competencies: [competencyId],
			levels: [level],
			raters: [personId],
			at: [now]
		});
		record('needs.rated', { campaignId, personId });
		return { competencyId, level };
	},
	{ summary: 'Rate oneself in one competency' }
);

/**
 * Cells of one person's row in the team sheet; the person's own ratings stay beside them. Refuses: not the direct
 * supervisor, campaign not open, person not asked.
 */
export const rateTeam = command(
	'needs.rateTeam',
	RateTeam,
	async ({ tx, actor, now, today, permit, record }, { campaignId, personId, levels }) => {
		const campaign = await holdCampaign(tx, campaignId);
		permit(canRateTeamMember(actor, await ratedPerson(tx, personId)));
		const competencies = levels.map((one) => one.competencyId);
		await lockGaps(tx, campaignId, personId, competencies);
		takeAnswer(campaign, today);
		await writeRatings(tx, campaignId, 'supervisor', {
			people: levels.map(() => personId),
			competencies,
			levels: levels.map((one) => one.level),
			raters: levels.map(() => actor.personId ?? ''),
			at: levels.map(() => now)
		});
		record('needs.rated', { campaignId, personId });
		return { personId, saved: levels.length };
	},
	{ summary: 'Rate a member of one’s team' }
);

const COLUMNS = ['id', 'name', 'year', 'status', 'opens_on as opensOn', 'closes_on as closesOn'] as const;

const campaignRow = (tx: Tx, campaignId: string) =>
	tx
		.selectFrom('needs.campaign')
		.select(COLUMNS)
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', campaignId);

async function lockCampaign(tx: Tx, campaignId: string): Promise<Campaign> {
	const row = await campaignRow(tx, campaignId).forUpdate().executeTakeFirst();
	if (row === undefined) throw missing();
	return { ...row, status: campaignStatus(row.status) };
}

/** Shared lock: thousands answer side by side, while closing waits for the answers under way and they for it. */
async function holdCampaign(tx: Tx, campaignId: string): Promise<Campaign> {
	const row = await campaignRow(tx, campaignId).forShare().executeTakeFirst();
	if (row === undefined) throw missing();
	return { ...row, status: campaignStatus(row.status) };
}

const setStatus = (tx: Tx, campaignId: string, status: string) =>
	tx
		.updateTable('needs.campaign')
		.set({ status })
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', campaignId)
		.execute();

async function ratedPerson(tx: Tx, personId: string): Promise<Rated> {
	const row = await tx
		.selectFrom('people.staff')
		.select(['person_id as personId', 'supervisor_id as supervisorId', 'unit_path as unitPath'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return row;
}

/** Refuses when the person was not asked about one of these competencies in this campaign. */
async function lockGaps(
	tx: Tx,
	campaignId: string,
	personId: string,
	competencies: readonly string[]
): Promise<void> {
	const rows = await tx
		.selectFrom('needs.gap')
		.select('competency_id')
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('campaign_id', '=', campaignId)
		.where('person_id', '=', personId)
		.where('competency_id', 'in', competencies)
		.orderBy('competency_id')
		.forUpdate()
		.execute();
	if (rows.length < competencies.length) throw refused('needs.rate.notAsked');
}
