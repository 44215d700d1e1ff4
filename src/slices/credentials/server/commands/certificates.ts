import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canIssue } from '../../access.ts';
import { readFacts } from '../../facts.ts';
import { IssueCertificates, ReissueCertificate, RevokeCertificate } from '../../input.ts';
import { certificateStatus } from '../../model.ts';
import { certificateNumber, certificateStep } from '../../rules.ts';
import { verifyCode } from '../../verify-code.ts';
import { issueForClass } from '../issue.ts';

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
	async ({ tx, actor, permit, record }, { certificateId, reason }) => {
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
		record('credentials.revoked', { certificateId });
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
				template_id: former.template_id,
				status_position: (await nextNumbers(tx, actor.agencyId, 'badge', 0, 1)) - 1,
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

async function lockCertificate(tx: Tx, certificateId: string) {
	const rows = await sql<{
		id: string;
		number: string;
		version: number;
		class_id: string;
		person_id: string;
		status: string;
		facts: unknown;
		template_id: string | null;
	}>`
		select id, number, version, class_id, person_id, status, facts, template_id from credentials.certificate
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
