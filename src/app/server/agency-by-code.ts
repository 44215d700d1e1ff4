import { sql } from 'kysely';
import { openKysely, openPool } from '#platform/db/db.ts';
import { database } from '#platform/db/pools.ts';

let opened: ReturnType<typeof openKysely> | undefined;
const known = new Map<string, string>();

/** Row-level security hides agencies from the app until one is chosen. */
const worker = () => (opened ??= openKysely(openPool(database().url, 'asah_worker', 1)));

/** The agency whose code stands in a public address, also one that it had when the address was printed. */
export async function agencyByCode(code: string): Promise<string | undefined> {
	const remembered = known.get(code);
	if (remembered !== undefined) return remembered;
	if (!/^[a-z][a-z0-9-]{1,30}$/.test(code)) return undefined;
	const rows = await sql<{
		id: string;
	}>`
		select agency_id as id from (
			select agency_id, 0 as former from platform.agency where code = ${code}
			union all select agency_id, 1 from credentials.former_code where code = ${code}
		) known order by former limit 1`.execute(worker());
	const id = rows.rows[0]?.id;
	if (id !== undefined) known.set(code, id);
	return id;
}

/** The code in addresses of the agency that gave out a certificate, by the certificate's own code. */
export async function agencyOfCertificate(certificateCode: string): Promise<string | undefined> {
	const rows = await sql<{ code: string }>`
		select a.code from credentials.certificate c join platform.agency a using (agency_id)
		where c.verify_code = ${certificateCode}`.execute(worker());
	return rows.rows[0]?.code;
}
