const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Multibase base58-btc: z, then the bytes as one number of base 58; leading zero bytes are leading ones. */
export function toMultibase(bytes: Uint8Array): string {
	let number = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
	let text = '';
	for (; number > 0n; number /= 58n) text = (LETTERS[Number(number % 58n)] ?? '') + text;
	const zeros = bytes.findIndex((byte) => byte !== 0);
	return `z${'1'.repeat(zeros === -1 ? bytes.length : zeros)}${text}`;
}

/** Undefined when it is not base58-btc. */
export function fromMultibase(text: string): Buffer | undefined {
	if (!/^z[1-9A-HJ-NP-Za-km-z]+$/u.test(text)) return undefined;
	const digits = text.slice(1);
	const number = [...digits].reduce((sum, letter) => sum * 58n + BigInt(LETTERS.indexOf(letter)), 0n);
	const hex = number === 0n ? '' : number.toString(16);
	const zeros = /^1*/u.exec(digits)?.[0].length ?? 0;
	return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}
