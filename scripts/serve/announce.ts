import { say, sentence } from '../terminal.mjs';
import type { ReadyDatabase } from './database.ts';

/** What a newcomer needs to go on: the address, and one account a role. */
export function announce(address: string, ready: ReadyDatabase, tookMs: number): void {
	say('start.ready', { address, seconds: (tookMs / 1000).toFixed(1).replace('.', ',') });
	if (ready.firstRun !== null)
		say('start.firstRun', { address: `${address}/first-run?token=${ready.firstRun}` });
	if (ready.accounts.length > 0) {
		const width = (of: (account: (typeof ready.accounts)[number]) => string): number =>
			Math.max(...ready.accounts.map((account) => of(account).length));
		const [role, username, password] = [
			width((a) => a.role),
			width((a) => a.username),
			width((a) => a.password)
		];
		say('start.accounts');
		for (const account of ready.accounts)
			console.log(
				sentence('start.account', {
					role: account.role.padEnd(role),
					username: account.username.padEnd(username),
					password: account.password.padEnd(password),
					does: account.does
				})
			);
	}
	say('start.stopHint');
	// For whoever started us as a child, e.g. the journeys.
	process.send?.({ ready: true, address, accounts: ready.accounts });
}
