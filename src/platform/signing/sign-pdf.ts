import { cadesSignature, type TimeStamp } from './cades.ts';
import { commonName, type Signer } from './p12.ts';
import { signedBytes, spaceForSignature, withSignature } from './signature-space.ts';

/** Bytes kept for a signature with its chain, and for one that also carries a time stamp with the server's chain. */
const ROOM = { plain: 8192, stamped: 20_480 };

/** A PDF signed as PAdES-B-B, or B-T with a time-stamp server. What was there before stays byte for byte. */
export async function signPdf(
	pdf: Uint8Array,
	signer: Signer,
	{
		reason,
		location,
		at,
		timeStamp
	}: { reason: string; location: string; at: Date; timeStamp: TimeStamp | null }
): Promise<Buffer> {
	const space = spaceForSignature(pdf, {
		name: commonName(signer.certificate.subject),
		reason,
		location,
		at,
		room: timeStamp ? ROOM.stamped : ROOM.plain
	});
	return withSignature(space, await cadesSignature(signedBytes(space), signer, timeStamp));
}
