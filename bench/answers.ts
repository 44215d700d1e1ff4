import { Agent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '#kernel/ids.ts';
import { embeddedAddress, inTurns, send, visitorsOf, waiting, type Visitor } from './crowd.ts';
import { serveCity } from './served-city.ts';

// A survey's first morning: 3,000 employees of a city answer at once through the real door, each with a session of
// their own, each answer saved durably before it is acknowledged. First at the pace of people (everybody one answer
// every few seconds), then as fast as 64 of them can, to see where the end is. At last the rows are compared.
const PEOPLE = 3000;
const LEAST_PER_SECOND = 500;
const LONGEST_P99_MS = 500;
const EVERY_MS = 4600;
const ANSWERS_EACH = 6;
const CROWD = 64;
const CROWD_SECONDS = 10;
// BENCH_ANSWERS_DOOR=form sends every answer as a page without scripts would: the whole way, each in its own transaction.
const FORM = process.env['BENCH_ANSWERS_DOOR'] === 'form';
const LEVEL_ITEM = '00000000-0000-4000-8000-000000000001';

type Person = Visitor & { competencies: string[] };

const data = process.env['BENCH_CITY_DATA'] ?? join(tmpdir(), 'asah-bench-answers');
process.env['BENCH_CITY_DATA'] = data;
const city = await serveCity();
const database = new pg.Pool({ connectionString: embeddedAddress(data), max: 2 });
const agent = new Agent({ keepAlive: true, maxSockets: PEOPLE });
const { campaignId, item, people } = await prepare();
// Newest acknowledged level by person and competency.
const acknowledged = new Map<string, number>();

// Every browser's first request renews its signed cookie; that is signing in, not answering.
await inTurns(people, 32, async (person) => void (await sent(person, { key: 'x', input: null })));

// Statements are planned and code is compiled before anything is measured.
await inTurns(people.slice(0, 1000), 32, async (person) => void (await answer(person, 0)));

const rows = [await paced(), await crowded()];
console.table(rows);
const lost = await compare();
const [morning] = rows;
const verdicts = [
	{
		what: 'answers/s',
		value: morning?.['answers/s'] ?? 0,
		budget: `≥ ${LEAST_PER_SECOND}`,
		ok: (morning?.['answers/s'] ?? 0) >= LEAST_PER_SECOND
	},
	{
		what: 'p99, ms',
		value: morning?.['p99, ms'] ?? 0,
		budget: `≤ ${LONGEST_P99_MS}`,
		ok: (morning?.['p99, ms'] ?? Infinity) <= LONGEST_P99_MS
	},
	{ what: 'lost', value: lost, budget: '0', ok: lost === 0 },
	{
		what: 'refused or failed',
		value: rows.reduce((sum, row) => sum + row.failed, 0),
		budget: '0',
		ok: rows.every((row) => row.failed === 0)
	}
];
console.table(verdicts);
await database.end();
await city.stop();
if (verdicts.some(({ ok }) => !ok)) process.exitCode = 1;

/** Everybody one answer every few seconds, beginning at a moment of their own. */
async function paced() {
	return measured(`${PEOPLE} people, one answer each ${(EVERY_MS / 1000).toFixed(1)} s`, (take) =>
		Promise.all(
			people.map(async (person) => {
				await waiting(Math.random() * EVERY_MS);
				for (let n = 0; n < ANSWERS_EACH; n++) {
					const begun = performance.now();
					take(await answer(person, n));
					await waiting(EVERY_MS - (performance.now() - begun));
				}
			})
		)
	);
}

/** As fast as a few dozen hands can: where the end is. */
async function crowded() {
	const until = performance.now() + CROWD_SECONDS * 1000;
	return measured(`${CROWD} at a time without a pause`, (take) =>
		Promise.all(
			Array.from({ length: CROWD }, async (_, hand) => {
				for (let n = hand; performance.now() < until; n += CROWD) {
					const person = people[n % people.length];
					if (person) take(await answer(person, Math.floor(n / people.length)));
				}
			})
		)
	);
}

async function measured(what: string, work: (take: (ms: number | null) => void) => Promise<unknown>) {
	const times: number[] = [];
	let failed = 0;
	const cpu = city.cpu();
	const begun = performance.now();
	await work((ms) => (ms === null ? (failed += 1) : times.push(ms)));
	const seconds = (performance.now() - begun) / 1000;
	const spent = city.cpu();
	times.sort((a, b) => a - b);
	const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
	const each = (part: 'app' | 'database') =>
		cpu && spent ? ((spent[part] - cpu[part]) / Math.max(1, times.length)).toFixed(2) : '';
	return {
		what,
		answers: times.length,
		'answers/s': Math.round(times.length / seconds),
		'p50, ms': at(0.5),
		'p99, ms': at(0.99),
		'max, ms': at(0.99999),
		failed,
		'CPU app, ms': each('app'),
		'CPU database, ms': each('database'),
		load: (loadavg()[0] ?? 0).toFixed(1)
	};
}

/** One answer; how long it took, null when it was not taken. */
async function answer(person: Person, n: number): Promise<number | null> {
	const competencyId = person.competencies[n % person.competencies.length] ?? '';
	const level = (n + person.personId.charCodeAt(35)) % 6;
	const begun = performance.now();
	const status = await sent(person, {
		key: newId(),
		input: { campaignId, answers: [{ itemId: item, competencyId, number: level }] }
	});
	if (status !== 200) return null;
	acknowledged.set(`${person.personId} ${competencyId}`, level);
	return performance.now() - begun;
}

type Body = {
	key: string;
	input: { campaignId: string; answers: { itemId: string; competencyId: string; number: number }[] } | null;
};

/** The same answer as a form would send it. */
function asForm({ key, input }: Body): string {
	const [one] = input?.answers ?? [];
	return new URLSearchParams({
		_key: key,
		campaignId: input?.campaignId ?? '',
		...(one && {
			'answers.0.itemId': one.itemId,
			'answers.0.competencyId': one.competencyId,
			'answers.0.number:number': String(one.number)
		})
	}).toString();
}

async function sent(person: Person, body: Body): Promise<number> {
	const address = FORM ? `${city.url}/needs/rate?/answer&at=1` : `${city.url}/needs/answer`;
	const { status } = await send(agent, person, address, {
		form: FORM,
		text: FORM ? asForm(body) : JSON.stringify(body)
	});
	return status;
}

/** Every acknowledged level must stand in the table; how many do not. */
async function compare(): Promise<number> {
	const { rows: kept } = await database.query<{ person_id: string; competency_id: string; level: number }>(
		`select person_id, competency_id, level from needs.rating where campaign_id = $1 and source = 'self'`,
		[campaignId]
	);
	const levels = new Map(kept.map((row) => [`${row.person_id} ${row.competency_id}`, row.level]));
	return [...acknowledged].filter(([place, level]) => levels.get(place) !== level).length;
}

/** People whom the open campaign of the full city asks, each with a session made directly in the database. */
async function prepare() {
	const { rows: found } = await database.query<{ id: string; agency_id: string; version: string | null }>(
		`select c.id, c.agency_id, c.instrument_version_id as version from needs.campaign c where c.status = 'open'
		order by (select count(*) from needs.target t where t.campaign_id = c.id) desc limit 1`
	);
	const open = found[0];
	if (!open) throw new Error('the city has no open campaign');
	const { rows: items } = await database.query<{ id: string }>(
		`select id from needs.instrument_item where version_id = $1 and kind = 'level' and 'self' = any(raters)`,
		[open.version]
	);
	const { rows: asked } = await database.query<{
		personId: string;
		accountId: string;
		competencies: string[];
	}>(
		`select t.person_id as "personId", u.id as "accountId", array_agg(g.competency_id) as competencies
		from needs.target t
		join needs.gap g on g.agency_id = t.agency_id and g.campaign_id = t.campaign_id and g.person_id = t.person_id
		join auth.user u on u.person_id = t.person_id
		where t.campaign_id = $1 group by t.person_id, u.id order by t.person_id limit $2`,
		[open.id, PEOPLE]
	);
	return {
		campaignId: open.id,
		item: items[0]?.id ?? LEVEL_ITEM,
		people: await visitorsOf(database, asked)
	};
}
