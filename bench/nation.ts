import { sql } from 'kysely';
import pg from 'pg';
import { hashPassword } from 'better-auth/crypto';
import { agencyAndHats } from '#app/server/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { closeAuth } from '#platform/auth/auth.ts';
import { signIn } from '#platform/auth/sign-in.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { closeDatabase, database, reading } from '#platform/db/pools.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { heatMap } from '#slices/needs/server/queries/heat-map.ts';
import { applyFile, importFile } from '#slices/people/public.server.ts';
import { findPeople, unitMembers } from '#slices/people/server/queries/people.ts';
import { unitHits, unitPage } from '#slices/people/server/queries/units.ts';
import { cityFiles, emptyAgency } from './city.ts';
import { benchDatabase } from './database.ts';

// All 5.6 million civil servants in 540 agencies on one PostgreSQL: what one agency's people feel of the other 539. The
// same statements are measured twice in one run, with the city alone and with the nation around it; the bar is a ratio
// of two. Takes a quarter of an hour and some 20 GB, so it runs only when it is named: npm run bench nation.
const PEOPLE = Number(process.env['NATION_PEOPLE'] ?? 5_600_000);
const AGENCIES = 540;
const ROUNDS = 40;
const AT_MOST = 2;

const { url, drop } = await benchDatabase();
process.env['DATABASE_URL'] = url;
process.env['ASAH_SECRET'] = 'bench-nation-bench-nation-bench-nation';
const owner = openKysely(openPool(url, null, 1));
const app = database(url).kysely;
const actor = await fillCity();
const about = await askedOfCity(actor.agencyId);

const city = await measured();
const started = performance.now();
await fillNation(actor.agencyId);
const { rows: held } = await sql<{ people: number; agencies: number; gaps: number; size: string }>`
	select (select count(*)::int from people.person) as people, (select count(*)::int from platform.agency) as agencies,
		(select count(*)::int from needs.gap) as gaps, pg_size_pretty(pg_database_size(current_database())) as size`.execute(
	owner
);
const [whole] = held;
if (!whole) throw new Error('an aggregate without a row');
console.log(
	`${whole.people} people in ${whole.agencies} agencies, ${whole.gaps} gaps, ${whole.size}, made in ${Math.round((performance.now() - started) / 1000)} s`
);
const nation = await measured();
await showPlans();

const rows = Object.entries(city).map(([what, alone]) => {
	const among = nation[what] ?? Infinity;
	const ratio = among / alone;
	return {
		what,
		'one city, ms': Number(alone.toFixed(1)),
		'nation, ms': Number(among.toFixed(1)),
		ratio: Number(ratio.toFixed(2)),
		'at most': AT_MOST,
		ok: ratio <= AT_MOST
	};
});
console.table(rows);
await owner.destroy();
await closeDatabase();
await closeAuth();
await drop();
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;

/** The demo city through the importer, everybody with an account, and a survey in which everybody answered. */
async function fillCity(): Promise<Actor> {
	const files = await cityFiles();
	const office = await emptyAgency(owner, 'bench');
	for (const [fileName, bytes] of [
		['unor.csv', files.units],
		['asn.csv', files.csv]
	] as const) {
		const { importId } = await importFile({ kysely: app, actor: office, fileName, bytes });
		await applyFile(importId, { kysely: app, actor: office });
	}
	const password = await hashPassword('asah-bench-2026');
	await sql`
		with new_user as (
			insert into auth.user (id, name, email, email_verified, username, agency_id, person_id)
			select gen_random_uuid()::text, p.name, p.nip || '@asah.invalid', false, p.nip, p.agency_id, p.id
			from people.person p where p.agency_id = ${office.agencyId} and p.nip is not null returning id
		)
		insert into auth.account (id, account_id, provider_id, user_id, password, updated_at)
		select gen_random_uuid()::text, id, 'credential', id, ${password}, now() from new_user`.execute(owner);
	const campaignId = newId();
	await owner.transaction().execute(async (tx) => {
		await sql`select set_config('app.agency_id', ${office.agencyId}, true)`.execute(tx);
		await sql`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
			values (${office.agencyId}, ${campaignId}, 'Bench', 2027, 'closed', '2026-01-01', '2026-12-31', 'bench', now())`.execute(
			tx
		);
		await sql`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level)
			select s.agency_id, ${campaignId}, s.person_id, s.unit_id, s.post_level from people.staff s
			where s.agency_id = ${office.agencyId}`.execute(tx);
		// A level that differs from person to person and is the same in every run.
		await sql`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, self_level, supervisor_level)
			select t.agency_id, t.campaign_id, t.person_id, r.competency_id, t.unit_id, r.level, h % 6, (h / 7) % 6
			from needs.target t
			join competencies.required_on('2026-06-01') r on r.post_level = t.post_level
			cross join lateral (select abs(hashtext(t.person_id::text || r.competency_id::text)) as h) as hashed
			where t.agency_id = ${office.agencyId}`.execute(tx);
	});
	await sql`vacuum (analyze)`.execute(owner);
	return office;
}

