import pg from 'pg';
import { startProblem } from '../start-problem.ts';
import { withoutPassword } from '../settings.ts';

/** What db/migrations/0001-platform.sql needs of a server; a test reads that file and compares. */
export const EXTENSIONS = ['ltree', 'pg_trgm', 'btree_gist'] as const;
export const ROLES = ['asah_app', 'asah_auth', 'asah_worker'] as const;
export const OLDEST = 15;

type Facts = {
	version: number;
	encoding: string;
	user: string;
	database: string;
	readOnly: boolean;
	mayCreate: boolean;
	mayUsePublic: boolean;
	mayMakeRoles: boolean;
	superuser: boolean;
	roles: string[];
	members: string[];
	extensions: string[];
	available: string[];
	trusted: string[];
};

const INSPECT = `select
	current_setting('server_version_num')::int / 10000 as version,
	current_setting('server_encoding') as encoding,
	current_user::text as user,
	current_database()::text as database,
	pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as "readOnly",
	has_database_privilege(current_database(), 'CREATE') as "mayCreate",
	has_schema_privilege('public', 'CREATE') as "mayUsePublic",
	(select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "mayMakeRoles",
	(select rolsuper from pg_roles where rolname = current_user) as superuser,
	array(select rolname::text from pg_roles where rolname = any($1)) as roles,
	array(select rolname::text from pg_roles where rolname = any($1) and pg_has_role(current_user, oid, 'MEMBER')) as members,
	array(select extname::text from pg_extension) as extensions,
	array(select name::text from pg_available_extensions) as available,
	array(select name::text from pg_available_extension_versions where trusted) as trusted`;

/**
 * Makes sure that the installation's own server can carry Asah, before anything is changed on it. Throws a start
 * problem that says what is missing and, where an administrator must act, the exact statements to run.
 */
export async function checkOwnServer(url: string): Promise<void> {
	const facts = await inspect(url);
	const shown = { address: withoutPassword(url), user: facts.user, database: facts.database };
	if (facts.version < OLDEST)
		throw startProblem('own.version', { ...shown, version: facts.version, oldest: OLDEST });
	if (facts.readOnly) throw startProblem('own.readOnly', shown);
	if (facts.encoding !== 'UTF8') throw startProblem('own.encoding', { ...shown, encoding: facts.encoding });
	const absent = EXTENSIONS.filter(
		(name) => !facts.extensions.includes(name) && !facts.available.includes(name)
	);
	if (absent.length > 0)
		throw startProblem('own.extensions', { ...shown, extensions: absent.join(', '), version: facts.version });
	const statements = missingRights(facts);
	if (statements.length > 0)
		throw startProblem('own.rights', {
			...shown,
			statements: statements.map((line) => `  ${line}`).join('\n')
		});
}

/** The statements with which an administrator gives this user what the migrations need; none when all is there. */
export function missingRights(
	facts: Omit<Facts, 'version' | 'encoding' | 'readOnly' | 'available'>
): string[] {
	const user = `"${facts.user.replaceAll('"', '""')}"`;
	const statements: string[] = [];
	if (!facts.mayCreate) statements.push(`grant create on database "${facts.database}" to ${user};`);
	if (!facts.mayUsePublic) statements.push(`grant create on schema public to ${user};`);
	for (const name of EXTENSIONS) {
		const mayMake = facts.superuser || (facts.mayCreate && facts.trusted.includes(name));
		if (!facts.extensions.includes(name) && !mayMake) statements.push(`create extension ${name};`);
	}
	if (facts.superuser) return statements;
	for (const name of ROLES) {
		const exists = facts.roles.includes(name);
		if (!exists && !facts.mayMakeRoles) statements.push(`create role ${name} nologin nobypassrls;`);
		// Whoever makes a role may also take it; one that exists already must have been given.
		if (exists ? !facts.members.includes(name) : !facts.mayMakeRoles)
			statements.push(`grant ${name} to ${user} with admin option;`);
	}
	return statements;
}

async function inspect(url: string): Promise<Facts> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		throw startProblem(...whyUnreachable(url, error), error);
	}
	try {
		const answer = await client.query<Facts>(INSPECT, [[...ROLES]]);
		const facts = answer.rows[0];
		if (!facts) throw new Error('the server answered nothing');
		return facts;
	} finally {
		await client.end();
	}
}

function whyUnreachable(url: string, error: unknown): [string, Record<string, string>] {
	const address = withoutPassword(url);
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === '28P01' || code === '28000') return ['own.password', { address }];
	if (code === '3D000')
		return ['own.noDatabase', { address, database: decodeURIComponent(new URL(url).pathname.slice(1)) }];
	return [
		'own.unreachable',
		{ address, reason: code || (error instanceof Error ? error.message : String(error)) }
	];
}
