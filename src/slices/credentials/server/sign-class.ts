import { createHash } from 'node:crypto';
import { missing, refused } from '#kernel/errors.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { reading } from '#platform/db/pools.ts';
import type { JobWork } from '#platform/jobs/worker.ts';
import { timeServer } from '#platform/signing/cades.ts';
import { commonName } from '#platform/signing/p12.ts';
import { signPdf } from '#platform/signing/sign-pdf.ts';
import { command } from '#platform/work/command.ts';
import { run } from '#platform/work/run.ts';
import { canIssue } from '../access.ts';
import type { CertificateFacts } from '../facts.ts';
import { AskToSign, KeepSigned } from '../signing-input.ts';
import { signedInClass, unsignedIn } from './queries/signing.ts';
import { closeSeal, openedSeal } from './unlocked.ts';

const AT_ONCE = 20;

/** What sets a certificate as PDF; handed in, because it speaks the words of the screen, which a job's room must not. */
export type Sheet = (
	sheet: { number: string; status: 'valid'; facts: CertificateFacts },
	verifyUrl: string
) => Promise<Uint8Array>;

/**
 * Signs what is not yet signed in a class, some at a time: set and signed outside any transaction, then kept in one.
 * Killed in between it loses at most these few, unsigned as before. Refuses: the seal is not open any more.
 */
export const signClass =
	(sheet: Sheet) =>
	async ({ jobId, actor, input, kysely, progress }: JobWork): Promise<object> => {
		const { classId, sealId, opened, home } = AskToSign.parse(input);
		const signer = openedSeal(actor.agencyId, sealId, opened, new Date());
		if (!signer) throw refused('credentials.seal.locked');
		const seal = await reading(
			actor.agencyId,
			(db) =>
				db
					.selectFrom('credentials.seal')
					.select('time_server')
					.where('agency_id', '=', actor.agencyId)
					.where('id', '=', sealId)
					.executeTakeFirst(),
			kysely
		);
		if (!seal) throw missing();
		const timeStamp = seal.time_server === '' ? null : timeServer(seal.time_server);
		let done = 0;
		for (;;) {
			const [next, { valid, signed: before }] = await reading(
				actor.agencyId,
				async (db) => [await unsignedIn(db, classId, AT_ONCE), await signedInClass(db, classId)] as const,
				kysely
			);
			await progress(before, valid);
			if (next.length === 0) break;
			const signed = [];
			for (const one of next) {
				const { facts } = one;
				const pdf = await sheet(
					{ ...one, status: 'valid' },
					`${home}/verify/${facts.agency.code}/${one.verifyCode}`
				);
				const content = await signPdf(pdf, signer, {
					reason: `${facts.programme.name}, ${one.number}`,
					location: facts.issued.place,
					at: new Date(),
					timeStamp
				}).catch((error: unknown) => {
					if (timeStamp === null) throw error;
					throw refused('credentials.sign.noTime', { server: seal.time_server });
				});
				signed.push({
					certificateId: one.id,
					content,
					sha256: createHash('sha256').update(content).digest('hex'),
					profile: timeStamp ? 'PAdES-B-T' : 'PAdES-B-B'
				});
			}
			await run(keepSigned, {
				actor,
				input: { sealId, signed, signer: commonName(signer.certificate.subject) },
				requestId: jobId,
				kysely
			});
			done += signed.length;
		}
		closeSeal(opened);
		return { signed: done };
	};

/**
 * Keeps signed sheets. Not offered at the machine door: it believes that the PDF
 * is what was set a moment ago. Somebody who signed the same sheet meanwhile was first, and that one stays.
 */
const keepSigned = command(
	'credentials.keepSigned',
	KeepSigned,
	async ({ tx, actor, now, permit, note }, { sealId, signed, signer }) => {
		permit(canIssue(actor));
		const held = await tx
			.selectFrom('credentials.signature')
			.select('certificate_id')
			.where('agency_id', '=', actor.agencyId)
			.where(
				'certificate_id',
				'in',
				signed.map(({ certificateId }) => certificateId)
			)
			.execute();
		const taken = new Set(held.map((row) => row.certificate_id));
		const rows = [];
		for (const one of signed.filter(({ certificateId }) => !taken.has(certificateId))) {
			const fileId = await storeFile(tx, actor, now, {
				room: 'credentials',
				name: `${one.certificateId}.pdf`,
				mime: 'application/pdf',
				content: Buffer.from(one.content)
			});
			rows.push({ ...one, fileId });
		}
		if (rows.length === 0) return;
		await tx
			.insertInto('credentials.signature')
			.values(
				rows.map(({ certificateId, fileId, sha256, profile }) => ({
					agency_id: actor.agencyId,
					certificate_id: certificateId,
					way: 'seal',
					seal_id: sealId,
					file_id: fileId,
					sha256,
					profile,
					signer,
					signed_at: now,
					account_id: actor.accountId,
					created_at: now
				}))
			)
			.execute();
		note({ sealId, signed: rows.length });
	},
	{ summary: 'Keep signed certificates' }
);
