import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { createAgency } from '#app/server/agency.ts';
import { systemActor } from '#app/server/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { run } from '#platform/work/run.ts';
import { REACTION_ITEMS } from '#slices/evaluation/reaction-items.ts';
import { openReactions } from '#slices/evaluation/server/commands/open-reactions.ts';
import { react } from '#slices/evaluation/server/commands/react.ts';
import { benchDatabase } from './database.ts';

// 3,000 people of 75 classes send their reaction within one minute, 50 a second, and then all are opened: none lost.
const BUDGET_P99_MS = 500;
const PEOPLE = 3000;
const CLASSES = 75;
const WITHIN_MS = 60_000;

process.env['REACTION_KEY'] = 'bench only';
const { url, drop } = await benchDatabase();
const owner = openKysely(openPool(url, null, 2));
const app = openKysely(openPool(url, 'asah_app', 20));
const agencyId = await owner.transaction().execute((tx) =>
	createAgency(tx, {
		code: 'bench',
		name: 'Kota Bench',
		city: 'Bench',
		timeZone: 'Asia/Jakarta',
		isDemo: true
	})
);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const seats = await owner.transaction().execute(async (tx) => {
	// Past the triggers: classes and seats are the input here, not the work.
	await sql`set local session_replication_role = replica`.execute(tx);
	const versionId = newId();
	await sql`
		insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		select ${agencyId}, gen_random_uuid(), 'B-' || n, 'Kelas bench', ${versionId}, 'KL03', 'class', 'finished', 40, ${yesterday}::date, ${yesterday}::date, 'bench', now()
		from generate_series(1, ${CLASSES}::int) n`.execute(tx);
	await sql`
		insert into people.person (agency_id, id, nip, name, sex, employment_kind)
		select ${agencyId}, gen_random_uuid(), (190000000000000000 + n)::text, 'Orang ' || n, 'female', 'PNS'
		from generate_series(1, ${PEOPLE}::int) n`.execute(tx);
	const { rows } = await sql<{ classId: string; personId: string }>`
		insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at)
		select ${agencyId}, gen_random_uuid(), c.id, p.id, 'passed', now()
		from (select id, row_number() over (order by nip) as n from people.person) p
		join (select id, row_number() over (order by code) as n from classes.class) c on c.n = 1 + p.n % ${CLASSES}::int
		returning class_id as "classId", person_id as "personId"`.execute(tx);
	return rows;
});
await sql`analyze`.execute(owner);

const answers = REACTION_ITEMS.map(({ code, kind }, at) => {
	if (kind === 'text') return { item: code, remark: 'Daftar periksa di loket.' };
	const score = 1 + (at % 4);
	return kind === 'confidence' ? { item: code, before: 2, score } : { item: code, score };
});
const times: number[] = [];
const cpu = process.cpuUsage();
const began = performance.now();
await Promise.all(
	seats.map(async ({ classId, personId }, at) => {
		await pause((at / PEOPLE) * WITHIN_MS);
		const actor: Actor = { ...systemActor(agencyId), accountId: personId, personId };
		const started = performance.now();
		await run(react, { actor, kysely: app, input: { classId, answers } });
		times.push(performance.now() - started);
	})
);
const took = performance.now() - began;
const used = process.cpuUsage(cpu).user / 1000;

const opening = performance.now();
for (const classId of new Set(seats.map((seat) => seat.classId)))
	await run(openReactions, { actor: systemActor(agencyId), kysely: app, input: { classId } });
const opened = performance.now() - opening;
const { rows } = await sql<{ forms: number; lines: number; left: number }>`
	select (select count(*)::int from evaluation.reaction_given) as forms, (select count(*)::int from evaluation.reaction_answer) as lines,
		(select count(*)::int from evaluation.reaction_envelope) as left`.execute(owner);
const kept = rows[0];
times.sort((a, b) => a - b);
const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
const lost = kept?.forms !== PEOPLE || kept.lines !== PEOPLE * answers.length || kept.left !== 0;
console.table({
	'reactions sent': PEOPLE,
	'within, s': Math.round(took / 1000),
	'median, ms': at(0.5),
	'p99, ms': at(0.99),
	'at most': BUDGET_P99_MS,
	'CPU of this process, ms each': Number((used / PEOPLE).toFixed(1)),
	'all opened in, ms': Math.round(opened),
	'answers kept': kept?.lines,
	lost
});
console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)}`);
await owner.destroy();
await app.destroy();
await drop();
if (lost || at(0.99) > BUDGET_P99_MS) process.exitCode = 1;
