import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { forbidden } from '#kernel/errors.ts';
import type { EventName, Events } from '#kernel/events.ts';
import type { Tx } from '#platform/db/db.ts';

/** What the body of a command works with. `today` is the civil date in the agency's time zone. */
export type Beam = {
	tx: Tx;
	actor: Actor;
	now: Date;
	today: string;
	requestId: string;
	/** Asks: throws a refusal when false. A command that never asked is rolled back. */
	permit: (allowed: boolean) => void;
	/** Tells the other rooms, and the audit trail, what happened. Ids only. */
	record: <N extends EventName>(name: N, payload: Events[N]) => void;
	/** Ids for the audit line when there is no event to tell. */
	note: (subject: Record<string, string | number>) => void;
	/** Tells whoever watches a long write how far it is, so many of so many; nobody watches a quick one. */
	progress: (done: number, total: number) => Promise<void>;
};

export type CommandOptions = {
	/**
	 * `withoutActor`: there is no audit line at all, for writes that were promised to be anonymous. `withoutName`: the line
	 * says what was done and not by whom, where whoever reads the trail may not learn who rated whom.
	 */
	audit?: 'full' | 'withoutName' | 'withoutActor';
	/** false: the answer is a secret and is not kept; the same key again is refused instead of answered. */
	keepAnswer?: boolean;
	/** One line for the OpenAPI document. */
	summary?: string;
};

export type Command<Shape extends z.ZodType = z.ZodType, Answer = unknown> = {
	name: string;
	shape: Shape;
	body: (beam: Beam, input: z.output<Shape>) => Promise<Answer>;
	options: CommandOptions;
};

/**
 * A write. Four beats in the body, always in this order: lock, ask, decide, write. The beam (`run`) opens the
 * transaction, checks the shape, keeps the idempotency key, refuses a body that never asked, writes the audit line.
 */
export const command = <Shape extends z.ZodType, Answer>(
	name: string,
	shape: Shape,
	body: (beam: Beam, input: z.output<Shape>) => Promise<Answer>,
	options: CommandOptions = {}
): Command<Shape, Answer> => ({ name, shape, body, options });

/** The beat "ask", counted. */
export function asking(): { permit: (allowed: boolean) => void; asked: () => boolean } {
	let asked = false;
	return {
		permit: (allowed) => {
			asked = true;
			if (!allowed) throw forbidden();
		},
		asked: () => asked
	};
}
