import { z } from 'zod';
import { readHome } from '#platform/mail/mail-settings.ts';
import { readSender } from '#platform/mail/address.ts';

export type PushSettings = {
	/** Whom a push service writes to when we are a nuisance (RFC 8292, 2.1). */
	subject: string;
	/** An origin taken as a push service besides those with a public name. */
	allowed: string | null;
};

/** Shapes of the settings of push; messages are keys of scripts/words.mjs. */
export const PUSH_ENVIRONMENT = {
	ASAH_PUSH: z
		.enum(['0', '1'], 'settings.push')
		.default('1')
		.transform((value) => value === '1'),
	ASAH_PUSH_HOST: z
		.string()
		.refine((text) => readHome(text)?.startsWith('https://') === true, 'settings.pushHost')
		.optional()
};

const PushEnvironment = z.object(PUSH_ENVIRONMENT);

/** Nobody reads it, and nobody can be annoyed by it: the name belongs to no one (RFC 2606). */
const NOBODY = 'mailto:pengelola@asah.invalid';

/** Null: switched off. What is wrong was refused at start. */
export function pushSettings(env: Record<string, string | undefined>): PushSettings | null {
	const given = Object.fromEntries(
		Object.keys(PUSH_ENVIRONMENT).map((name) => [name, env[name] || undefined])
	);
	const read = PushEnvironment.safeParse(given);
	if (!read.success || !read.data.ASAH_PUSH) return null;
	const home = readHome(env['ASAH_ADDRESS'] ?? '');
	const from = readSender(env['ASAH_MAIL_FROM'] ?? '');
	const mailbox = from === null ? NOBODY : `mailto:${from.address}`;
	return {
		subject: home?.startsWith('https://') ? home : mailbox,
		allowed: readHome(read.data.ASAH_PUSH_HOST ?? '')
	};
}
