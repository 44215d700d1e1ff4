import { closeAuth } from '#platform/auth/auth.ts';
import { town } from './town.ts';

/** The town of tests in which people sign in: accounts live in its database, and go with it. */
export async function townWithAccounts() {
	const it = await town();
	process.env['DATABASE_URL'] = it.url;
	process.env['ASAH_SECRET'] = 'a secret of thirty-two characters';
	return {
		...it,
		close: async () => {
			await closeAuth();
			await it.close();
		}
	};
}
