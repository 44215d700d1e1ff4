import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request, type Agent } from 'node:http';
import { join } from 'node:path';
import type pg from 'pg';

// Thousands of people of the served city, each signed in with a session of their own, as their browsers would be.

export type Visitor = { personId: string; accountId: string; cookie: Map<string, string> };

/** Sessions made directly in the database, signed as the server signs them. */
export async function visitorsOf<One extends { personId: string; accountId: string }>(
	database: pg.Pool,
	accounts: readonly One[]
): Promise<(One & Visitor)[]> {
	const { rows: secrets } = await database.query<{ value: string }>(
		`select value from platform.instance where key = 'secret'`
	);
	const secret = secrets[0]?.value ?? '';
	const tokens = accounts.map(() => randomBytes(24).toString('hex'));
	await database.query(
		`insert into auth.session (id, expires_at, token, updated_at, user_id)
		select gen_random_uuid()::text, now() + interval '1 day', s.token, now(), s.account
		from unnest($1::text[], $2::text[]) as s(token, account)`,
		[tokens, accounts.map((one) => one.accountId)]
	);
	return accounts.map((one, at) => {
		const token = tokens[at] ?? '';
		const signature = createHmac('sha256', secret).update(token).digest('base64');
		return {
			...one,
			cookie: new Map([['asah.session_token', encodeURIComponent(`${token}.${signature}`)]])
		};
	});
}

/** What a browser sends when a form with scripts is pressed, or a page saves by itself; the status and body of the answer. */
export function send(
	agent: Agent,
	visitor: Visitor,
	address: string,
	{ form, text }: { form: boolean; text: string }
): Promise<{ status: number; body: string }> {
	return new Promise((resolve) => {
		const outgoing = request(
			address,
			{
				method: 'POST',
				agent,
				headers: {
					'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
					...(form ? { origin: new URL(address).origin, 'x-sveltekit-action': 'true' } : {}),
					'content-length': Buffer.byteLength(text),
					accept: 'application/json',
					cookie: [...visitor.cookie].map(([name, value]) => `${name}=${value}`).join('; ')
				}
			},
			(response) => {
				for (const line of response.headers['set-cookie'] ?? []) {
					const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
					if (name !== undefined && value !== undefined) visitor.cookie.set(name, value);
				}
				let body = '';
				response.on('data', (chunk: Buffer) => (body += chunk.toString()));
				response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
			}
		);
		outgoing.on('error', () => resolve({ status: 0, body: '' }));
		outgoing.end(text);
	});
}

export async function inTurns<T>(
	all: readonly T[],
	hands: number,
	work: (one: T) => Promise<void>
): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: hands }, async () => {
			for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one);
		})
	);
}

export function waiting(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

/** The embedded server's socket, as its own file tells: process, folder, start, port, socket folder. */
export function embeddedAddress(data: string): string {
	const [, , , port, folder] = readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
	return `postgres:///asah?host=${encodeURIComponent(folder?.trim() ?? '')}&port=${port?.trim()}&user=asah`;
}