/** What is asked for: an office with people below it, a section, the survey, and people who sign in. */
async function askedOfCity(agencyId: string) {
	const { rows: offices } = await sql<{ id: string }>`
		select id from people.unit where agency_id = ${agencyId} and name = 'Dinas Pendidikan dan Kebudayaan'`.execute(
		owner
	);
	const { rows: campaigns } = await sql<{ id: string }>`
		select id from needs.campaign where agency_id = ${agencyId}`.execute(owner);
	const { rows: people } = await sql<{ nip: string; id: string }>`
		select nip, id from people.person where agency_id = ${agencyId} and nip is not null order by id limit ${ROUNDS + 5}`.execute(
		owner
	);
	const [office, campaign] = [offices[0], campaigns[0]];
	if (!office || !campaign) throw new Error('the bench city has no such office');
	return { officeId: office.id, campaignId: campaign.id, people };
}

/** Every page of the bar, by name. */
function pages(): Record<string, (round: number) => Promise<unknown>> {
	return {
		'sign in (password, session)': (round) =>
			signIn(new Headers(), {
				username: about.people[round % about.people.length]?.nip ?? '',
				password: 'asah-bench-2026',
				shared: false
			}),
		'who asks (agency, hats)': (round) =>
			agencyAndHats(actor.agencyId, about.people[round % about.people.length]?.id ?? null),
		'unit page': () =>
			read(async (db) => {
				await unitPage(db, actor, about.officeId, new Date().toISOString().slice(0, 10));
				await unitMembers(db, actor, about.officeId, { size: 50, offset: 0 });
			}),
		'search “siti”': () =>
			read(async (db) => {
				await unitHits(db, actor, 'siti');
				await findPeople(db, actor, { search: 'siti', unitId: null, size: 50, offset: 0 });
			}),
		'heat map of the agency': () =>
			read(async (db) => heatMap(db, actor, await campaignById(db, actor, about.campaignId), null))
	};
}
function read(work: Parameters<typeof reading>[1]) {
	return reading(actor.agencyId, work, app);
}

async function measured(): Promise<Record<string, number>> {
	const medians: Record<string, number> = {};
	for (const [what, ask] of Object.entries(pages())) {
		const times: number[] = [];
		for (let round = 0; round < ROUNDS + 5; round++) {
			const begun = performance.now();
			await ask(round);
			if (round >= 5) times.push(performance.now() - begun);
		}
		medians[what] = times.toSorted((a, b) => a - b)[ROUNDS / 2] ?? Infinity;
	}
	return medians;
}

/**
 * 539 more agencies, each a copy of the city's units and of so many of its people that all are `PEOPLE`. Set-based,
 * without keys being looked up (they hold in the original); what checks overlaps is built once at the end.
 */
