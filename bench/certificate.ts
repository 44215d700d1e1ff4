import { parseArgs } from 'node:util';
import { certificatePdf } from '#slices/credentials/certificate-pdf.ts';
import { sampleCertificate } from '#slices/credentials/certificate-sample.ts';

// A certificate as a person asks for it, in a process that is already warm: another name, number and code each time,
// of the class that was last asked for, or of another class (then the modules on the back are set afresh as well).
const BUDGET_MS = 50;
const { values } = parseArgs({ options: { count: { type: 'string', default: '200' } } });
const count = Number(values.count);
const sample = sampleCertificate();

async function timed(index: number, className: string): Promise<{ ms: number; bytes: number }> {
	const { recipient, programme } = sample;
	const data = {
		...sample,
		number: `${String(index).padStart(4, '0')}/PPP/BKPSDM-MDN/III/2026`,
		recipient: { ...recipient, name: `${recipient.name} ${index}` },
		programme: {
			...programme,
			name: `${programme.name} ${className}`,
			modules: programme.modules.map(({ title, hours }) => ({ title: `${title} ${className}`, hours }))
		},
		verifyUrl: `https://asah.medan.go.id/v/${index.toString(36).toUpperCase().padStart(12, '7')}`
	};
	const started = performance.now();
	const { length: bytes } = await certificatePdf(data);
	return { ms: performance.now() - started, bytes };
}

function quantiles(times: readonly number[]): { median: number; p99: number } {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
	return { median: at(0.5), p99: at(0.99) };
}

async function timesOf(className: (at: number) => string): Promise<number[]> {
	const times: number[] = [];
	for (let at = 0; at < count; at++) times.push((await timed(at + 1, className(at))).ms);
	return times;
}

const first = await timed(0, 'A');
const sameClass = quantiles(await timesOf(() => 'A'));
const otherClass = quantiles(await timesOf((at) => `B${at}`));
const ms = (value: number) => value.toFixed(1);

console.table({
	[`same class, ${count} PDFs, ms`]: {
		median: ms(sameClass.median),
		p99: ms(sameClass.p99),
		'at most': BUDGET_MS
	},
	[`another class each, ${count} PDFs, ms`]: {
		median: ms(otherClass.median),
		p99: ms(otherClass.p99),
		'at most': BUDGET_MS
	}
});
console.table({
	'first PDF of the process (fonts, compiler), ms': { value: ms(first.ms) },
	'size of a PDF, kB': { value: (first.bytes / 1000).toFixed(1) },
	'memory of the process afterwards, MB': { value: (process.memoryUsage().rss / 2 ** 20).toFixed(0) }
});
process.exitCode = Math.max(sameClass.p99, otherClass.p99) <= BUDGET_MS ? 0 : 1;
