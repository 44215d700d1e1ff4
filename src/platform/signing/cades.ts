import { createHash, randomBytes, sign, webcrypto, type X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { Signer } from './p12.ts';
import { buffer } from './buffer.ts';

const OID = {
	data: '1.2.840.113549.1.7.1',
	signedData: '1.2.840.113549.1.7.2',
	contentType: '1.2.840.113549.1.9.3',
	messageDigest: '1.2.840.113549.1.9.4',
	signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
	timeStampToken: '1.2.840.113549.1.9.16.2.14',
	sha256: '2.16.840.1.101.3.4.2.1',
	sha256WithRsa: '1.2.840.113549.1.1.11',
	ecdsaWithSha256: '1.2.840.10045.4.3.2'
};

/** Answers an RFC 3161 token for a sha256, as a time-stamp server does. */
export type TimeStamp = (sha256: Buffer) => Promise<Uint8Array>;

const attribute = (type: string, value: asn1js.BaseBlock): pkijs.Attribute =>
	new pkijs.Attribute({ type, values: [value] });
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const parsed = (certificate: X509Certificate): pkijs.Certificate =>
	pkijs.Certificate.fromBER(buffer(certificate.raw));

/**
 * A detached CAdES signature for a PDF (ETSI EN 319 142-1): baseline B-B, or B-T with a time stamp. The certificate is
 * bound into what is signed (signing-certificate-v2); there is no signing-time attribute, the PDF itself says when.
 */
export async function cadesSignature(
	bytes: Uint8Array,
	{ key, certificate, chain }: Signer,
	timeStamp: TimeStamp | null
): Promise<Buffer> {
	const own = parsed(certificate);
	const algorithm = new pkijs.AlgorithmIdentifier({
		algorithmId: OID.sha256,
		algorithmParams: new asn1js.Null()
	});
	const signed = new pkijs.SignedAndUnsignedAttributes({
		type: 0,
		attributes: [
			attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
			attribute(OID.messageDigest, new asn1js.OctetString({ valueHex: buffer(sha256(bytes)) })),
			attribute(OID.signingCertificateV2, essCertificate(certificate))
		]
	});
	// What is signed is the same attributes under the tag of a SET, not the one they have in the message (RFC 5652 §5.4).
	const attributes = Buffer.from(signed.toSchema().toBER(false));
	attributes[0] = 0x31;
	const signature = sign('sha256', attributes, key);
	const info = new pkijs.SignerInfo({
		version: 1,
		sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
		digestAlgorithm: algorithm,
		signedAttrs: signed,
		signatureAlgorithm: new pkijs.AlgorithmIdentifier(
			key.asymmetricKeyType === 'ec'
				? { algorithmId: OID.ecdsaWithSha256 }
				: { algorithmId: OID.sha256WithRsa, algorithmParams: new asn1js.Null() }
		),
		signature: new asn1js.OctetString({ valueHex: buffer(signature) })
	});
	if (timeStamp) {
		const token = asn1js.fromBER(buffer(await timeStamp(sha256(signature)))).result;
		info.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
			type: 1,
			attributes: [attribute(OID.timeStampToken, token)]
		});
	}
	const data = new pkijs.SignedData({
		version: 1,
		encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
		digestAlgorithms: [algorithm],
		signerInfos: [info],
		certificates: [own, ...chain.map(parsed)]
	});
	const message = new pkijs.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) });
	return Buffer.from(message.toSchema().toBER(false));
}

/** SigningCertificateV2 with the default sha256 and without issuerSerial (RFC 5035 §3). */
const essCertificate = (certificate: X509Certificate): asn1js.Sequence =>
	new asn1js.Sequence({
		value: [
			new asn1js.Sequence({
				value: [
					new asn1js.Sequence({
						value: [new asn1js.OctetString({ valueHex: buffer(sha256(certificate.raw)) })]
					})
				]
			})
		]
	});

/** A time-stamp server reached by HTTP (RFC 3161 §3.4). Throws when it does not answer in time or does not grant. */
export const timeServer =
	(address: string, patience = 10_000): TimeStamp =>
	async (digest) => {
		const request = new pkijs.TimeStampReq({
			version: 1,
			messageImprint: new pkijs.MessageImprint({
				hashAlgorithm: new pkijs.AlgorithmIdentifier({
					algorithmId: OID.sha256,
					algorithmParams: new asn1js.Null()
				}),
				hashedMessage: new asn1js.OctetString({ valueHex: buffer(digest) })
			}),
			nonce: new asn1js.Integer({ valueHex: buffer(Buffer.concat([Buffer.of(1), randomBytes(8)])) }),
			certReq: true
		});
		const answer = await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/timestamp-query' },
			body: Buffer.from(request.toSchema().toBER(false)),
			signal: AbortSignal.timeout(patience)
		});
		if (!answer.ok) throw new Error(`time-stamp server answered ${answer.status}`);
		const reply = pkijs.TimeStampResp.fromBER(await answer.arrayBuffer());
		if (reply.status.status > 1 || !reply.timeStampToken) throw new Error('time stamp not granted');
		return Buffer.from(reply.timeStampToken.toSchema().toBER(false));
	};

/** pkijs asks this one for hashes and signatures when it checks. */
export const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
