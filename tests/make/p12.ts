import forge from 'node-forge';

type Facts = { passphrase?: string; name?: string; from?: Date; to?: Date; algorithm?: 'aes256' | '3des' };

let keys: forge.pki.rsa.KeyPair | undefined;

/** A P12 file with a self-signed certificate, as an office would bring one; valid today unless asked otherwise. */
export function p12({
	passphrase = 'rahasia-sekali',
	name = 'Segel BKPSDM Kota Uji',
	from = new Date('2020-01-01T00:00:00Z'),
	to = new Date('2040-01-01T00:00:00Z'),
	algorithm = '3des'
}: Facts = {}): Buffer {
	keys ??= forge.pki.rsa.generateKeyPair(2048);
	const certificate = forge.pki.createCertificate();
	certificate.publicKey = keys.publicKey;
	certificate.serialNumber = '01a2b3';
	certificate.validity.notBefore = from;
	certificate.validity.notAfter = to;
	const subject = [
		{ name: 'commonName', value: name },
		{ name: 'organizationName', value: 'Pemerintah Kota Uji' }
	];
	certificate.setSubject(subject);
	certificate.setIssuer(subject);
	certificate.sign(keys.privateKey, forge.md.sha256.create());
	const file = forge.pkcs12.toPkcs12Asn1(keys.privateKey, [certificate], passphrase, { algorithm });
	return Buffer.from(forge.asn1.toDer(file).getBytes(), 'binary');
}
