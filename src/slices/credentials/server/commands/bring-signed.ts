import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { createHash } from 'node:crypto';
import { storeFile } from '#platform/files/store-file.ts';
import { readSignatures } from '#platform/signing/read-signatures.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { codesInPdf } from '../../codes-in-pdf.ts';
import { BringSigned } from '../../signing-input.ts';

const MOST_BYTES = 5_000_000;

/**
 * Keeps a certificate's PDF that was signed elsewhere (BSrE); from then on it is the one that is downloaded. Refuses:
 * no PDF, the sheet of another certificate, no signature, changed after it was signed, signed twice here.
 */
export const bringSigned = command(
	'credentials.bringSigned',
	BringSigned,
	async ({ tx, actor, now, permit, note }, { certificateId, file }) => {
		const { rows } = await sql<{ code: string; status: string; signed: boolean }>`
			select c.verify_code as code, c.status, s.certificate_id is not null as signed from credentials.certificate c
			left join credentials.signature s on s.agency_id = c.agency_id and s.certificate_id = c.id
			where c.agency_id = platform.current_agency() and c.id = ${certificateId} for update of c`.execute(tx);
		const certificate = rows[0];
		if (!certificate) throw missing();
		permit(canIssue(actor));
		if (certificate.status !== 'valid')
			throw refused(`credentials.certificate.already.${certificate.status}`);
		if (certificate.signed) throw refused('credentials.brought.already');
		const pdf = Buffer.from(file.bytes);
		if (pdf.length > MOST_BYTES || pdf.toString('latin1', 0, 5) !== '%PDF-')
			throw refused('credentials.brought.notPdf');
		if (!codesInPdf(pdf).some(({ code }) => code === certificate.code))
			throw refused('credentials.brought.otherCertificate');
		const signatures = await readSignatures(pdf);
		const last = signatures.at(-1);
		if (!last) throw refused('credentials.brought.noSignature');
		if (signatures.some(({ intact }) => !intact)) throw refused('credentials.brought.altered');
		if (!last.coversFile) throw refused('credentials.brought.notWhole');
		if (!last.inTime) throw refused('credentials.brought.outOfTime', { signer: last.signer });
		const fileId = await storeFile(tx, actor, now, {
			room: 'credentials',
			name: file.name,
			mime: 'application/pdf',
			content: pdf
		});
		await tx
			.insertInto('credentials.signature')
			.values({
				agency_id: actor.agencyId,
				certificate_id: certificateId,
				way: 'brought',
				file_id: fileId,
				sha256: createHash('sha256').update(pdf).digest('hex'),
				profile: last.timeStamped ? `${last.kind} + RFC 3161` : last.kind,
				signer: last.signer,
				signed_at: last.signedAt,
				account_id: actor.accountId,
				created_at: now
			})
			.execute();
		note({ certificateId, fileId });
	},
	{ summary: 'Keep a certificate that was signed elsewhere' }
);
