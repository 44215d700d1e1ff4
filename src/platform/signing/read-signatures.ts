import { createHash, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { buffer } from './buffer.ts';
import { engine } from './cades.ts';
import { commonName } from './p12.ts';

export type PdfSignature = {
	signer: string;
	/** Who vouches for the signer. Whether they may be trusted is not ours to say: no list of roots is carried. */
	issuer: string;
	validFrom: Date;
	validTo: Date;
	/** By the time stamp when there is a good one, else what the signer's own clock said. */
	signedAt: Date | null;
	timeStamped: boolean;
	/** The bytes it speaks of are those that were signed, by the key of that certificate. */
	intact: boolean;
	/** Nothing stands in the file that it does not speak of, except the signature itself. */
	coversFile: boolean;
	/** The certificate held on the day of signing. */
	inTime: boolean;
	/** As written in the file: ETSI.CAdES.detached, adbe.pkcs7.detached. */
	kind: string;
};

const OID = { timeStampToken: '1.2.840.113549.1.9.16.2.14', signingTime: '1.2.840.113549.1.9.5' };
const DICTIONARY = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/gu;

/** Every signature of a PDF, in the order of the file; one that can't be read counts as broken. */
export async function readSignatures(pdf: Uint8Array): Promise<PdfSignature[]> {
	const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
	const text = file.toString('latin1');
	const found: PdfSignature[] = [];
	for (const match of text.matchAll(DICTIONARY)) {
		const [from, length, again, rest] = match.slice(1).map(Number);
		if (from === undefined || length === undefined || again === undefined || rest === undefined) continue;
		const hole = text.slice(from + length, again);
		const contents = /^<([\da-f\s]*)>$/iu.exec(hole)?.[1];
		const around = text.slice(Math.max(0, match.index - 1500), again + 1500);
		const signed = Buffer.concat([file.subarray(from, from + length), file.subarray(again, again + rest)]);
		// A hole wider than the hex digits could hide other content.
		const coversFile = from === 0 && contents !== undefined && again + rest === file.length;
		found.push({
			...(await readCms(Buffer.from((contents ?? '').replace(/\s/gu, ''), 'hex'), signed, around)),
			coversFile,
			kind: /\/SubFilter\s*\/([\w.]+)/u.exec(around)?.[1] ?? '–'
		});
	}
	return found;
}

type Read = Omit<PdfSignature, 'coversFile' | 'kind'>;

const BROKEN: Read = {
	signer: '–',
	issuer: '–',
	validFrom: new Date(0),
	validTo: new Date(0),
	signedAt: null,
	timeStamped: false,
	intact: false,
	inTime: false
};

async function readCms(cms: Buffer, signed: Buffer, around: string): Promise<Read> {
	try {
		const data = signedDataOf(cms);
		const info = data.signerInfos[0];
		const own = info && certificateOf(data, info);
		if (!info || !own) return BROKEN;
		const x509 = new X509Certificate(Buffer.from(own.toSchema(true).toBER(false)));
		const stamp = await timeStampOf(info);
		const signedAt = stamp ?? claimedTime(info, around);
		const [validFrom, validTo] = [new Date(x509.validFrom), new Date(x509.validTo)];
		return {
			signer: commonName(x509.subject),
			issuer: commonName(x509.issuer),
			validFrom,
			validTo,
			signedAt,
			timeStamped: stamp !== null,
			// A digest that differs is thrown by the library, not answered.
			intact: await data
				.verify({ signer: 0, data: buffer(signed), checkChain: false }, engine)
				.catch(() => false),
			inTime: signedAt !== null && signedAt >= validFrom && signedAt <= validTo
		};
	} catch {
		// Bytes that are no signature at all are a broken one: that is the answer, not an error.
		return BROKEN;
	}
}

/** The hex digits are filled up with zeros behind the message: only its own length is read. */
function signedDataOf(cms: Buffer): pkijs.SignedData {
	const read = asn1js.fromBER(buffer(cms));
	if (read.offset === -1) throw new Error('no ASN.1');
	const message = new pkijs.ContentInfo({ schema: read.result });
	return new pkijs.SignedData({ schema: message.content });
}

function certificateOf(data: pkijs.SignedData, info: pkijs.SignerInfo): pkijs.Certificate | undefined {
	const all = (data.certificates ?? []).filter((one) => one instanceof pkijs.Certificate);
	const { sid } = info;
	if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return all[0];
	return all.find((one) => one.serialNumber.isEqual(sid.serialNumber) && one.issuer.isEqual(sid.issuer));
}

/** The time of a stamp that is good and speaks of this signature, else null. */
async function timeStampOf(info: pkijs.SignerInfo): Promise<Date | null> {
	const token = info.unsignedAttrs?.attributes.find(({ type }) => type === OID.timeStampToken)?.values[0];
	if (!(token instanceof asn1js.Sequence)) return null;
	const stamped = new pkijs.SignedData({ schema: new pkijs.ContentInfo({ schema: token }).content });
	const content = stamped.encapContentInfo.eContent;
	if (!content) return null;
	const facts = pkijs.TSTInfo.fromBER(content.getValue());
	const imprint = Buffer.from(facts.messageImprint.hashedMessage.valueBlock.valueHexView);
	const algorithm = HASHES[facts.messageImprint.hashAlgorithm.algorithmId];
	const signature = Buffer.from(info.signature.valueBlock.valueHexView);
	if (algorithm === undefined || !createHash(algorithm).update(signature).digest().equals(imprint))
		return null;
	const good = await stamped
		.verify({ signer: 0, data: buffer(signature), checkChain: false }, engine)
		.catch(() => false);
	return good ? facts.genTime : null;
}

const HASHES: Record<string, string> = {
	'1.3.14.3.2.26': 'sha1',
	'2.16.840.1.101.3.4.2.1': 'sha256',
	'2.16.840.1.101.3.4.2.2': 'sha384',
	'2.16.840.1.101.3.4.2.3': 'sha512'
};

/** The signing-time attribute, else /M of the signature dictionary. */
function claimedTime(info: pkijs.SignerInfo, around: string): Date | null {
	const time = info.signedAttrs?.attributes.find(({ type }) => type === OID.signingTime)?.values[0];
	if (time instanceof asn1js.UTCTime) return time.toDate();
	const [, y, mo, d, h, mi, s, sign, zh = '0', zm = '0'] =
		/\/M\s*\(D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:([+-])(\d{2})'?(\d{2}))?/u.exec(around) ?? [];
	if (y === undefined) return null;
	const offset = (sign === '-' ? -1 : 1) * (Number(zh) * 60 + Number(zm)) * 60_000;
	return new Date(Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) - offset);
}
