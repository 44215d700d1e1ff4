import { createTransport } from 'nodemailer';
import { log } from '#platform/log/log.ts';
import { isAddress, oneLine } from './address.ts';
import type { MailSettings } from './mail-settings.ts';
import type { Carried, Letter, Mailer } from './mail.ts';

/** A server that trickles its answers is given up after this; nothing else notices it. */
const LETTER_MS = 120_000;
const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/**
 * Carries letters to the mail server of the installation: one connection, kept open and used again. Certificates are
 * checked as for any site; an authority of one's own is given to Node (NODE_EXTRA_CA_CERTS).
 */
export function openSmtp(settings: MailSettings): { send: Mailer; close: () => void } {
	const { host, port, secure, startTls, auth, from } = settings;
	const transport = createTransport({
		pool: true,
		maxConnections: 1,
		// Whoever asked for it tries again, later and less and less often.
		maxRequeues: 0,
		host,
		port,
		secure,
		requireTLS: startTls,
		ignoreTLS: !secure && !startTls,
		...(auth === null ? {} : { auth }),
		connectionTimeout: CONNECT_MS,
		greetingTimeout: CONNECT_MS,
		dnsTimeout: CONNECT_MS,
		socketTimeout: SILENCE_MS,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	transport.on('error', (error: unknown) => log.warn({ mail: factsOf(error) }, 'mail connection'));
	const domain = from.address.slice(from.address.indexOf('@') + 1);
	return {
		// Also a connection in the middle of a letter: whoever closes has waited for it long enough.
		close: () => transport.close({ force: true }),
		send: async (letter) => {
			if (!canBeThere(letter.to.address)) return { outcome: 'refused', why: 'platform.mail.refusedAddress' };
			try {
				await transport.sendMail({
					from,
					to: { name: oneLine(letter.to.name), address: letter.to.address },
					envelope: { from: from.address, to: [letter.to.address] },
					messageId: `<${letter.id}@${domain}>`,
					subject: oneLine(letter.subject),
					text: letter.text,
					// No "I am on leave" comes back for each of them.
					headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
					signal: AbortSignal.timeout(LETTER_MS)
				});
				return { outcome: 'sent' };
			} catch (error) {
				return carriedNot(error, letter);
			}
		}
	};
}

/** Names under .invalid belong to nobody, by agreement (RFC 2606): the invented people have them. */
const canBeThere = (address: string): boolean => isAddress(address) && !/\.invalid$/i.test(address);

function carriedNot(error: unknown, letter: Letter): Exclude<Carried, { outcome: 'sent' }> {
	const facts = factsOf(error);
	const carried = judge(facts);
	log.warn({ mail: facts, letterId: letter.id, ...carried }, 'letter not carried');
	return carried;
}

export type SmtpFacts = {
	code: string;
	/** What the server answered: 550, and more exactly 5.1.1 where it says so (RFC 3463). */
	reply: number | null;
	detail: string | null;
	command: string;
	message?: string;
};

/**
 * What a failure means for the letters. What a server says of an address is about this one person, and final from 500
 * on (RFC 5321, 4.2.1); anything said before it gets that far is about us or the server, however sternly it is said.
 */
export function judge({ code, reply, detail, command }: SmtpFacts): Exclude<Carried, { outcome: 'sent' }> {
	if (code === 'EAUTH' || command.startsWith('AUTH')) return { outcome: 'away', why: 'platform.mail.signIn' };
	if (code === 'ETLS' || command === 'STARTTLS') return { outcome: 'away', why: 'platform.mail.tls' };
	// Our own side would not even begin with this one.
	if (reply === null && ['EENVELOPE', 'EMESSAGE'].includes(code))
		return { outcome: 'refused', why: 'platform.mail.refusedLetter' };
	// 421: it is closing the connection, whatever it was asked.
	if (reply === null || reply === 421) return { outcome: 'away', why: 'platform.mail.away' };
	if (command === 'MAIL FROM') return { outcome: 'away', why: 'platform.mail.sender' };
	// "You may not send through me" sounds as final as "nobody has this name", but somebody can put it right.
	if (reply >= 500 && (reply === 530 || detail?.startsWith('5.7.') === true))
		return { outcome: 'later', why: 'platform.mail.policy' };
	if (command === 'RCPT TO' && reply >= 500)
		return { outcome: 'refused', why: 'platform.mail.refusedAddress' };
	if (command === 'DATA' && reply >= 500) return { outcome: 'refused', why: 'platform.mail.refusedLetter' };
	if (command === 'RCPT TO' || command === 'DATA') return { outcome: 'later', why: 'platform.mail.later' };
	return { outcome: 'away', why: 'platform.mail.away' };
}

/** Without the server's own words, in which it repeats the address, and never with the password. */
function factsOf(error: unknown): SmtpFacts {
	const field = (name: string): unknown =>
		typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
	const [code, reply, command, message] = ['code', 'responseCode', 'command', 'message'].map(field);
	const [, detail = null] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(field('response') ?? '')) ?? [];
	return {
		code: isCertificateTrouble(field('cause'), message) ? 'ETLS' : typeof code === 'string' ? code : '',
		reply: typeof reply === 'number' ? reply : null,
		detail,
		command: typeof command === 'string' ? command : '',
		// Said by our side alone: no route to the host, a certificate that ran out.
		...(typeof reply !== 'number' && typeof message === 'string' ? { message } : {})
	};
}

/** The socket reports a certificate that does not convince like any other trouble of its own. */
const isCertificateTrouble = (cause: unknown, message: unknown): boolean =>
	[cause instanceof Error ? cause.message : '', typeof message === 'string' ? message : ''].some((text) =>
		/certificate|self.signed|altname/i.test(text)
	);
