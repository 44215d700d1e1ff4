import type pg from 'pg';

/** What is kept of texts that were sent; far above what the code holds, far below what could hurt. */
const MOST_TEXTS = 2000;
const MOST_NAMES = 300;
/** Longer ones are bulk writes, whose text follows the number of rows. */
const LONGEST_TEXT = 20_000;

/** How many rows a pattern finds only the pattern tells: such a statement is planned for it each time. */
const PATTERN = /\bi?like\b/i;

const sent = new Set<string>();
const names = new Map<string, string>();

/**
 * The name under which a statement stays prepared on each connection, so that the server parses and plans it a few
 * times instead of every time (a page's planning costs it more than its rows). Only a text that comes back gets one:
 * what is sent once, or follows the length of a list, would fill the server's memory.
 */
export function statementName(text: string): string | undefined {
	const name = names.get(text);
	if (name !== undefined || text.length > LONGEST_TEXT || names.size >= MOST_NAMES) return name;
	if (PATTERN.test(text)) return undefined;
	if (!sent.has(text)) {
		if (sent.size >= MOST_TEXTS) sent.clear();
		sent.add(text);
		return undefined;
	}
	sent.delete(text);
	const given = `s${names.size}`;
	names.set(text, given);
	return given;
}

/** The same pool, whose connections keep what they prepared. */
export function preparing(pool: pg.Pool): pg.Pool {
	// Kysely knows a connection by its client, so each has one stand-in for life.
	const standIns = new WeakMap<pg.PoolClient, pg.PoolClient>();
	return new Proxy(pool, {
		get: (target, name) => {
			if (name !== 'connect') return Reflect.get(target, name, target);
			return async () => {
				const client = await target.connect();
				const known = standIns.get(client) ?? standInFor(client);
				standIns.set(client, known);
				return known;
			};
		}
	});
}

/** Opens a transaction or says whose it is: answers nothing that anybody reads. */
const OPENING = /^(begin|start transaction|select set_config)\b/;
const NOTHING = Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] });

/**
 * What opens a transaction waits for its first statement and travels with it, instead of costing a round to the server
 * of its own. Should the server refuse it, that statement's answer is the refusal.
 */
const standInFor = (client: pg.PoolClient): pg.PoolClient => {
	let opening: unknown[][] = [];
	const query = (text: unknown, values: unknown): Promise<unknown> => {
		if (typeof text === 'string' && OPENING.test(text)) {
			opening.push([text, values]);
			return NOTHING;
		}
		if (opening.length === 0) return send(client, text, values);
		const before = opening;
		opening = [];
		return inOneWrite(client, () =>
			Promise.all([...before, [text, values]].map(([each, its]) => send(client, each, its)))
		).then((answers) => answers.at(-1));
	};
	return new Proxy(client, {
		get: (target, name) => (name === 'query' ? query : Reflect.get(target, name, target))
	});
};

function send(client: pg.PoolClient, text: unknown, values: unknown): Promise<unknown> {
	const statement =
		typeof text === 'string' && Array.isArray(values) && values.length > 0 ? statementName(text) : undefined;
	return statement === undefined
		? Reflect.apply(client.query, client, [text, values])
		: Reflect.apply(client.query, client, [{ name: statement, text, values }]);
}

type Corked = { cork: () => void; uncork: () => void };
const isCorked = (it: unknown): it is Corked => typeof it === 'object' && it !== null && 'cork' in it;

/** Everything that `work` sends goes to the server at once: each write wakes it, and waking costs more than reading. */
export function inOneWrite<T>(client: pg.PoolClient, work: () => T): T {
	const connection: unknown = Reflect.get(client, 'connection');
	const stream: unknown =
		typeof connection === 'object' && connection !== null ? Reflect.get(connection, 'stream') : null;
	if (!isCorked(stream)) return work();
	stream.cork();
	try {
		return work();
	} finally {
		stream.uncork();
	}
}
