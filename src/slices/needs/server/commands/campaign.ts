import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { canAdjustRaters, canRunCampaigns } from '../../access.ts';
import { ChangePeer, SetUpCampaign } from '../../input.ts';
import { itemsOf, type Rater } from '../../instrument.ts';
import { campaignStatus } from '../../model.ts';
import { adjusting } from '../../rules.ts';
import { definitionOf } from '../queries/instruments.ts';
import { writeScope } from '../target.ts';

const NOTHING_FOR: Record<Rater, string> = {
	self: 'needs.campaign.nothingForSelf',
	supervisor: 'needs.campaign.nothingForSupervisor',
	peer: 'needs.campaign.nothingForPeer',
	subordinate: 'needs.campaign.nothingForSubordinate'
};

/**
 * What a draft asks, whom, and whose answers it wants. Refuses: not a draft; a rater whom the instrument asks nothing; raters changed after the last day.
 */
export const setUpCampaign = command(
	'needs.setUpCampaign',
	SetUpCampaign,
	async ({ tx, actor, permit, note }, input) => {
		const campaign = await tx
			.selectFrom('needs.campaign')
			.select(['name', 'status', 'closes_on as closesOn'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.campaignId)
			.forUpdate()
			.executeTakeFirst();
		permit(canRunCampaigns(actor));
		if (campaign === undefined) throw missing();
		if (campaign.status !== 'draft') throw refused('needs.campaign.notDraft', { name: campaign.name });
		if (!input.raters.some((one) => one === 'self' || one === 'supervisor'))
			throw refused('needs.campaign.needsSelfOrSupervisor');
		if (input.adjustUntil !== undefined && input.adjustUntil > campaign.closesOn)
			throw invalidField('adjustUntil', 'needs.campaign.adjustAfterClose');
		const asked = new Set<string>(
			itemsOf(await definitionOf(tx, input.instrumentVersionId ?? null)).flatMap((item) => item.raters)
		);
		for (const one of input.raters)
			if (one !== 'assessment' && !asked.has(one)) throw refused(NOTHING_FOR[one]);
		await tx
			.updateTable('needs.campaign')
			.set({
				instrument_version_id: input.instrumentVersionId ?? null,
				raters: [...new Set(input.raters)],
				peers: input.peers,
				subordinates: input.subordinates,
				most_per_rater: input.mostPerRater,
				group_post_kinds: [...new Set(input.groupPostKinds)],
				adjust_until: input.adjustUntil ?? null,
				quota_percent: input.quotaPercent
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.campaignId)
			.execute();
		await writeScope(tx, actor.agencyId, input.campaignId, input);
		note({ campaignId: input.campaignId });
		return {};
	},
	{ summary: 'Choose whom a needs campaign asks, and by which instrument' }
);

/** Puts a colleague in as a peer. Refuses: see `adjusting`; not a colleague; already asked; has as many as they may. */
export const addPeer = command(
	'needs.addPeer',
	ChangePeer,
	async (beam, { campaignId, personId, raterId }) => {
		const { supervisorId, most } = await adjustable(beam, campaignId, personId);
		const { tx, actor } = beam;
		const rater = await tx
			.selectFrom('people.staff')
			.select(['person_id', 'name'])
			.where('agency_id', '=', actor.agencyId)
			.where('person_id', '=', raterId)
			.executeTakeFirst();
		if (rater === undefined) throw missing();
		if (raterId === personId || raterId === supervisorId) throw refused('needs.raters.notPeer');
		const { rows } = await sql<{ n: number; has: boolean }>`
			select (count(*) filter (where source = 'peer'))::int as n, coalesce(bool_or(person_id = ${personId}), false) as has
			from needs.assignment
			where agency_id = (select platform.current_agency()) and campaign_id = ${campaignId} and rater_id = ${raterId}`.execute(
			tx
		);
		if (rows[0]?.has) throw refused('needs.raters.already', { person: rater.name });
		if ((rows[0]?.n ?? 0) >= most) throw refused('needs.raters.full', { person: rater.name, most });
		await tx
			.insertInto('needs.assignment')
			.values({
				agency_id: actor.agencyId,
				campaign_id: campaignId,
				person_id: personId,
				rater_id: raterId,
				source: 'peer',
				origin: 'supervisor'
			})
			.execute();
		return {};
	},
	{ summary: 'Choose a peer to rate somebody of one’s team' }
);

/** Takes a peer out. Refuses: see `adjusting`; one who has begun to answer. */
export const removePeer = command(
	'needs.removePeer',
	ChangePeer,
	async (beam, { campaignId, personId, raterId }) => {
		await adjustable(beam, campaignId, personId);
		const removed = await sql`
			delete from needs.assignment a
			where a.agency_id = (select platform.current_agency()) and a.campaign_id = ${campaignId} and a.person_id = ${personId}
				and a.rater_id = ${raterId} and a.source = 'peer' and not exists (
					select from needs.rating r
					where r.agency_id = a.agency_id and r.campaign_id = a.campaign_id and r.person_id = a.person_id
						and r.rater_id = a.rater_id and r.source = 'peer'
				)`.execute(beam.tx);
		if (Number(removed.numAffectedRows ?? 0) === 0) throw refused('needs.raters.begun');
		return {};
	},
	{ summary: 'Take a peer out who has not answered yet' }
);

/** Locks the person in the campaign and asks whether this is still the actor's to change. */
async function adjustable({ tx, actor, today, permit, note }: Beam, campaignId: string, personId: string) {
	const { rows } = await sql<{
		name: string;
		status: string;
		adjustUntil: string | null;
		most: number;
		supervisorId: string | null;
		unitPath: string;
	}>`
		select c.name, c.status, c.adjust_until as "adjustUntil", c.most_per_rater as most,
			s.supervisor_id as "supervisorId", s.unit_path::text as "unitPath"
		from needs.target t
		join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id and 'peer' = any(c.raters)
		join people.staff s on s.agency_id = t.agency_id and s.person_id = t.person_id
		where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaignId} and t.person_id = ${personId}
		for update of t`.execute(tx);
	const [row] = rows;
	permit(row !== undefined && canAdjustRaters(actor, { personId, ...row }));
	if (row === undefined) throw missing();
	adjusting({ ...row, status: campaignStatus(row.status) }, row.adjustUntil, today);
	note({ campaignId, personId });
	return row;
}
