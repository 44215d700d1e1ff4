import { sql, type Kysely } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { DB, Db } from '#platform/db/db.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { close, open } from '#platform/signing/closed-box.ts';
import { agencyDid, didDocument, keyName } from '../badge/did-web.ts';
import { newKeyPair, publicKey, secretKey } from '../badge/ed25519.ts';
import { openBadge } from '../badge/open-badge.ts';
import { isProved, proved, type Json, type Proved } from '../badge/proof.ts';
import { bitOf, listOf, statusListCredential } from '../badge/status-list.ts';
import { certificateFor } from './queries/certificates.ts';

const KEY_PURPOSE = 'credentials.badgeKey';

type Key = { publicMultibase: string; secret: Buffer };

async function keyInUse(db: Db, agencyId: string): Promise<Key | undefined> {
	const row = await db
		.selectFrom('credentials.badge_key')
		.select(['public_key', 'secret_key'])
		.where('agency_id', '=', agencyId)
		.where('retired_at', 'is', null)
		.executeTakeFirst();
	const secret = row && open(row.secret_key, KEY_PURPOSE);
	return row && secret && { publicMultibase: row.public_key, secret };
}

/**
 * The agency's key pair, made when the first badge is asked for; by nobody's command, as counters are. One that this
 * installation can't open (its secret was lost) is retired: what was made with it is still checked by its public half.
 */
async function badgeKey(agencyId: string, now: Date, kysely?: Kysely<DB>): Promise<Key> {
	const known = await reading(agencyId, (db) => keyInUse(db, agencyId), kysely);
	if (known) return known;
	return writing(
		agencyId,
		async (tx) => {
			await sql`select pg_advisory_xact_lock(hashtextextended(${`${KEY_PURPOSE}:${agencyId}`}, 0))`.execute(
				tx
			);
			const meanwhile = await keyInUse(tx, agencyId);
			if (meanwhile) return meanwhile;
			await tx
				.updateTable('credentials.badge_key')
				.set({ retired_at: now })
				.where('agency_id', '=', agencyId)
				.where('retired_at', 'is', null)
				.execute();
			const pair = newKeyPair();
			await tx
				.insertInto('credentials.badge_key')
				.values({
					agency_id: agencyId,
					id: newId(),
					public_key: pair.publicMultibase,
					secret_key: close(pair.secret, KEY_PURPOSE),
					created_at: now
				})
				.execute();
			return pair;
		},
		kysely
	);
}

/** The badge of a certificate for whoever may see it, proved by the agency; revoked ones too, their list says so. */
export async function badgeOf(
	actor: Actor,
	certificateId: string,
	home: string,
	narrative: (facts: { program: string; hours: number }) => string,
	kysely?: Kysely<DB>
): Promise<{ number: string; badge: Proved }> {
	const { sheet, position, programId } = await reading(
		actor.agencyId,
		async (db) => {
			const sheet = await certificateFor(db, actor, certificateId);
			const { rows } = await sql<{ position: number; programId: string }>`
			select c.status_position as position, v.program_id as "programId" from credentials.certificate c
			join classes.class k on k.agency_id = c.agency_id and k.id = c.class_id
			join programs.version v on v.agency_id = k.agency_id and v.id = k.version_id
			where c.agency_id = (select platform.current_agency()) and c.id = ${certificateId}`.execute(db);
			const [row] = rows;
			if (!row) throw missing();
			return { sheet, ...row };
		},
		kysely
	);
	const { facts } = sheet;
	const key = await badgeKey(actor.agencyId, new Date(), kysely);
	const address = `${home}/verify/${facts.agency.code}`;
	const did = agencyDid(home, facts.agency.code);
	const badge = openBadge({
		verifyUrl: `${address}/${sheet.verifyCode}`,
		lists: `${address}/status`,
		issuer: did,
		number: sheet.number,
		statusPosition: position,
		programId,
		facts,
		narrative: narrative({ program: facts.programme.name, hours: facts.programme.hours })
	});
	return {
		number: sheet.number,
		badge: await proved(badge, {
			key: secretKey(key.secret),
			verificationMethod: keyName(did, key.publicMultibase),
			created: `${facts.issued.on}T00:00:00Z`
		})
	};
}

/** Every key the agency ever had, for its did:web document. Anybody may know them. */
export async function agencyDidDocument(agencyId: string, home: string, code: string, kysely?: Kysely<DB>) {
	const keys = await reading(agencyId, (db) => publicKeys(db), kysely);
	return didDocument(agencyDid(home, code), keys);
}

async function publicKeys(db: Db): Promise<string[]> {
	const { rows } = await sql<{ key: string }>`
		select public_key as key from credentials.badge_key where agency_id = (select platform.current_agency()) order by created_at`.execute(
		db
	);
	return rows.map(({ key }) => key);
}

/** One list of standings, proved; undefined when there is none of that number. Anybody may have it. */
export async function statusList(
	agencyId: string,
	home: string,
	code: string,
	list: number,
	now: Date,
	kysely?: Kysely<DB>
): Promise<Proved | undefined> {
	const { rows } = await reading(
		agencyId,
		(db) =>
			sql<{ position: number; revoked: boolean }>`
			select status_position as position, status <> 'valid' as revoked from credentials.certificate
			where agency_id = (select platform.current_agency())`.execute(db),
		kysely
	);
	const here = rows.filter(({ position }) => listOf(position) === list);
	if (here.length === 0) return undefined;
	const did = agencyDid(home, code);
	const key = await badgeKey(agencyId, now, kysely);
	const revoked = here.filter((row) => row.revoked).map(({ position }) => bitOf(position));
	return proved(statusListCredential(`${home}/verify/${code}/status/${list}`, did, revoked, now), {
		key: secretKey(key.secret),
		verificationMethod: keyName(did, key.publicMultibase),
		created: now.toISOString().replace(/\.\d+Z$/u, 'Z')
	});
}

/** Is this JSON a badge that the agency proved, with any of its keys? */
export async function isOurBadge(agencyId: string, badge: Json, kysely?: Kysely<DB>): Promise<boolean> {
	const keys = await reading(agencyId, (db) => publicKeys(db), kysely);
	for (const known of keys) {
		const key = publicKey(known);
		if (key && (await isProved(badge, key))) return true;
	}
	return false;
}
