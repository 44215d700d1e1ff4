import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Waits until the app has closed its connections to this database, at most `limitMs`. */
export async function connectionsLeft(url: string, limitMs: number): Promise<number> {
	const client = new pg.Client({ connectionString: url, application_name: 'asah-stop' });
	client.on('error', () => undefined);
	const until = Date.now() + limitMs;
	let left = 0;
	try {
		await client.connect();
		do {
			const answer = await client.query<{ left: number }>(
				`select count(*)::int as left from pg_stat_activity
				where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
				and client_addr is not distinct from inet_client_addr() and application_name <> 'asah-stop'`
			);
			left = answer.rows[0]?.left ?? 0;
			if (left > 0) await pause(25);
		} while (left > 0 && Date.now() < until);
	} catch {
		// A database that is gone has no connections.
		return 0;
	} finally {
		await client.end().catch(() => undefined);
	}
	return left;
}

/** 57P01-57P03: the server is being stopped, crashed, or is not up yet; without a code the socket just ended. */
export function isLostConnection(error: Error): boolean {
	if (!('client' in error)) return false;
	const code = 'code' in error ? String(error.code) : '';
	return (
		/^(57P0[123]|ECONNRESET|EPIPE)$/.test(code) || error.message === 'Connection terminated unexpectedly'
	);
}
