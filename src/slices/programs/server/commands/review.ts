import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { makeLink, revokeLink } from '#platform/auth/links.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canAdvise, canEdit, linkIdOf } from '../../access.ts';
import { Advise, AskReview, DecideAdvice, RevokeReview } from '../../input.ts';
import { linkState, mayFollow } from '../../rules.ts';
import { lockVersion, mustBeOpen } from '../locks.ts';
import { REVIEW_PURPOSE } from '../partner-page.ts';

const DAY_MS = 86_400_000;
/** A link that leaked must not become a flood. */
const MOST_ADVICE = 20;

/** Asks a partner for advice: answers the path of their signed link, once; only its hash is kept. Refuses: not a draft. */
export const askReview = command(
	'programs.askReview',
	AskReview,
	async ({ tx, actor, now, permit, note }, { versionId, partner, organisation, question, days }) => {
		const version = await lockVersion(tx, actor.agencyId, versionId);
		permit(canEdit(actor));
		mustBeOpen(version);
		const { linkId: id, secret } = await makeLink(tx, actor, now, {
			purpose: REVIEW_PURPOSE,
			subjectId: versionId,
			holder: partner,
			expiresAt: new Date(now.getTime() + days * DAY_MS)
		});
		await tx
			.insertInto('programs.invitation')
			.values({
				agency_id: actor.agencyId,
				id,
				version_id: versionId,
				partner,
				organisation,
				question,
				asked_at: now
			})
			.execute();
		if (mayFollow(version.status, 'review'))
			await tx
				.updateTable('programs.version')
				.set({ status: 'review' })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', versionId)
				.execute();
		note({ versionId, invitationId: id });
		return { invitationId: id, partner, path: `/review/${secret}` };
	},
	{ summary: 'Make a signed link by which a partner reviews a draft', keepAnswer: false }
);

async function lockInvitation(tx: Tx, agencyId: string, invitationId: string | null) {
	if (invitationId === null) return undefined;
	return tx
		.selectFrom('platform.link as l')
		.innerJoin('programs.invitation as i', (join) =>
			join.onRef('i.agency_id', '=', 'l.agency_id').onRef('i.id', '=', 'l.id')
		)
		.select([
			'l.id',
			'l.expires_at as expiresAt',
			'l.revoked_at as revokedAt',
			'i.partner',
			'i.organisation',
			'i.version_id as versionId'
		])
		.where('l.agency_id', '=', agencyId)
		.where('l.id', '=', invitationId)
		.where('l.purpose', '=', REVIEW_PURPOSE)
		.forUpdate()
		.executeTakeFirst();
}

/** Takes a partner's link back at once; what they already wrote stays. */
export const revokeReview = command(
	'programs.revokeReview',
	RevokeReview,
	async ({ tx, actor, now, permit, note }, { invitationId }) => {
		const invitation = await lockInvitation(tx, actor.agencyId, invitationId);
		if (!invitation) throw missing();
		permit(canEdit(actor));
		if (invitation.revokedAt === null) await revokeLink(tx, actor.agencyId, invitation.id, now);
		note({ versionId: invitation.versionId, invitationId });
		return { versionId: invitation.versionId };
	},
	{ summary: "Take back a partner's link" }
);

/**
 * A partner's advice, by their own link. Refuses: link expired or taken back, version no longer a draft, twenty pieces
 * of advice already.
 */
export const advise = command(
	'programs.advise',
	Advise,
	async ({ tx, actor, now, permit, note }, { advice }) => {
		const invitation = await lockInvitation(tx, actor.agencyId, linkIdOf(actor));
		permit(canAdvise(actor, invitation));
		if (!invitation) throw missing();
		const state = linkState(invitation, now);
		if (state !== 'open') throw refused(`programs.link.${state}`);
		mustBeOpen(await lockVersion(tx, actor.agencyId, invitation.versionId));
		const given = await tx
			.selectFrom('programs.review')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('link_id', '=', invitation.id)
			.execute();
		if (given.length >= MOST_ADVICE) throw refused('programs.advice.tooMany', { maximum: MOST_ADVICE });
		const id = newId();
		await tx
			.insertInto('programs.review')
			.values({
				agency_id: actor.agencyId,
				id,
				version_id: invitation.versionId,
				link_id: invitation.id,
				partner: invitation.partner,
				organisation: invitation.organisation,
				advice,
				created_at: now
			})
			.execute();
		note({ versionId: invitation.versionId, adviceId: id });
		return { adviceId: id };
	},
	{ summary: 'Give advice on a draft, as the holder of its link' }
);

/** What became of a partner's advice; they read it on their link. Refuses: somebody has already decided. */
export const decideAdvice = command(
	'programs.decideAdvice',
	DecideAdvice,
	async ({ tx, actor, now, permit, note }, { adviceId, decision, answer }) => {
		const advice = await tx
			.selectFrom('programs.review')
			.select(['id', 'version_id as versionId', 'decision', 'decided_by as decidedBy'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', adviceId)
			.forUpdate()
			.executeTakeFirst();
		if (!advice) throw missing();
		permit(canEdit(actor));
		if (advice.decision !== null)
			throw refused('programs.advice.alreadyDecided', {
				name: await nameOf(tx, actor.agencyId, advice.decidedBy)
			});
		await tx
			.updateTable('programs.review')
			.set({ decision, answer, decided_at: now, decided_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', adviceId)
			.execute();
		note({ versionId: advice.versionId, adviceId });
		return { versionId: advice.versionId };
	},
	{ summary: "Answer a partner's advice" }
);

async function nameOf(tx: Tx, agencyId: string, personId: string | null): Promise<string> {
	if (personId === null) return 'Asah';
	const person = await tx
		.selectFrom('people.person')
		.select('name')
		.where('agency_id', '=', agencyId)
		.where('id', '=', personId)
		.executeTakeFirst();
	return person?.name ?? 'Asah';
}
