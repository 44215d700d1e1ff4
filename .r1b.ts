import { readFileSync } from 'node:fs';
import { readFile } from '#slices/people/import/read-file.ts';
import { checkPeople } from '#slices/people/import/check-people.ts';
import { checkUnits } from '#slices/people/import/check-units.ts';
import { makeAgency } from './demo/people/agency.ts';
import { brokenExport } from './demo/people/broken.ts';
const u = await readFile(readFileSync('/tmp/r1/city/medan/unor.csv'));
const cu = checkUnits(u, new Map());
console.log(cu.filter((r) => r.wrong).length, cu[3]);
const kinds: Record<string, number> = {};
for (const r of cu) kinds[r.data?.kind ?? '?'] = (kinds[r.data?.kind ?? '?'] ?? 0) + 1;
console.log(kinds);
const units = new Map(cu.map((r) => [r.data?.external_id ?? '', { echelon: r.data?.echelon ?? null }]));
const b = brokenExport(makeAgency('medan'));
for (const bytes of [readFileSync('/tmp/r1/city/medan/asn.csv'), Buffer.from(b.csv)]) {
	const s = await readFile(bytes);
	const t = performance.now();
	const c = checkPeople(s, { today: '2026-11-21', units });
	console.log(
		Math.round(performance.now() - t),
		'ms',
		c.filter((r) => r.wrong).length,
		c.filter((r) => r.problems.some((p) => p.warning)).length,
		c[3]
	);
	const t2 = performance.now();
	const json = JSON.stringify(c);
	console.log('json', json.length, performance.now() - t2);
	const got = c
		.flatMap((r) => r.problems.filter((p) => !p.warning).map((p) => `${r.row} ${p.column} ${p.code}`))
		.sort();
	const want = b.expected.map((p) => `${p.row} ${p.column} ${p.code}`).sort();
	console.log(
		got.length,
		JSON.stringify(got) === JSON.stringify(want),
		got.filter((g) => !want.includes(g)).slice(0, 5)
	);
	console.log(c.flatMap((r) => r.problems.filter((p) => p.warning)).slice(0, 3));
}
