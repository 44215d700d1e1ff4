import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadavg, tmpdir } from 'node:os';
import pg from 'pg';
import { newId } from '#kernel/ids.ts';
import { p12 } from '../tests/make/p12.ts';
import { cookieLine, pageOf, serveCity, signIn } from './served-city.ts';

// A thousand people of the city in one class that is over: their certificates issued as a job, then all of them set as
// PDF/A with the QR code and signed with a P12 as a second job, while somebody else opens pages. Both together have 90 s.
const COUNT = Number(process.env['BENCH_CERTIFICATES'] ?? 1000);
const BUDGET_S = 90;
const PASSPHRASE = 'rahasia-sekali';

const data = process.env['BENCH_CITY_DATA'] ?? join(tmpdir(), 'asah-bench-certificates');
process.env['BENCH_CITY_DATA'] = data;
const city = await serveCity();
const cookies = await signIn(city.url, city.account('BKPSDM, bidang'));
const database = new pg.Pool({ connectionString: embeddedAddress(), max: 2 });
const rows: Record<string, Record<string, string | number>> = {};
let failed = false;
try {
	const classId = await fullClass();
	const sealId = await bringSeal();
	await pageOf(`${city.url}/classes`, cookies);
	const idle = await watched(() => new Promise((resolve) => setTimeout(resolve, 5000)));
	const issue = await watched(() => job('?/issue', { classId }));
	const sign = await watched(() => job('?/sign', { classId, sealId, sealPassword: PASSPHRASE }));
	rows['nothing else'] = shown(idle);
	rows[`issue ${COUNT}`] = shown(issue);
	rows[`set and sign ${COUNT}`] = shown(sign);
	const { rows: counts } = await database.query<{ n: number; numbers: number; signed: number }>(
		`select count(*)::int as n, count(distinct c.number)::int as numbers, count(s.certificate_id)::int as signed
		from credentials.certificate c left join credentials.signature s on s.certificate_id = c.id where c.class_id = $1`,
		[classId]
	);
	console.log(`load ${loadavg()[0]?.toFixed(1)}; certificates, numbers, signatures:`, counts[0]);
	console.table(rows);
	failed = issue.seconds + sign.seconds > BUDGET_S || counts[0]?.signed !== COUNT;

	async function job(action: string, fields: Record<string, string>): Promise<void> {
		const address = await sent(`/credentials/class/${classId}${action}`, new URLSearchParams(fields));
		for (;;) {
			const { rows: found } = await database.query<{ status: string; error: string | null }>(
				'select status, error from platform.job where id = $1',
				[address.split('/').at(-1)]
			);
			if (found[0]?.status === 'done') return;
			if (found[0]?.status === 'failed') throw new Error(`the job failed: ${found[0].error}`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}
} finally {
	await database.end();
	await city.stop();
}
process.exitCode = failed ? 1 : 0;

type Watched = { seconds: number; pages: number[]; app: number; database: number };

/** Does the work while a page is opened every quarter of a second. */
async function watched(work: () => Promise<unknown>): Promise<Watched> {
	const before = city.cpu();
	const started = performance.now();
	let over = false;
	const pages: number[] = [];
	const looking = (async () => {
		while (!over) {
			const asked = performance.now();
			await pageOf(`${city.url}/classes`, cookies);
			pages.push(performance.now() - asked);
			await new Promise((resolve) => setTimeout(resolve, 250));
		}
	})();
	await work();
	const seconds = (performance.now() - started) / 1000;
	over = true;
	await looking;
	const after = city.cpu();
	return {
		seconds,
		pages,
		app: ((after?.app ?? 0) - (before?.app ?? 0)) / 1000,
		database: ((after?.database ?? 0) - (before?.database ?? 0)) / 1000
	};
}

function shown({ seconds, pages, app, database }: Watched) {
	const sorted = pages.toSorted((a, b) => a - b);
	const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0);
	return {
		seconds: seconds.toFixed(1),
		'page p50, ms': at(0.5),
		'page p95, ms': at(0.95),
		pages: pages.length,
		'CPU app, s': app.toFixed(1),
		'CPU database, s': database.toFixed(1)
	};
}

/** Sends a form; answers where it leads. */
async function sent(path: string, body: URLSearchParams | FormData): Promise<string> {
	const answer = await fetch(city.url + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: city.url, accept: 'text/html', cookie: cookieLine(cookies) },
		body
	});
	const to = answer.headers.get('location');
	if (answer.status === 303 && to !== null) return to;
	if (answer.status !== 200)
		throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
	return '';
}

async function bringSeal(): Promise<string> {
	const form = new FormData();
	form.set('name', 'Segel uji kecepatan');
	form.set('sealPassword', PASSPHRASE);
	form.set('file', new File([new Uint8Array(p12())], 'segel.p12'));
	await sent('/credentials/seals?/keep', form);
	const { rows: found } = await database.query<{ id: string }>(
		'select id from credentials.seal order by created_at desc limit 1'
	);
	return found[0]?.id ?? '';
}

/** A class like one of the city's that is over, of people who have nothing else in its hours, so that no hours overlap. */
async function fullClass(): Promise<string> {
	const classId = newId();
	const code = `UJI-${classId.slice(-8)}`;
	await database.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, place, starts_on, ends_on, abroad, created_by, created_at)
		select agency_id, $1, $2, 'Kelas seribu orang', version_id, form, mode, 'finished', $3, 'Balai Diklat', '2019-07-01', '2019-07-01', false, 'uji', now()
		from classes.class where status = 'finished' and form = 'KL03' limit 1`,
		[classId, code, COUNT]
	);
	await database.query(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, learning_hours)
		select agency_id, gen_random_uuid(), id, 1, 'Pelayanan', 'class', '2026-07-01 08:00+07'::timestamptz - interval '200 days', '2026-07-01 12:00+07'::timestamptz - interval '200 days', 5
		from classes.class where id = $1`,
		[classId]
	);
	await database.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at)
		select c.agency_id, gen_random_uuid(), c.id, p.person_id, 'passed', now() from classes.class c
		join classes.session x on x.agency_id = c.agency_id and x.class_id = c.id
		join lateral (select person_id from people.staff s where s.agency_id = c.agency_id
			and not exists (select from classes.seat_time t where t.person_id = s.person_id and tstzrange(t.starts_at, t.ends_at) && tstzrange(x.starts_at, x.ends_at))
			and not exists (select from credentials.jp_time j where j.agency_id = s.agency_id and j.person_id = s.person_id and j.during && tstzmultirange(tstzrange(x.starts_at, x.ends_at)))
			order by person_id limit $2) p on true where c.id = $1`,
		[classId, COUNT]
	);
	await database.query(
		`insert into classes.attendance (agency_id, session_id, person_id, status, marked_at)
		select r.agency_id, s.id, r.person_id, 'present', now() from classes.registration r
		join classes.session s on s.agency_id = r.agency_id and s.class_id = r.class_id where r.class_id = $1`,
		[classId]
	);
	return classId;
}

/** The embedded server's socket, as its own file tells: process, folder, start, port, socket folder. */
function embeddedAddress(): string {
	const [, , , port, folder] = readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
	return `postgres:///asah?host=${encodeURIComponent(folder?.trim() ?? '')}&port=${port?.trim()}&user=asah`;
}
