import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemOf } from '#platform/start-problem.ts';
import { prepareHome } from './embedded-home.ts';

test.each(['surat.txt', 'surat.txt/data'])(
	'a data folder at %s, which is a file, is refused in words',
	(name) => {
		const folder = mkdtempSync(join(tmpdir(), 'asah-home-'));
		try {
			writeFileSync(join(folder, 'surat.txt'), '');
			const wrong = () => prepareHome(join(folder, name), () => undefined);
			expect(wrong).toThrow();
			try {
				wrong();
			} catch (error) {
				expect(problemOf(error)).toMatchObject({ code: 'data.notFolder' });
			}
		} finally {
			rmSync(folder, { recursive: true });
		}
	}
);
