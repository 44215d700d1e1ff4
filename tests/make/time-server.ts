import { createHash, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { buffer } from '#platform/signing/buffer.ts';
import { openP12 } from '#platform/signing/p12.ts';
import { p12 } from './p12.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** A time-stamp server on this machine that stamps everything with `at`. Its address, and how to end it. */
export async function timeStampServer(at: Date): Promise<{ address: string; close: () => void }> {
	const opened = openP12(p12({ name: 'Cap Waktu Uji' }), 'rahasia-sekali');
	if (!opened.ok) throw new Error(opened.why);
	const { key, certificate } = opened.signer;
	const own = pkijs.Certificate.fromBER(buffer(certificate.raw));
	const algorithm = () =>
		new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() });
	const stamp = (request: pkijs.TimeStampReq): Buffer => {
		const facts = new pkijs.TSTInfo({
			version: 1,
			policy: '1.2.3.4',
			messageImprint: request.messageImprint,
			serialNumber: new asn1js.Integer({ value: 7 }),
			genTime: at,
			...(request.nonce ? { nonce: request.nonce } : {})
		});
		const content = facts.toSchema().toBER(false);
		const digest = createHash('sha256').update(Buffer.from(content)).digest();
		const signedAttrs = new pkijs.SignedAndUnsignedAttributes({
			type: 0,
			attributes: [
				new pkijs.Attribute({
					type: '1.2.840.113549.1.9.3',
					values: [new asn1js.ObjectIdentifier({ value: TST_INFO })]
				}),
				new pkijs.Attribute({
					type: '1.2.840.113549.1.9.4',
					values: [new asn1js.OctetString({ valueHex: buffer(digest) })]
				})
			]
		});
		const bytes = Buffer.from(signedAttrs.toSchema().toBER(false));
		bytes[0] = 0x31;
		const signed = new pkijs.SignedData({
			version: 3,
			encapContentInfo: new pkijs.EncapsulatedContentInfo({
				eContentType: TST_INFO,
				eContent: new asn1js.OctetString({ valueHex: content })
			}),
			digestAlgorithms: [algorithm()],
			signerInfos: [
				new pkijs.SignerInfo({
					version: 1,
					sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
					digestAlgorithm: algorithm(),
					signedAttrs,
					signatureAlgorithm: new pkijs.AlgorithmIdentifier({
						algorithmId: '1.2.840.113549.1.1.11',
						algorithmParams: new asn1js.Null()
					}),
					signature: new asn1js.OctetString({ valueHex: buffer(sign('sha256', bytes, key)) })
				})
			],
			certificates: [own]
		});
		const answer = new pkijs.TimeStampResp({
			status: new pkijs.PKIStatusInfo({ status: pkijs.PKIStatus.granted }),
			timeStampToken: new pkijs.ContentInfo({
				contentType: '1.2.840.113549.1.7.2',
				content: signed.toSchema(true)
			})
		});
		return Buffer.from(answer.toSchema().toBER(false));
	};
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => void parts.push(part));
		request.on('end', () => {
			response.setHeader('content-type', 'application/timestamp-reply');
			response.end(stamp(pkijs.TimeStampReq.fromBER(buffer(Buffer.concat(parts)))));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on a port, not on a pipe, has such an address.
	const { port } = server.address() as AddressInfo;
	return { address: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
