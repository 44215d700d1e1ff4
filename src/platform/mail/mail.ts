/** A short letter to one person. */
export type Letter = {
	/** Names it for mail servers: the same letter carried twice has the same id. */
	id: string;
	to: { name: string; address: string };
	subject: string;
	text: string;
};

/**
 * How it went; `why` is a message key. `refused`: this address or letter is taken neither now nor later. `later`: this
 * letter not now. `away`: no letter at all can be carried for now, whosever it is.
 */
export type Carried = { outcome: 'sent' } | { outcome: 'refused' | 'later' | 'away'; why: string };

/** What is said of letters when none can be carried; everything else is about one of them. */
export const HOLDS_ALL: readonly string[] = [
	'platform.mail.away',
	'platform.mail.signIn',
	'platform.mail.tls',
	'platform.mail.sender'
];

/** Hands a letter to whatever carries it. Never rejects. */
export type Mailer = (letter: Letter) => Promise<Carried>;

let carrier: Mailer | null = null;

/** Set once at start by an installation that has a mail server; without one nothing is ever sent. */
export function useMailer(mailer: Mailer | null): void {
	carrier = mailer;
}

/** Null: this installation sends no mail, and whoever would send does something else. */
export const mailer = (): Mailer | null => carrier;
