import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB, Db } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { readSignatures, type PdfSignature } from '#platform/signing/read-signatures.ts';
import { agencyOfDid } from '../badge/did-web.ts';
import { isJson, type Json } from '../badge/proof.ts';
import { codesInPdf, type PrintedCode } from '../codes-in-pdf.ts';
import type { CertificateFacts } from '../facts.ts';
import type { CertificateStatus } from '../model.ts';
import { isOurBadge } from './badge-of.ts';
import { certificateByCode, publicProof, type PublicProof } from './queries/certificates.ts';
import { signatureOf } from './queries/signing.ts';

/**
 * `same`: byte for byte what we gave out. `signed`: our sheet with a signature added elsewhere that holds. `other`: a
 * signature that holds, but over a sheet that we can't compare. `altered`: none of these.
 */
export type FileContent = 'same' | 'signed' | 'other' | 'altered';

export type FileVerdict =
	| { known: false; why: 'kind' | 'noCode' | 'unknownCode' }
	| {
			known: true;
			kind: 'pdf' | 'badge';
			proof: PublicProof;
			content: FileContent;
			signatures: Pick<
				PdfSignature,
				'signer' | 'issuer' | 'signedAt' | 'timeStamped' | 'intact' | 'coversFile'
			>[];
	  };

export type Checking = {
	agencyByCode: (code: string) => Promise<string | undefined>;
	/** Sets a certificate as PDF, as it was given out. */
	sheet: (
		sheet: { number: string; status: CertificateStatus; facts: CertificateFacts },
		verifyUrl: string
	) => Promise<Uint8Array>;
	kysely?: Kysely<DB>;
};

/** What anybody who holds a file may know of it: whether we gave it out, as it is, and what it is worth today. */
export async function verifyFile(file: Uint8Array, checking: Checking): Promise<FileVerdict> {
	const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
	if (bytes.toString('latin1', 0, 5) === '%PDF-') return verifyPdf(bytes, checking);
	const badge = jsonIn(bytes);
	return badge ? verifyBadge(badge, checking) : { known: false, why: 'kind' };
}

async function verifyPdf(pdf: Buffer, checking: Checking): Promise<FileVerdict> {
	const codes = codesInPdf(pdf);
	if (codes.length === 0) return { known: false, why: 'noCode' };
	for (const printed of codes) {
		const found = await certificateOf(printed, checking, async (db, certificate) => ({
			certificate,
			kept: await signatureOf(db, certificate.id)
		}));
		if (!found) continue;
		const { certificate, kept } = found;
		const signatures = await readSignatures(pdf);
		const url = `${printed.home}/verify/${printed.agency}/${printed.code}`;
		// It was given out while it was valid, or with the word for its standing today across it.
		const ours = await Promise.all(
			[...new Set<CertificateStatus>(['valid', certificate.status])].map(async (status) =>
				Buffer.from(await checking.sheet({ ...certificate, status }, url))
			)
		);
		const content = contentOf(pdf, ours, kept?.sha256, signatures);
		return { known: true, kind: 'pdf', proof: publicProof(certificate), content, signatures };
	}
	return { known: false, why: 'unknownCode' };
}

function contentOf(
	pdf: Buffer,
	ours: readonly Buffer[],
	kept: string | undefined,
	signatures: readonly PdfSignature[]
): FileContent {
	if (kept !== undefined && createHash('sha256').update(pdf).digest('hex') === kept) return 'same';
	if (ours.some((sheet) => sheet.equals(pdf))) return 'same';
	const holds =
		signatures.length > 0 && signatures.every(({ intact }) => intact) && signatures.at(-1)?.coversFile;
	if (!holds) return 'altered';
	return ours.some((sheet) => pdf.subarray(0, sheet.length).equals(sheet)) ? 'signed' : 'other';
}

async function verifyBadge(badge: Json, checking: Checking): Promise<FileVerdict> {
	const { issuer, id } = badge;
	const did = isJson(issuer) ? issuer['id'] : issuer;
	const agency = typeof did === 'string' ? agencyOfDid(did) : undefined;
	const code = typeof id === 'string' ? /\/verify\/[^/]+\/([\w-]+)$/u.exec(id)?.[1] : undefined;
	if (agency === undefined || code === undefined) return { known: false, why: 'noCode' };
	const found = await certificateOf({ agency, code, home: '' }, checking, (_, certificate) =>
		Promise.resolve({ certificate })
	);
	if (!found) return { known: false, why: 'unknownCode' };
	const proof = publicProof(found.certificate);
	const content = (await isOurBadge(found.agencyId, badge, checking.kysely)) ? 'same' : 'altered';
	return { known: true, kind: 'badge', proof, content, signatures: [] };
}

type Certificate = NonNullable<Awaited<ReturnType<typeof certificateByCode>>>;

async function certificateOf<T>(
	{ agency, code }: PrintedCode,
	{ agencyByCode, kysely }: Checking,
	more: (db: Db, certificate: Certificate) => Promise<T>
): Promise<(T & { agencyId: string }) | undefined> {
	const agencyId = await agencyByCode(agency);
	if (agencyId === undefined) return undefined;
	return reading(
		agencyId,
		async (db) => {
			const certificate = await certificateByCode(db, code);
			return certificate && { ...(await more(db, certificate)), agencyId };
		},
		kysely
	);
}

function jsonIn(bytes: Buffer): Json | undefined {
	try {
		const read: unknown = JSON.parse(bytes.toString('utf8'));
		return isJson(read) ? read : undefined;
	} catch {
		return undefined;
	}
}
