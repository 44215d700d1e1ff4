import { authPool } from '#platform/auth/auth.ts';
import { countTry, forgive, type Limit } from '#platform/auth/attempts.ts';

const SECONDS = 600;

/** An office of hundreds sits behind one address: codes that are right do not count, files do because they cost time. */
const limit = (kind: 'code' | 'file', address: string): Limit[] => [
	{ key: `verify-${kind}|${address}`, max: kind === 'code' ? 30 : 60, seconds: SECONDS }
];

/** Looks up something public for an address; refuses (tooOften) who guesses. `found`: was there anything? */
export async function lookUp<T>(
	kind: 'code' | 'file',
	address: string,
	now: Date,
	look: () => Promise<{ found: boolean; answer: T }>
): Promise<T> {
	const limits = limit(kind, address);
	await countTry(authPool(), limits, now.getTime());
	const { found, answer } = await look();
	if (found && kind === 'code') await forgive(authPool(), limits, now.getTime());
	return answer;
}
