import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { command } from '#platform/work/command.ts';
import { canRunCampaigns } from '../../access.ts';
import { agreeing } from '../../agreement.ts';
import { fitting } from '../../estimator.ts';
import { OneCampaign, SetEstimator } from '../../input.ts';
import { leniencySpread } from '../../leniency-spread.ts';
import { campaignStatus, type Campaign } from '../../model.ts';
import { settingsOn } from '../estimate/estimator-settings.ts';
import { readEvidence, readQuestion } from '../estimate/read-evidence.ts';
import { dropEstimates, writeEstimates } from '../estimate/write-estimates.ts';

/** The estimator's part of the work, in hundredths; reading comes before it and writing after. */
const READ = 15;
const ESTIMATED = 75;
/** Longest piece of work before other requests have their turn. */
const TURN_MS = 12;

/**
 * Estimates the level of everybody asked in a campaign in all that they were asked, from this and earlier campaigns and
 * from what was measured outside them, and replaces what the last run found. A campaign is a picture of its last day:
 * what came later is left out. Refuses: a draft; nobody asked.
 */
export const estimateNeeds = command(
	'needs.estimate',
	OneCampaign,
	async ({ tx, actor, now, today, permit, record, progress }, { campaignId }) => {
		const campaign = await lockCampaign(tx, campaignId);
		permit(canRunCampaigns(actor));
		if (campaign.status === 'draft') throw refused('needs.estimate.draft', { name: campaign.name });
		const asOf = campaign.closesOn < today ? campaign.closesOn : today;
		const { settings, reason } = await settingsOn(tx, asOf);
		const asked = await readQuestion(tx, campaignId);
		const people = asked.people.length;
		if (people === 0) throw refused('needs.campaign.nobody');
		const told = (hundredths: number) => progress(Math.floor((hundredths * people) / 100), people);
		await told(2);
		const evidence = await readEvidence(tx, asked, asOf, settings.oldestYears);
		await told(READ);
		// The server forgets the run before while we reckon this one.
		const forgotten = dropEstimates(tx, actor.agencyId, campaignId);
		forgotten.catch(() => undefined);
		const fit = await inTurns(fitting(evidence, asked.question, settings), (share) =>
			told(READ + share * (ESTIMATED - READ))
		);
		const agreement = await inTurns(agreeing(evidence, asked.question));
		await forgotten;
		const { opensOn } = campaign;
		const run = { agencyId: actor.agencyId, campaignId, opensOn, runId: newId(now.getTime()) };
		await tx
			.insertInto('needs.estimate_run')
			.values({
				agency_id: actor.agencyId,
				id: run.runId,
				campaign_id: campaignId,
				as_of: asOf,
				run_at: now,
				run_by: actor.name,
				people,
				ratings: evidence.person.length,
				settings: JSON.stringify(settings),
				settings_reason: reason,
				found: JSON.stringify(fit.found),
				leniency: JSON.stringify(leniencySpread(fit.leniency)),
				agreement: JSON.stringify(agreement)
			})
			.execute();
		const levels = await writeEstimates(tx, run, asked, fit, (done) =>
			told(ESTIMATED + ((100 - ESTIMATED) * done) / people)
		);
		// A look at some thousand rows is enough until the server takes its own, and takes a fifth of the time.
		await sql`select set_config('default_statistics_target', '20', true)`.execute(tx);
		await refreshStatistics(tx, 'needs.estimate', 'needs.estimate_unit', 'needs.estimate_post');
		record('needs.estimated', { campaignId, runId: run.runId });
		return { runId: run.runId, people, levels };
	},
	{ summary: 'Estimate levels and gaps of everybody asked in a campaign' }
);

/** Reckons so that nobody waits for it longer than for a page. */
async function inTurns<T>(
	work: Generator<number, T>,
	told: (share: number) => Promise<void> = async () => undefined
): Promise<T> {
	let turn = performance.now();
	let tenth = 0;
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
		if (performance.now() - turn < TURN_MS) continue;
		if (step.value * 10 >= tenth + 1) {
			tenth = Math.floor(step.value * 10);
			await told(step.value);
		}
		await setImmediate();
		turn = performance.now();
	}
}

/**
 * Has a campaign estimated by a job that the person can watch and leave; a second press answers the same job. Refuses
 * what `needs.estimate` refuses of a draft, and while a colleague's job is under way.
 */
export const queueEstimate = command(
	'needs.queueEstimate',
	OneCampaign,
	async ({ tx, actor, now, permit, note }, { campaignId }) => {
		const campaign = await lockCampaign(tx, campaignId);
		permit(canRunCampaigns(actor));
		if (campaign.status === 'draft') throw refused('needs.estimate.draft', { name: campaign.name });
		const underway = await unfinishedJob(tx, actor, estimateNeeds.name, { campaignId });
		if (underway && !underway.own) throw refused('needs.estimate.underway', { who: underway.by });
		const jobId =
			underway?.id ?? (await enqueue(tx, { actor, kind: estimateNeeds.name, input: { campaignId }, now }));
		note({ campaignId, jobId });
		return { jobId };
	},
	{ summary: 'Have levels and gaps of a campaign estimated by a job' }
);

/** Changes the estimator's settings from a day on; the ones before end the day before, those of the same day held never. Refuses: an earlier change begins later. */
export const setEstimator = command(
	'needs.setEstimator',
	SetEstimator,
	async ({ tx, actor, now, permit, note }, { validFrom, reason, ...settings }) => {
		permit(canRunCampaigns(actor));
		const later = await tx
			.selectFrom('needs.estimator_setting')
			.select('valid_from as from')
			.where('agency_id', '=', actor.agencyId)
			.where('valid_from', '>', validFrom)
			.where((has) => has.or([has('valid_to', 'is', null), has('valid_to', '>', has.ref('valid_from'))]))
			.orderBy('valid_from', 'desc')
			.forUpdate()
			.executeTakeFirst();
		if (later !== undefined) throw refused('needs.estimate.laterSetting', { from: later.from });
		await tx
			.updateTable('needs.estimator_setting')
			.set({ valid_to: validFrom })
			.where('agency_id', '=', actor.agencyId)
			.where('valid_to', 'is', null)
			.execute();
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.estimator_setting')
			.values({
				agency_id: actor.agencyId,
				id,
				settings: JSON.stringify(settings),
				reason,
				valid_from: validFrom,
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ settingId: id });
		return { settingId: id };
	},
	{ summary: 'Change how the estimator weighs evidence, from a day on' }
);

/** Runs over one campaign come one after the other. */
async function lockCampaign(tx: Tx, campaignId: string): Promise<Campaign> {
	const row = await tx
		.selectFrom('needs.campaign')
		.select(['id', 'name', 'year', 'status', 'opens_on as opensOn', 'closes_on as closesOn'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', campaignId)
		.forNoKeyUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return { ...row, status: campaignStatus(row.status) };
}
