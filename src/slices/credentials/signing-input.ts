import { z } from 'zod';

const Bytes = z.instanceof(Uint8Array<ArrayBufferLike>);

export const KeepSeal = z.object({
	name: z.string().trim().min(3).max(100),
	/** Address of an RFC 3161 server; empty: signatures carry the server's own clock (B-B). */
	timeServer: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
	content: Bytes,
	/** Handle of the opened file; the passphrase itself never comes this far. */
	opened: z.string()
});
export const RetireSeal = z.object({ sealId: z.uuid() });
export const AskToSign = z.object({
	classId: z.uuid(),
	sealId: z.uuid(),
	opened: z.string(),
	/** Address of this Asah, as it stands in the QR. */
	home: z.url()
});
export const KeepSigned = z.object({
	sealId: z.uuid(),
	signed: z.array(
		z.object({ certificateId: z.uuid(), content: Bytes, sha256: z.string(), profile: z.string() })
	),
	signer: z.string()
});
export const BringSigned = z.object({
	certificateId: z.uuid(),
	file: z.object({ name: z.string().max(200), bytes: Bytes })
});
