import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canClaim, canIssue, canVerifyClaim } from '../access.ts';
import { readFacts } from '../facts.ts';
import {
	ClaimExternal,
	IssueCertificates,
	ReissueCertificate,
	RevokeCertificate,
	VerifyClaim
} from '../input.ts';
import { countsInYear } from '../jp.ts';
import { certificateStatus, entryStatus } from '../model.ts';
import { certificateNumber, certificateStep, claimable, duplicateKey, entryStep } from '../rules.ts';
import { claimHours, claimTwin, lockEntry, oneAtATime, takeOfficeHours } from './claims.ts';
import { issueForClass, verifyCode } from './issue.ts';

constraintMeans('jp_time_once', 'credentials.claim.overlap');
constraintMeans('certificate_valid', 'platform.work.conflict');

/** Certificates and JP for everybody who passed a finished class and has none yet. Answers how many. */
export const issueCertificates = command(
	'credentials.issue',
	IssueCertificates,
	async ({ tx, actor, today, now, permit, record }, { classId }) => {
		permit(canIssue(actor));
		const issued = await issueForClass(tx, actor.agencyId, classId, today, now);
		for (const one of issued) record('credentials.issued', one);
		return { issued: issued.length };
	},
	{ summary: 'Issue the certificates and JP of a finished class' }
);

/** Takes a certificate back: its hours stop counting, and whoever checks it is told. */
export const revokeCertificate = command(
	'credentials.revoke',
	RevokeCertificate,
	async ({ tx, actor, permit, note }, { certificateId, reason }) => {
		const certificate = await lockCertificate(tx, certificateId);
		permit(canIssue(actor));
		const status = certificateStep(certificateStatus(certificate.status), 'revoked');
		await setStanding(tx, actor.agencyId, certificateId, status, reason);
		await tx
			.deleteFrom('credentials.jp_time')
			.where('agency_id', '=', actor.agencyId)
			.where('entry_id', 'in', (eb) =>
				eb
					.selectFrom('credentials.jp_entry')
					.select('id')
					.where('agency_id', '=', actor.agencyId)
					.where('certificate_id', '=', certificateId)
			)
			.execute();
		await tx
			.updateTable('credentials.jp_entry')
			.set({ status: 'rejected', reason })
			.where('agency_id', '=', actor.agencyId)
			.where('certificate_id', '=', certificateId)
			.execute();
		note({ certificateId });
	},
	{ summary: 'Revoke a certificate' }
);

/**
 * A new version in the place of a certificate whose words were wrong, with today's name and post of the person and a
 * number of its own; the former says so when it is checked.
 */
export const reissueCertificate = command(
	'credentials.reissue',
	ReissueCertificate,
	async ({ tx, actor, today, permit, record }, { certificateId, reason }) => {
		const former = await lockCertificate(tx, certificateId);
		permit(canIssue(actor));
		const status = certificateStep(certificateStatus(former.status), 'replaced');
		await setStanding(tx, actor.agencyId, certificateId, status, reason);
		const number = await nextNumbers(tx, actor.agencyId, 'certificate', yearOf(today), 1);
		const facts = readFacts(former.facts);
		const person = await tx
			.selectFrom('people.staff')
			.select(['name', 'front_title', 'back_title', 'nip', 'post_title', 'unit_name'])
			.where('agency_id', '=', actor.agencyId)
			.where('person_id', '=', former.person_id)
			.executeTakeFirst();
		const [program = ''] = former.number.split('/').slice(1);
		const id = newId();
		await tx
			.insertInto('credentials.certificate')
			.values({
				agency_id: actor.agencyId,
				id,
				number: certificateNumber(number, program, facts.agency.code, today),
				version: former.version + 1,
				class_id: former.class_id,
				person_id: former.person_id,
				issued_on: today,
				status: 'valid',
				replaces_id: certificateId,
				verify_code: verifyCode(),
				facts: JSON.stringify({
					...facts,
					recipient: person
						? {
								name: [person.front_title, [person.name, person.back_title].filter(Boolean).join(', ')]
									.filter(Boolean)
									.join(' '),
								nip: person.nip,
								post: person.post_title,
								unit: person.unit_name
							}
						: facts.recipient,
					issued: { ...facts.issued, on: today }
				})
			})
			.execute();
		await tx
			.updateTable('credentials.jp_entry')
			.set({ certificate_id: id })
			.where('agency_id', '=', actor.agencyId)
			.where('certificate_id', '=', certificateId)
			.execute();
		record('credentials.issued', { certificateId: id, personId: former.person_id });
		return { certificateId: id };
	},
	{ summary: 'Replace a certificate by a corrected version' }
);