async function fillNation(agencyId: string): Promise<void> {
	const share = Math.max(0, PEOPLE - 14_351) / ((AGENCIES - 1) * 14_351);
	await sql`set session_replication_role = replica`.execute(owner);
	await sql`set maintenance_work_mem = '1GB'`.execute(owner);
	await sql`create temporary table other as
		select gen_random_uuid() as id, k from generate_series(2, ${sql.lit(AGENCIES)}) as k`.execute(owner);
	await sql`create temporary table chosen as
		select id as person_id from people.person where agency_id = ${agencyId}
		order by id limit round(${sql.lit(share)} * 14351)`.execute(owner);
	await sql`insert into platform.agency (agency_id, code, name, city, time_zone)
		select id, 'k' || k, 'Kota ' || k, 'Kota ' || k, 'Asia/Jakarta' from other`.execute(owner);
	const overlaps = await droppedConstraints('people.posting', 'x');
	// Millions of rows: an index built at the end is sorted once, instead of found a place in row by row.
	const keys = [
		...(await droppedConstraints('people.person', 'u')),
		...(await droppedIndexes('people.person')),
		...(await droppedConstraints('auth.user', 'u')),
		...(await droppedIndexes('auth.user')),
		...(await droppedConstraints('needs.gap', 'p')),
		...(await droppedIndexes('needs.gap')),
		...(await droppedIndexes('needs.target')),
		...(await droppedIndexes('people.posting'))
	];
	const whose = sql`join chosen using (person_id)`;
	await copied('competencies.dictionary', sql``);
	await copied('competencies.competency', sql``);
	await copied('people.unit', sql``);
	await copied('people.person', sql`join chosen on chosen.person_id = t.id`);
	await copied('people.posting', whose);
	await copied('needs.campaign', sql``);
	await copied('needs.target', whose);
	await copied('needs.gap', whose);
	await sql`insert into auth.user (id, name, email, email_verified, username, agency_id, person_id)
		select gen_random_uuid()::text, u.name, other.k || '.' || u.email, false, other.k || '.' || u.username, other.id, u.person_id
		from auth.user u ${whose} cross join other where u.agency_id = ${agencyId}`.execute(owner);
	await sql`insert into auth.account (id, account_id, provider_id, user_id, password, updated_at)
		select gen_random_uuid()::text, u.id, 'credential', u.id, 'x', now() from auth.user u where u.agency_id <> ${agencyId}`.execute(
		owner
	);
	const begun = performance.now();
	for (const again of [...keys, ...overlaps]) await sql.raw(again).execute(owner);
	console.log(`  indexes: ${Math.round((performance.now() - begun) / 1000)} s`);
	await sql`set session_replication_role = default`.execute(owner);
	await sql`vacuum (analyze)`.execute(owner);

	/** Rows of the city under each other agency; columns that the database computes are left to it. */
	async function copied(table: string, people: ReturnType<typeof sql>): Promise<void> {
		const begun = performance.now();
		const { rows: columns } = await sql<{ name: string }>`
			select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
				and attgenerated = '' and attname <> 'agency_id' order by attnum`.execute(owner);
		const names = sql.join(columns.map(({ name }) => sql.ref(name)));
		const values = sql.join(columns.map(({ name }) => sql.ref(`t.${name}`)));
		await sql`insert into ${sql.table(table)} (agency_id, ${names}) select other.id, ${values}
			from other cross join ${sql.table(table)} t ${people} where t.agency_id = ${agencyId}`.execute(owner);
		console.log(`  ${table}: ${Math.round((performance.now() - begun) / 1000)} s`);
	}
}

/**
 * Drops constraints of a table of one kind (p: primary key, u: unique, x: exclusion) and what refers to them, which this bench does
 * not fill; answers the statements that make them again.
 */
async function droppedConstraints(table: string, kind: 'p' | 'x' | 'u'): Promise<string[]> {
	const { rows } = await sql<{ name: string; definition: string }>`
		select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
		where conrelid = ${table}::regclass and contype = ${kind}`.execute(owner);
	for (const { name } of rows)
		await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)} cascade`.execute(owner);
	return rows.map(({ name, definition }) => `alter table ${table} add constraint "${name}" ${definition}`);
}

/** The same for its indexes that hold up no constraint. */
async function droppedIndexes(table: string): Promise<string[]> {
	const { rows } = await sql<{ name: string; definition: string }>`
		select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
		where i.indrelid = ${table}::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`.execute(
		owner
	);
	for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(owner);
	return rows.map(({ definition }) => definition);
}

/** How PostgreSQL answers each page among the nation: which index, and that no table is read whole. */
async function showPlans(): Promise<void> {
	const client = new pg.Client({ connectionString: url, options: '-c role=asah_app -c timezone=UTC' });
	await client.connect();
	await client.query(`select set_config('app.agency_id', '${actor.agencyId}', false)`);
	for (const [what, ask] of Object.entries(pages())) {
		if (what.startsWith('sign in')) continue;
		console.log(`\nplans of: ${what}`);
		for (const { text, values } of await statementsOf(() => ask(7))) {
			const { rows: lines } = await client.query<{ 'QUERY PLAN': string }>({
				text: `explain (analyze, costs off, timing off, summary off, buffers off) ${text}`,
				values
			});
			const plan = lines.map((line) => line['QUERY PLAN']);
			console.log(plan.filter((line) => /Scan|actual/.test(line)).join('\n'));
			const whole = plan.filter((line) => /Seq Scan on (person|posting|gap|unit|user|account)\b/.test(line));
			if (whole.length > 0) console.log(`!! read whole: ${whole.join('; ')}`);
		}
	}
	await client.end();
}

/** The statements that `work` sends to read rows. */
async function statementsOf(work: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
	const sent: { text: string; values: unknown[] }[] = [];
	const { query } = pg.Client.prototype;
	pg.Client.prototype.query = new Proxy(query, {
		apply(target, client, sentArguments: unknown[]) {
			const [first, second] = sentArguments;
			const config = typeof first === 'object' && first !== null ? first : { text: first, values: second };
			const text: unknown = Reflect.get(config, 'text');
			const values: unknown = Reflect.get(config, 'values');
			if (typeof text === 'string' && /^\s*(select|with)\b/i.test(text) && /\bfrom\b/i.test(text))
				sent.push({ text, values: Array.isArray(values) ? values : [] });
			return Reflect.apply(target, client, sentArguments);
		}
	});
	try {
		await work();
	} finally {
		pg.Client.prototype.query = query;
	}
	return sent;
}
