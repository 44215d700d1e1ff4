/** A short letter to one person. */
export type Letter = { to: string; subject: string; text: string };

/** Hands a letter to whatever carries it; rejects when it could not be handed over. */
export type Mailer = (letter: Letter) => Promise<void>;

let carrier: Mailer | null = null;

/** Set once at start by an installation that has a mail server; without one nothing is ever sent. */
export function useMailer(mailer: Mailer | null): void {
	carrier = mailer;
}

/** Null: this installation sends no mail, and whoever would send does something else. */
export const mailer = (): Mailer | null => carrier;