/** Learning elsewhere, entered by the learner; counts once a verifier has seen the evidence. */
export const claimExternal = command(
	'credentials.claimExternal',
	ClaimExternal,
	async ({ tx, actor, today, now, permit, note }, claim) => {
		permit(canClaim(actor));
		if (actor.personId === null) throw missing();
		claimable(claim, today);
		await oneAtATime(tx, actor.personId);
		const twin = await claimTwin(tx, actor.agencyId, actor.personId, duplicateKey(claim), claim);
		if (twin) throw refused('credentials.claim.duplicate', { title: twin.title, on: twin.endsOn });
		const hours = await claimHours(tx, actor.agencyId, actor.personId, claim);
		const id = newId();
		await tx
			.insertInto('credentials.jp_entry')
			.values({
				agency_id: actor.agencyId,
				id,
				person_id: actor.personId,
				source: 'external',
				form: claim.form,
				title: claim.title,
				starts_on: claim.startsOn,
				ends_on: claim.endsOn,
				year: countsInYear({ endDate: claim.endsOn, certificateDate: null }),
				learning_hours: hours.jp,
				rule: JSON.stringify({
					...hours.rule,
					capped: hours.capped ?? null,
					provider: claim.provider,
					number: claim.number,
					amount: claim.amount,
					isAbroad: claim.abroad,
					duplicateKey: duplicateKey(claim)
				}),
				status: 'waiting',
				created_at: now
			})
			.execute();
		note({ entryId: id });
		return { entryId: id, learningHours: hours.jp };
	},
	{ summary: 'Claim JP for learning elsewhere' }
);

/**
 * Counts a claim, or turns it down with a reason. The JP are reckoned again beside what counts by now, so that caps hold
 * over all records of a person. Refuses: decided before, one's own, hours that another entry has (named).
 */
export const verifyClaim = command(
	'credentials.verifyClaim',
	VerifyClaim,
	async ({ tx, actor, now, permit, note }, { entryId, decision, reason }) => {
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
					rule: JSON.stringify({ ...entry.claimed, ...hours.rule, capped: hours.capped ?? null })
				})
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', entryId)
			.execute();
		if (hours) await takeOfficeHours(tx, actor.agencyId, hours.rule, entry);
		note({ entryId });
	},
	{ summary: 'Verify a claim of JP' }
);

async function lockCertificate(tx: Tx, certificateId: string) {
	const rows = await sql<{
		id: string;
		number: string;
		version: number;
		class_id: string;
		person_id: string;
		status: string;
		facts: unknown;
	}>`
		select id, number, version, class_id, person_id, status, facts from credentials.certificate
		where agency_id = platform.current_agency() and id = ${certificateId} for update`.execute(tx);
	const certificate = rows.rows[0];
	if (!certificate) throw missing();
	return certificate;
}

async function setStanding(
	tx: Tx,
	agencyId: string,
	id: string,
	status: string,
	reason: string
): Promise<void> {
	await tx
		.updateTable('credentials.certificate')
		.set({ status, reason })
		.where('agency_id', '=', agencyId)
		.where('id', '=', id)
		.execute();
}
