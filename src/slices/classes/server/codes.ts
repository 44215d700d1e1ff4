import { createHmac, randomBytes } from 'node:crypto';
import { STEP_S, type Kind } from '../check-in.ts';

/**
 * The rotating codes of a session (decision 38). A code is an HMAC-SHA-256 over session, kind and half minute, under a
 * key of that session alone: 60 bits of it in the picture, six digits of it for the voice. The key stays on the server;
 * the facilitator's page is given the codes themselves, for the hours of the session.
 */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export type Code = { token: string; digits: string };

export function codeAt(secret: string, sessionId: string, kind: Kind, step: number): Code {
	const mac = createHmac('sha256', secret).update(`${sessionId} ${kind} ${step}`).digest();
	return {
		token: mac.toString('base64url').slice(0, 10),
		digits: String(mac.readUInt32BE(20) % 1_000_000).padStart(6, '0')
	};
}

export type Read = { sessionId: string; kind: Kind; step: number; token: string };

const PICTURE = /^([\w-]{22})([io])([0-9a-z]{5,7})\.([\w-]{10})$/;
const LETTER: Record<Kind, string> = { in: 'i', out: 'o' };

/** What a picture says, before anybody has looked whether it is genuine; null for anything else. */
export function readPicture(text: string): Read | null {
	const [, session, letter, step, token] = PICTURE.exec(text) ?? [];
	if (session === undefined || step === undefined || token === undefined) return null;
	const hex = Buffer.from(session, 'base64url').toString('hex');
	if (hex.length !== 32) return null;
	return {
		sessionId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
		kind: letter === LETTER.out ? 'out' : 'in',
		step: parseInt(step, 36),
		token
	};
}

/** The part of a picture before half minute and token: what the facilitator's page puts before each of its codes. */
export const pictureStart = (sessionId: string, kind: Kind): string =>
	Buffer.from(sessionId.replaceAll('-', ''), 'hex').toString('base64url') + LETTER[kind];

export const pictureOf = (secret: string, sessionId: string, kind: Kind, step: number): string =>
	`${pictureStart(sessionId, kind)}${step.toString(36)}.${codeAt(secret, sessionId, kind, step).token}`;

/** The half minute of a picture when it is genuine. */
export function genuine(secret: string, read: Read): { kind: Kind; step: number } | null {
	const { kind, step } = read;
	return codeAt(secret, read.sessionId, kind, step).token === read.token ? { kind, step } : null;
}

/** A quarter of an hour: long enough to say "that was a code of five minutes ago" instead of "no such code". */
const LOOK_BACK = (15 * 60) / STEP_S;

/**
 * The half minute of spoken digits around a moment, latest first; leaving is looked for only where it is taken. Older
 * ones within a quarter of an hour are found too, so that they can be called old.
 */
export function spoken(
	secret: string,
	sessionId: string,
	digits: string,
	around: number,
	kinds: readonly Kind[]
): { kind: Kind; step: number } | null {
	for (let step = around + 2; step >= around - LOOK_BACK; step--)
		for (const kind of kinds)
			if (codeAt(secret, sessionId, kind, step).digits === digits) return { kind, step };
	return null;
}

/** Codes of the half minutes from one to another, as one text: ten characters for the picture, six digits each. */
export function codesBetween(
	secret: string,
	sessionId: string,
	kind: Kind,
	from: number,
	until: number
): string {
	let all = '';
	for (let step = from; step <= until; step++) {
		const { token, digits } = codeAt(secret, sessionId, kind, step);
		all += token + digits;
	}
	return all;
}
