import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A published data set by its columns; see README.md beside it for where it comes from. */
export function dataSet(name: 'county-employment' | 'nsw' | 'nsw-psid') {
	const [head = '', ...lines] = readFileSync(join(import.meta.dirname, `${name}.csv`), 'utf8')
		.trim()
		.split('\n');
	const names = head.split(',');
	const rows = lines.map((line) => line.split(','));
	const text = (column: string): string[] => rows.map((row) => row[names.indexOf(column)] ?? '');
	return { text, numbers: (column: string): Float64Array => Float64Array.from(text(column), Number) };
}
