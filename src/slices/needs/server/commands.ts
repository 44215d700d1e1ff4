import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canRunCampaigns } from '../access.ts';
import { CreateCampaign, OneCampaign, RateSelf, RateTeam } from '../input.ts';
import { campaignStatus, type Campaign } from '../model.ts';
import { notReady } from '../building.ts';
import { itemsOf } from '../instrument.ts';
import { closing, opening } from '../rules.ts';
import { asLevels, standAloneForClosing, takeOne } from './answering.ts';
import { askStaff } from './measure.ts';
import { definitionOf } from './queries/instruments.ts';
import { proposeRaters } from './raters.ts';

// Two campaigns opened at the same moment: the second is told that one is open.
constraintMeans('campaign_one_open', 'needs.campaign.justOpened');

export const createCampaign = command(
	'needs.createCampaign',
	CreateCampaign,
	async ({ tx, actor, now, permit, note }, { name, year, opensOn, closesOn, instrumentVersionId }) => {
		permit(canRunCampaigns(actor));
		const id = newId();
		const raters = await ratersAsked(tx, instrumentVersionId ?? null);
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
				instrument_version_id: instrumentVersionId ?? null,
				raters,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ campaignId: id });
		return { campaignId: id };
	},
	{ summary: 'Prepare a needs campaign' }
);

/**
 * Opens a draft, asks everybody of its target whose post has a required level, and proposes who rates as a peer or
 * subordinate. Refuses: see `opening`; nobody to ask; an instrument that asks nothing.
 */
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
		const [problem] = notReady(await definitionOf(tx, campaign.versionId));
		if (problem !== undefined) throw refused(problem);
		const people = await askStaff(tx, campaignId, today);
		if (people === 0) throw refused('needs.campaign.nobody');
		if (campaign.asksGroups) await proposeRaters(tx, campaignId);
		await refreshStatistics(tx, 'needs.target', 'needs.gap', 'needs.assignment');
		record('needs.campaignOpened', { campaignId });
		return { people };
	},
	{ summary: 'Open a needs campaign for all staff' }
);

export const closeCampaign = command(
	'needs.closeCampaign',
	OneCampaign,
	async ({ tx, actor, permit, record }, { campaignId }) => {
		await standAloneForClosing(tx, campaignId);
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
			.select(['id', 'raters'])
			.where('agency_id', '=', actor.agencyId)
			.where('status', '=', 'open')
			.forUpdate()
			.executeTakeFirst();
		permit(canRunCampaigns(actor));
		if (open === undefined) return { people: 0 };
		note({ campaignId: open.id });
		const people = await askStaff(tx, open.id, today);
		if (people > 0 && asksGroups(open.raters)) await proposeRaters(tx, open.id);
		return { people };
	},
	{ summary: 'Ask people who joined after the campaign was opened' }
);

/** One level about oneself, saved at once; answering again replaces it. Refuses: not open, outside its days, not asked. */
export const rateSelf = command(
	'needs.rateSelf',
	RateSelf,
	async ({ tx, actor, now, today, permit, record, note }, { campaignId, competencyId, level }) => {
		const personId = actor.personId ?? '';
		note({ campaignId, personId });
		const { filled } = await takeOne(
			tx,
			{ now, today },
			{ actor, permit, campaignId, personId, as: 'self', answers: asLevels([{ competencyId, level }]) }
		);
		if (filled.complete) record('needs.rated', { campaignId, personId });
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
	async ({ tx, actor, now, today, permit, record, note }, { campaignId, personId, levels }) => {
		note({ campaignId, personId });
		const { filled } = await takeOne(
			tx,
			{ now, today },
			{ actor, permit, campaignId, personId, as: 'supervisor', answers: asLevels(levels) }
		);
		if (filled.complete) record('needs.rated', { campaignId, personId });
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

type Locked = Campaign & { versionId: string | null; asksGroups: boolean };

async function lockCampaign(tx: Tx, campaignId: string): Promise<Locked> {
	const row = await campaignRow(tx, campaignId)
		.select(['instrument_version_id as versionId', 'raters'])
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	const { raters, ...campaign } = row;
	return { ...campaign, status: campaignStatus(row.status), asksGroups: asksGroups(raters) };
}

const asksGroups = (raters: readonly string[]): boolean =>
	raters.includes('peer') || raters.includes('subordinate');

/** A new campaign wants everybody whom its instrument asks. */
async function ratersAsked(tx: Tx, versionId: string | null): Promise<string[]> {
	if (versionId === null) return ['self', 'supervisor'];
	return [...new Set(itemsOf(await definitionOf(tx, versionId)).flatMap((item) => item.raters))];
}

const setStatus = (tx: Tx, campaignId: string, status: string) =>
	tx
		.updateTable('needs.campaign')
		.set({ status })
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', campaignId)
		.execute();
