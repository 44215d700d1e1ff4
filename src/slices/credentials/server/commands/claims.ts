import { invalidField, missing, refused } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { paperMime } from '#platform/files/file-kind.ts';
import { forgetFile, storeFile } from '#platform/files/store-file.ts';
import { withoutMetadata } from '#platform/files/strip-metadata.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canChangeClaim, canClaim, canVerifyClaim } from '../../access.ts';
import { ClaimExternal, DiscardClaim, VerifyClaim } from '../../input.ts';
import { countsInYear } from '../../jp.ts';
import { storedRule } from '../../jp-setting.ts';
import { entryStatus } from '../../model.ts';
import { claimable, duplicateKey, entryStep } from '../../rules.ts';
import { claimHours, claimTwin, lockEntry, oneAtATime, takeOfficeHours } from '../claims.ts';

const MOST_EVIDENCE_BYTES = 5 * 1024 * 1024;

constraintMeans('jp_time_once', 'credentials.claim.overlap');
// Two devices that send the same certificate at the same moment.
constraintMeans('jp_entry_twin', 'credentials.claim.sentTwice');

/**
 * Learning elsewhere, entered by the learner: kept as a draft, or sent with its evidence to whoever verifies it; it
 * counts once that person has seen the evidence. With `entryId` a draft, or what was sent back, is changed. Refuses:
 * days that cannot be, the same learning again (named), no evidence, a file that is no PDF or picture.
 */
export const claimExternal = command(
	'credentials.claimExternal',
	ClaimExternal,
	async ({ tx, actor, today, now, permit, note }, { entryId, evidence, send, ...claim }) => {
		permit(canClaim(actor));
		const { personId } = actor;
		if (personId === null) throw missing();
		const former = entryId === undefined ? null : await ownEntry(tx, actor, entryId);
		if (former) permit(canChangeClaim(actor, former));
		const status = send ? 'waiting' : 'draft';
		// A draft that is saved again stays one; what was sent back can only be sent again.
		if (former && former.status !== status) entryStep(former.status, status);
		claimable(claim, today);
		await oneAtATime(tx, personId);
		const key = duplicateKey(claim);
		const twin = await claimTwin(tx, actor.agencyId, personId, key, claim, entryId);
		if (twin) throw refused('credentials.claim.duplicate', { title: twin.title, on: twin.endsOn });
		const hours = await claimHours(tx, actor.agencyId, personId, claim);
		const evidenceId = evidence ? await keepEvidence(tx, actor, evidence, now) : (former?.evidenceId ?? null);
		if (send && evidenceId === null) throw invalidField('evidence', 'credentials.claim.noEvidence');
		const id = former?.id ?? newId();
		const said = {
			form: claim.form,
			title: claim.title,
			provider: claim.provider,
			certificate_number: claim.number,
			amount: claim.amount,
			abroad: claim.abroad,
			duplicate_key: key,
			starts_on: claim.startsOn,
			ends_on: claim.endsOn,
			certificate_on: claim.certificateOn ?? null,
			assigned: claim.assigned,
			year: countsInYear(
				{ endDate: claim.endsOn, certificateDate: claim.certificateOn ?? null },
				hours.yearBy
			),
			learning_hours: hours.jp,
			rule: storedRule(hours),
			evidence_id: evidenceId,
			status
		};
		await tx
			.insertInto('credentials.jp_entry')
			.values({
				...said,
				agency_id: actor.agencyId,
				id,
				person_id: personId,
				source: 'external',
				created_at: now
			})
			.onConflict((conflict) => conflict.columns(['agency_id', 'id']).doUpdateSet(said))
			.execute();
		note({ entryId: id });
		return { entryId: id, learningHours: hours.jp, status };
	},
	{ summary: 'Claim JP for learning elsewhere, as a draft or to be verified' }
);

/** Throws away one's own draft, or what was sent back, with its evidence. */
export const discardClaim = command(
	'credentials.discardClaim',
	DiscardClaim,
	async ({ tx, actor, permit, note }, { entryId }) => {
		const entry = await ownEntry(tx, actor, entryId);
		permit(canChangeClaim(actor, entry));
		await tx
			.deleteFrom('credentials.jp_entry')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', entryId)
			.execute();
		if (entry.evidenceId !== null) await forgetFile(tx, actor, 'credentials', entry.evidenceId);
		note({ entryId });
	},
	{ summary: 'Throw away a draft of a claim' }
);

/**
 * Counts a claim, sends it back to be mended, or turns it down, both with a reason. The JP are reckoned again beside what
 * counts by now, so that caps hold over all records of a person. Refuses: decided before, one's own, hours that another
 * entry has (named).
 */
export const verifyClaim = command(
	'credentials.verifyClaim',
	VerifyClaim,
	async ({ tx, actor, now, permit, record }, { entryId, decision, reason }) => {
		const entry = await lockEntry(tx, actor.agencyId, entryId);
		permit(canVerifyClaim(actor, entry));
		const status = entryStep(entryStatus(entry.status), decision);
		const decided = { status, reason, decided_by: actor.personId, decided_at: now };
		if (status === 'counted') await oneAtATime(tx, entry.personId);
		const hours = status === 'counted' ? await claimHours(tx, actor.agencyId, entry.personId, entry) : null;
		await tx
			.updateTable('credentials.jp_entry')
			.set({
				...decided,
				...(hours && {
					learning_hours: hours.jp,
					year: countsInYear({ endDate: entry.endsOn, certificateDate: entry.certificateOn }, hours.yearBy),
					rule: storedRule(hours)
				})
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', entryId)
			.execute();
		if (hours) await takeOfficeHours(tx, actor.agencyId, hours.rule, entry);
		record('credentials.claimDecided', { entryId });
	},
	{ summary: 'Verify a claim of JP' }
);

/** A claim of the actor's own, locked; anybody else's is not there. */
async function ownEntry(tx: Tx, actor: Actor, entryId: string) {
	const row = await tx
		.selectFrom('credentials.jp_entry')
		.select(['id', 'person_id as personId', 'status', 'evidence_id as evidenceId'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', entryId)
		.where('person_id', '=', actor.personId)
		.where('source', '=', 'external')
		.forUpdate()
		.executeTakeFirst();
	if (!row) throw missing();
	return { ...row, status: entryStatus(row.status) };
}

async function keepEvidence(
	tx: Tx,
	actor: Actor,
	{ name, bytes }: { name: string; bytes: Uint8Array },
	now: Date
): Promise<string> {
	const mime = paperMime(bytes);
	if (mime === null) throw invalidField('evidence', 'credentials.claim.evidenceKind', { name });
	if (bytes.length > MOST_EVIDENCE_BYTES) throw invalidField('evidence', 'kernel.tooLarge', { maximum: 5 });
	const content = Buffer.from(withoutMetadata(bytes));
	return storeFile(tx, actor, now, { room: 'credentials', name, mime, content });
}
