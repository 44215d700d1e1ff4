import { mkdirSync, writeFileSync } from 'node:fs';
import { randomFrom } from '#kernel/statistics/random.ts';
import { findingOf } from '#slices/impact/finding.ts';
import { bundleOf } from '#slices/impact/report/bundle.ts';
function panel({ units = 24, trained = 12, effect = -6, startOf = (_: number) => 12 } = {}) {
	return Array.from({ length: units }, (_, unit) => Array.from({ length: 24 }, (__, month) => {
		const treated = unit < trained; const post = treated && month >= startOf(unit);
		const r = (k: number) => 2 * randomFrom(unit * 100 + month + k * 10007)() - 1;
		const level = 25 + ((unit * 5) % 13) + 2 * Math.sin((month * Math.PI) / 6) + 2 * r(0) + r(3);
		return { unit: `k${unit}`, period: 24288 + month, treated, post, value: Math.round((level + (post ? effect : 0)) * 100) / 100 };
	})).flat();
}
const holes = (rows: any[]) => rows.filter((_, at) => randomFrom(at + 5)() > 0.12);
const late = (u: number) => 10 + (u % 3) * 3;
const cases: [string, string, any[], any][] = [];
for (const [tag, f] of [['full', (x: any) => x], ['holes', holes]] as const) {
	cases.push([`lottery-${tag}`, 'lottery', f(panel()), {}], [`did-${tag}`, 'before_after_comparison', f(panel()), {}],
	[`stag-${tag}`, 'staggered_start', f(panel({ startOf: late })), {}], [`stagall-${tag}`, 'staggered_start', f(panel({ startOf: late, trained: 24 })), {}],
	[`matched-${tag}`, 'matched', f(panel({ units: 80, trained: 10 })), { covariates: ['level', 'trend'] }], [`matched3-${tag}`, 'matched', f(panel({ units: 80, trained: 10 })), { covariates: ['level', 'people'] }],
	[`ba-${tag}`, 'before_after', f(panel()), {}], [`all-${tag}`, 'before_after_comparison', f(panel({ trained: 24 })), {}]);
}
for (const [name, design, raw, over] of cases) {
	const rows = raw.map((r: any) => ({ ...r, unit: r.unit, post: r.treated && r.period >= 24288 + (design === 'staggered_start' ? late(Number(r.unit.slice(1))) : 12) }));
	const everybody = new Set<string>(rows.map((r: any) => r.unit)); if (design === 'lottery') everybody.delete('k0');
	const question: any = { rows, better: 'lower', outcomes: [], plannedBefore: true, smallestUseful: null, spillover: null, planned: 24,
		setting: { design, drawn: design === 'lottery' ? everybody : new Set(), covariates: over.covariates ?? [], people: new Map([...everybody].map((u, i) => [u, 10 + (i * 7) % 31])), starts: new Map(rows.filter((r: any) => r.treated).map((r: any) => [r.unit, 24288 + (design === 'staggered_start' ? late(Number(r.unit.slice(1))) : 12)])) } };
	const finding = findingOf(question);
	const study: any = { design, fixed: null, covariates: question.setting.covariates, indicator: { code: 'X', unitOfMeasure: 'menit', better: 'lower' } };
	mkdirSync(`/tmp/r-bundles/${name}`, { recursive: true });
	for (const { name: file, content } of bundleOf({ study, question, finding })) writeFileSync(`/tmp/r-bundles/${name}/${file}`, content);
}
