import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { countTry, forgive, limitsOf } from './attempts.ts';
import { authPool, authSecret, createAccount, createAccounts, doubtSessionsOf } from './auth.ts';
import { addressOf } from './cookies.ts';
import { codeHash, newAccessCode, plainCode, sameHash, spoken } from './one-time-code.ts';
import { passwordIssue, typeAgain } from './password.ts';
import { plainUsername } from './username.ts';

const HOURS = 24;
const TRIES = 5;

/** To be read out or handed over: shown once. `username` is what the person types with it. */
export type AccessCode = { code: string; username: string; expiresAt: Date };

/**
 * Makes a one-time code that opens a person's access again: 24 hours, five tries, and every earlier code of theirs is
 * worthless from now on. For the command of a room that has asked whether the actor may (`people.resetAccess` in the
 * person's unit); it must not keep the answer. `newcomer` opens the account of somebody who never had one.
 * Refuses: no account and no newcomer.
 */
export async function issueAccessCode(
	tx: Tx,
	personId: string,
	madeBy: string,
	now: Date,
	newcomer?: { username: string; name: string }
): Promise<AccessCode> {
	const { agency } = await tx
		.selectNoFrom(sql<string>`platform.current_agency()`.as('agency'))
		.executeTakeFirstOrThrow();
	const username = await usernameOf(agency, personId, newcomer);
	const code = newAccessCode();
	const expiresAt = new Date(now.getTime() + HOURS * 3_600_000);
	await tx
		.deleteFrom('platform.access_code')
		.where('agency_id', '=', agency)
		.where('person_id', '=', personId)
		.where('used_at', 'is', null)
		.execute();
	await tx
		.insertInto('platform.access_code')
		.values({
			agency_id: agency,
			id: newId(now.getTime()),
			person_id: personId,
			code_hash: codeHash(code, personId, authSecret()),
			made_by: madeBy,
			expires_at: expiresAt,
			created_at: now
		})
		.execute();
	return { code: spoken(code), username, expiresAt };
}

/** Handed out on paper, in the weeks in which a unit begins. */
const FIRST_CODE_DAYS = 7;

/**
 * Which of these people have no account, or let the code that was to open it run out unused (`fresh`); and whose code
 * still opens it, with when it was made (`waiting`): a sheet that was lost before it was handed out.
 */
export async function neverCameIn(
	db: Db,
	agencyId: string,
	personIds: readonly string[],
	now: Date
): Promise<{ fresh: Set<string>; waiting: Map<string, number> }> {
	const { rows } = await authPool().query<{ person_id: string }>(
		'select person_id from auth.user where agency_id = $1 and person_id = any($2::uuid[])',
		[agencyId, personIds]
	);
	const known = new Set(rows.map((row) => row.person_id));
	const codes = await sql<{ person_id: string; late: boolean; made: Date }>`
		select person_id, bool_and(expires_at <= ${now}) as late, max(created_at) as made
		from platform.access_code where agency_id = ${agencyId} and person_id = any(${[...known]}::uuid[])
		group by person_id having bool_and(used_at is null)`.execute(db);
	for (const { person_id: personId, late } of codes.rows) if (late) known.delete(personId);
	return {
		fresh: new Set(personIds.filter((personId) => !known.has(personId))),
		waiting: new Map(
			codes.rows.flatMap(({ person_id: personId, late, made }) =>
				late ? [] : [[personId, made.getTime()] as const]
			)
		)
	};
}

export type Newcomer = { personId: string; username: string; name: string };

/**
 * First codes for many at once, in their order; as `issueAccessCode`, but for a week, because they go out on paper. The
 * caller has asked `neverCameIn`. Refuses: a username that is taken.
 */
export async function issueFirstCodes(
	tx: Tx,
	agencyId: string,
	newcomers: readonly Newcomer[],
	{ madeBy, now }: { madeBy: string; now: Date }
): Promise<{ codes: string[]; expiresAt: Date }> {
	const expiresAt = new Date(now.getTime() + FIRST_CODE_DAYS * 86_400_000);
	const codes = newcomers.map(() => newAccessCode());
	const ids = newcomers.map(({ personId }) => personId);
	await sql`delete from platform.access_code where agency_id = ${agencyId} and person_id = any(${ids}::uuid[]) and used_at is null`.execute(
		tx
	);
	const hashes = newcomers.map(({ personId }, at) => codeHash(codes[at] ?? '', personId, authSecret()));
	await sql`insert into platform.access_code (agency_id, id, person_id, code_hash, made_by, expires_at, created_at)
		select ${agencyId}, n.id, n.person_id, n.hash, ${madeBy}, ${expiresAt}, ${now}
		from unnest(${ids.map(() => newId(now.getTime()))}::uuid[], ${ids}::uuid[], ${hashes}::text[]) as n(id, person_id, hash)`.execute(
		tx
	);
	const { rows } = await authPool().query<{ person_id: string }>(
		'select person_id from auth.user where agency_id = $1 and person_id = any($2::uuid[])',
		[agencyId, ids]
	);
	const known = new Set(rows.map((row) => row.person_id));
	// Last, because accounts are made on a connection of their own.
	const fresh = newcomers.filter(({ personId }) => !known.has(personId));
	if (fresh.length > 0)
		await createAccounts(fresh.map((newcomer) => ({ agencyId, ...newcomer, password: null })));
	return { codes: codes.map(spoken), expiresAt };
}

