import { loadavg } from 'node:os';
import pg from 'pg';
import { cookieLine, pageOf, serveCity, signIn } from './served-city.ts';

// 500 letters of assignment, one for each participant of a class, asked for on the screen and made by the job as an
// office would: numbers, frozen facts, PDF/A and one archive. Meanwhile pages are opened ten times a second.
const LETTERS = 500;
const JOB_AT_MOST_MS = 20_000;
const PAGE_AT_MOST_MS = 300;

const city = await serveCity();
const cookies = await signIn(city.url, city.account('BKPSDM, bidang'));
const owner = new pg.Pool({ connectionString: city.database(), max: 1 });
const rows: Record<string, string | number | boolean>[] = [];
const classId = await crowdedClass();
const pages = [`${city.url}/papers`, `${city.url}/classes/${classId}`];
for (const url of pages) await pageOf(url, cookies);

const calm = await opened(() => performance.now(), 4000);
const before = city.cpu();
const began = performance.now();
const jobId = await askForLetters();
let ended: number | null = null;
const watched = jobEnds(jobId).then((status) => {
	ended = performance.now();
	return status;
});
const meanwhile = await opened(() => (ended === null ? 0 : Infinity), 1);
const status = await watched;
const took = (ended ?? performance.now()) - began;
const after = city.cpu();
const cpu = (what: 'app' | 'database') =>
	before === null || after === null ? '–' : Math.round(after[what] - before[what]);
const { rows: made } = await owner.query<{ letters: number; bytes: number }>(
	`select (select count(*)::int from papers.paper p where p.batch_id = b.id) as letters, (select size from platform.file f where f.id = b.file_id) as bytes
	from papers.batch b where b.job_id = $1`,
	[jobId]
);
const p95 = share(meanwhile, 0.95);
rows.push(
	{
		what: `${made[0]?.letters ?? 0} letters as a job (${status})`,
		ms: Math.round(took),
		'at most': JOB_AT_MOST_MS,
		ok: status === 'done' && made[0]?.letters === LETTERS && took <= JOB_AT_MOST_MS
	},
	{ what: 'pages before: median', ms: share(calm, 0.5) },
	{ what: 'pages before: p95', ms: share(calm, 0.95) },
	{ what: 'pages meanwhile: median', ms: share(meanwhile, 0.5) },
	{ what: 'pages meanwhile: p95', ms: p95, 'at most': PAGE_AT_MOST_MS, ok: p95 <= PAGE_AT_MOST_MS }
);
console.table(rows);
console.log(
	`CPU of the job and the pages beside it: app ${cpu('app')} ms, PostgreSQL ${cpu('database')} ms; archive ${Math.round((made[0]?.bytes ?? 0) / 1e6)} MB; ` +
		`${meanwhile.length} pages answered meanwhile; load ${(loadavg()[0] ?? 0).toFixed(1)}`
);
await owner.end();
await city.stop();
if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;

/** A class of the city with so many people in it: those who are free at its hours, whatever was measured here before. */
async function crowdedClass(): Promise<string> {
	const found = await owner.query<{ id: string; agency_id: string }>(
		`select c.id, c.agency_id from classes.class c join platform.agency a using (agency_id)
		where a.code = 'medan' and c.status in ('open', 'running', 'finished') and c.created_by not in ('bench', 'uji') order by c.starts_on desc, c.id limit 1`
	);
	const [one] = found.rows;
	if (!one) throw new Error('the city has no class');
	await owner.query(
		'delete from papers.batch_target where batch_id in (select id from papers.batch where class_id = $1) and paper_id is null',
		[one.id]
	);
	await owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at)
		select s.agency_id, gen_random_uuid(), $2, s.person_id, 'enrolled', now() from people.staff s
		where s.agency_id = $1 and s.employment_kind <> 'OFFICIAL' and not exists (
			select from classes.registration r where r.agency_id = s.agency_id and r.class_id = $2 and r.person_id = s.person_id)
			and not exists (
				select from classes.session x join classes.seat_time t on t.person_id = s.person_id and t.session_id <> x.id
					and tstzrange(t.starts_at, t.ends_at) && tstzrange(x.starts_at, x.ends_at)
				where x.agency_id = s.agency_id and x.class_id = $2)
		order by s.nip limit $3 - (select count(*) from classes.registration r join people.staff t using (agency_id, person_id)
			where r.agency_id = $1 and r.class_id = $2 and r.status in ('enrolled', 'passed', 'failed'))`,
		[one.agency_id, one.id, LETTERS]
	);
	return one.id;
}

async function askForLetters(): Promise<string> {
	const address = `${city.url}/papers/class/${classId}/batch?kind=assignment`;
	const answer = await fetch(address, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: city.url, accept: 'text/html', cookie: cookieLine(cookies) },
		body: new URLSearchParams({
			classId,
			kind: 'assignment',
			per: 'person',
			'parts.basis': 'Rencana pengembangan kompetensi',
			'parts.purpose': 'Mengikuti pelatihan\nMelaporkan hasilnya'
		})
	});
	const to = /\/jobs\/([0-9a-f-]{36})/.exec(answer.headers.get('location') ?? '')?.[1];
	if (to === undefined)
		throw new Error(`asking for letters answered ${answer.status}: ${await answer.text()}`);
	return to;
}

async function jobEnds(id: string): Promise<string> {
	for (;;) {
		const found = await owner.query<{ status: string }>('select status from platform.job where id = $1', [
			id
		]);
		const status = found.rows[0]?.status ?? 'gone';
		if (!['waiting', 'running'].includes(status)) return status;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** A page every tenth of a second, whether or not the one before has been answered, until `clock` has gone so far. */
async function opened(clock: () => number, ms: number): Promise<number[]> {
	const asked: Promise<number>[] = [];
	const from = clock();
	for (let at = 0; clock() - from < ms; at++) {
		asked.push(timed(pages[at % pages.length] ?? city.url));
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return Promise.all(asked);
}

async function timed(url: string): Promise<number> {
	const started = performance.now();
	await pageOf(url, cookies);
	return performance.now() - started;
}

function share(times: readonly number[], part: number): number {
	const sorted = times.toSorted((a, b) => a - b);
	return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}
