import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createAgency } from './src/app/server/agency.ts';
import { systemActor } from './src/app/server/actor.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { importFile, applyFile } from '#slices/people/server/import-file.ts';
const url = process.env['DATABASE_URL'] ?? '';
const owner = openKysely(openPool(url, null, 1));
const agencyId = await owner
	.transaction()
	.execute((tx) =>
		createAgency(
			tx,
			{ code: `t${Date.now()}`, name: 'Kota', city: 'Medan', timeZone: 'Asia/Jakarta', isDemo: true },
			'2026-11-21'
		)
	);
const pool = openPool(url, 'asah_app', 4);
pool.on('connect', (c) =>
	c.on('notice', (n) =>
		console.log(
			'NOTICE',
			(n.message ?? '').slice(0, 200),
			'...',
			(n.message ?? '').split('Query Text')[1]?.length,
			(n.message ?? '').match(/\n[A-Z][\s\S]*$/)?.[0].slice(-6000)
		)
	)
);
const kysely = openKysely(pool);
const actor = systemActor(agencyId);
const h = monitorEventLoopDelay({ resolution: 5 });
for (const f of ['unor.csv', 'asn.csv', 'asn.xlsx', 'unor.csv']) {
	h.reset();
	h.enable();
	let t = performance.now();
	const r = await importFile({ kysely, actor, fileName: f, bytes: readFileSync('/tmp/r1/city/medan/' + f) });
	const t1 = performance.now() - t;
	t = performance.now();
	await applyFile(r.importId, { kysely, actor });
	console.log(
		f,
		JSON.stringify(r.counts),
		'check',
		Math.round(t1),
		'apply',
		Math.round(performance.now() - t),
		'loop',
		Math.round(h.max / 1e6),
		'rss',
		Math.round(process.resourceUsage().maxRSS / 1024)
	);
}
await kysely.destroy();
await owner.destroy();
