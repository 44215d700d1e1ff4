import { reading } from '#platform/db/pools.ts';
import { on } from '#platform/work/events.ts';
import { run } from '#platform/work/run.ts';
import { carryOver } from '#slices/content/public.server.ts';
import { findingFacts, officeIs } from '#slices/evaluation/public.server.ts';
import { reassignPlans } from '#slices/followup/public.server.ts';
import { includeNewStaff, queueEstimate } from '#slices/needs/public.server.ts';
import { askChange } from '#slices/programs/public.server.ts';
import { systemActor } from './actor.ts';
import { holders } from './notice-sources.ts';
import { wireNotices } from './notices.ts';

let wired = false;

/**
 * Which room hears which event: `on('<event>', listener)`. Rooms know nothing of each other to their right; this is
 * the only place where the cycle closes. An event's id is the command's key: heard twice, done once.
 */
export function wireEvents(): void {
	if (wired) return;
	wired = true;
	wireNotices();
	officeIs(holders('programs.edit'));
	on('people.imported', async ({ id, agencyId, kysely }) => {
		await run(includeNewStaff, { actor: systemActor(agencyId), input: {}, key: `event:${id}`, kysely });
		await run(reassignPlans, { actor: systemActor(agencyId), input: {}, key: `reassign:${id}`, kysely });
	});
	on('people.moved', async ({ id, agencyId, kysely }) => {
		await run(reassignPlans, { actor: systemActor(agencyId), input: {}, key: `reassign:${id}`, kysely });
	});
	on('needs.campaignClosed', async ({ id, agencyId, payload, kysely }) => {
		await run(queueEstimate, {
			actor: systemActor(agencyId),
			input: { campaignId: payload.campaignId },
			key: `event:${id}`,
			kysely
		});
	});
	on('evaluation.findingWritten', async ({ id, agencyId, payload, kysely }) => {
		const asked = await reading(agencyId, (db) => findingFacts(db, payload.findingId), kysely);
		if (asked)
			await run(askChange, { actor: systemActor(agencyId), input: asked, key: `event:${id}`, kysely });
	});
	on('programs.versionInForce', async ({ id, agencyId, payload, kysely }) => {
		await run(carryOver, {
			actor: systemActor(agencyId),
			input: { versionId: payload.versionId },
			key: `event:${id}`,
			kysely
		});
	});
}