async function usernameOf(
	agencyId: string,
	personId: string,
	newcomer: { username: string; name: string } | undefined
): Promise<string> {
	const { rows } = await authPool().query<{ username: string }>(
		'select username from auth.user where agency_id = $1 and person_id = $2',
		[agencyId, personId]
	);
	if (rows[0]) return rows[0].username;
	if (!newcomer) throw missing('auth.accessCode.noAccount');
	await createAccount({ agencyId, personId, ...newcomer, password: null });
	return plainUsername(newcomer.username);
}

/**
 * A signed-out person sets a new password with the code their unit admin gave them; the second factor is switched off
 * and every session ended, for the phone that held both may be the one that was lost. Not a command: a wrong try must
 * stay counted, and the refusal of a command undoes everything. Refuses, always in the same words: unknown NIP, wrong,
 * used, late or five times wrong code; and too many tries, a weak password (which costs no try of the code).
 */
export async function redeemAccessCode(
	headers: Headers,
	typed: { username: string; code: string; password: string },
	now = new Date()
): Promise<void> {
	const username = plainUsername(typed.username);
	const code = plainCode(typed.code);
	if (username === '') throw typeAgain('username', 'kernel.field.required');
	if (code === '') throw typeAgain('code', 'kernel.field.required');
	const issue = passwordIssue(typed.password, username, 'newPassword');
	if (issue) throw typeAgain(issue.path, issue.code, issue.params);
	const limits = limitsOf('code', username, addressOf(headers));
	await countTry(authPool(), limits, now.getTime());
	// Before anything is looked up, so that every answer takes the same time.
	const hash = await hashPassword(typed.password);
	const accountId = await inTransaction((client) => redeem(client, username, code, hash, now));
	if (accountId === null) throw refused('auth.accessCode.refused');
	doubtSessionsOf(accountId);
	await forgive(authPool(), limits, now.getTime());
}

type Held = { user_id: string; person_id: string; agency_id: string; id: string; code_hash: string };

async function redeem(client: pg.ClientBase, username: string, code: string, hash: string, now: Date) {
	const { rows } = await client.query<Held>(
		`select u.id as user_id, c.person_id, c.agency_id, c.id, c.code_hash
		from auth.user u join platform.access_code c on c.agency_id = u.agency_id and c.person_id = u.person_id
		where u.username = $1 and c.used_at is null and c.expires_at > $2 and c.tries < $3
		for update of c`,
		[username, now, TRIES]
	);
	const held = rows[0];
	if (!held) return null;
	const line = [held.agency_id, held.id];
	if (!sameHash(codeHash(code, held.person_id, authSecret()), held.code_hash)) {
		await client.query(
			'update platform.access_code set tries = tries + 1 where agency_id = $1 and id = $2',
			line
		);
		return null;
	}
	await client.query('update platform.access_code set used_at = $3 where agency_id = $1 and id = $2', [
		...line,
		now
	]);
	const whose = [held.user_id];
	await client.query(
		"update auth.account set password = $2, updated_at = $3 where user_id = $1 and provider_id = 'credential'",
		[...whose, hash, now]
	);
	await client.query('update auth.user set two_factor_enabled = false, updated_at = $2 where id = $1', [
		...whose,
		now
	]);
	await client.query('delete from auth.two_factor where user_id = $1', whose);
	await client.query('delete from auth.verification where value = $1', whose);
	await client.query('delete from auth.session where user_id = $1', whose);
	return held.user_id;
}

async function inTransaction<T>(body: (client: pg.ClientBase) => Promise<T>): Promise<T> {
	const client = await authPool().connect();
	try {
		await client.query('begin');
		const answer = await body(client);
		await client.query('commit');
		return answer;
	} catch (error) {
		await client.query('rollback');
		throw error;
	} finally {
		client.release();
	}
}
