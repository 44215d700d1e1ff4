import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { trainingsKind } from '#slices/credentials/server/import-kinds.ts';
import { addImportKind, applyFile, importFile } from '#slices/people/public.server.ts';
import { randomFor } from '../demo/random.ts';
import { cityFiles, emptyAgency } from './city.ts';
import { benchDatabase } from './database.ts';

// Four years of training history of a city, 60,000 rows, as an agency exports it: dry run and apply, then the same file
// again, which must change nothing.
const ROWS = 60_000;
const AT_MOST_MS = 10_000;

const { url, drop } = await benchDatabase();
const owner = openKysely(openPool(url, null, 1));
const app = openKysely(openPool(url, 'asah_app', 2));
addImportKind(trainingsKind);
const files = await cityFiles();
const office: Actor = await emptyAgency(owner, 'bench');
for (const [fileName, bytes] of [
	['unor.csv', files.units],
	['asn.csv', files.csv]
] as const) {
	const { importId } = await importFile({ kysely: app, actor: office, fileName, bytes });
	await applyFile(importId, { kysely: app, actor: office });
}
const { rows: people } = await sql<{ nip: string }>`
	select nip from people.person where agency_id = ${office.agencyId} and nip is not null order by nip`.execute(
	owner
);
const file = new TextEncoder().encode(history(people.map(({ nip }) => nip)));
await sql`vacuum (analyze)`.execute(owner);

const rows: Record<string, string | number | boolean>[] = [];
const dry = await timed('dry run', () =>
	importFile({ kysely: app, actor: office, fileName: 'diklat.csv', bytes: file })
);
await timed('apply', () => applyFile(dry.importId, { kysely: app, actor: office }));
await sql`analyze`.execute(owner);
const again = await timed('dry run of the same file', () =>
	importFile({ kysely: app, actor: office, fileName: 'diklat.csv', bytes: file })
);
console.log('first', JSON.stringify(dry.counts), 'again', JSON.stringify(again.counts));
const both = rows.slice(0, 2).reduce((sum, { ms }) => sum + Number(ms), 0);
rows.push({
	what: `${ROWS} rows, dry run and apply`,
	ms: both,
	'at most': AT_MOST_MS,
	ok: both <= AT_MOST_MS
});
console.table(rows);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
await owner.destroy();
await app.destroy();
await drop();
if (both > AT_MOST_MS || again.counts.new > 0) process.exitCode = 1;

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
	const started = performance.now();
	const answer = await work();
	rows.push({ what, ms: Math.round(performance.now() - started) });
	return answer;
}

/** About four records a person over four years; now and then two on one day, without a number, or in a cap. */
function history(nips: readonly string[]): string {
	const random = randomFor(1, 'trainings');
	const kinds = ['Diklat Teknis', 'Seminar', 'Workshop', 'Bimbingan Teknis', 'E-Learning', 'Sosialisasi'];
	const lines = [
		'NIP;Nama;Jenis Diklat;Nama Diklat;Tempat;Penyelenggara;Tgl Mulai;Tgl Selesai;Lama (JP);Nomor STTPP'
	];
	for (let at = 0; at < ROWS; at++) {
		const nip = nips[at % nips.length] ?? '';
		const first = new Date(Date.UTC(2023, 0, 2 + random.int(0, 1300)));
		const last = new Date(first.getTime() + random.int(0, 3) * 86_400_000);
		const day = (date: Date) => date.toISOString().slice(0, 10).split('-').reverse().join('-');
		const number = random.chance(0.05) ? '' : `${at}/BPSDM/2024`;
		lines.push(
			[
				nip,
				'Pegawai',
				random.pick(kinds),
				`Pelatihan ${at % 400}`,
				'Medan',
				'BPSDM Provinsi',
				day(first),
				day(last),
				String(random.int(3, 40)),
				number
			].join(';')
		);
	}
	return lines.join('\r\n');
}
