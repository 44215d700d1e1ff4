import { hkdfSync } from 'node:crypto';

/**
 * Secrets that the start of an installation makes and hands on; nobody sets them. `ASAH_SECRET` lies where no room's role
 * can read it in the database, `REACTION_KEY` in a file beside it (docs/decisions/0010).
 */
type InstallationSecret = 'ASAH_SECRET' | 'REACTION_KEY';

/** One key for each purpose, out of one of the installation's secrets. */
export function installationKey(name: InstallationSecret, purpose: string): Buffer {
	const secret = process.env[name];
	if (!secret) throw new Error(`${name} is not set: start Asah with npm start`);
	return Buffer.from(hkdfSync('sha256', secret, 'asah', purpose, 32));
}
