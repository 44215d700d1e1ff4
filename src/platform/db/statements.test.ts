import { expect, test } from 'vitest';
import { statementName } from './statements.ts';

test('a text that comes back is prepared under a name of its own, one that is sent once is not', () => {
	expect(statementName('select 1 where $1')).toBeUndefined();
	const name = statementName('select 1 where $1');
	expect(name).toMatch(/^s\d+$/);
	expect(statementName('select 1 where $1')).toBe(name);
	statementName('select 2 where $1');
	expect(statementName('select 2 where $1')).not.toBe(name);
});

test('a search by pattern is planned for its pattern: “a” is found everywhere, “siti” is not', () => {
	const search = 'select from people.staff where name_folded LIKE lower($1)';
	expect([statementName(search), statementName(search)]).toEqual([undefined, undefined]);
});

test('texts that grow with their rows never fill the memory of the server', () => {
	const long = `insert into t values ${'($1), '.repeat(5000)}`;
	expect([statementName(long), statementName(long), statementName(long)]).toEqual([
		undefined,
		undefined,
		undefined
	]);
	const names = Array.from({ length: 3000 }, (_, n) => {
		statementName(`select ${n}, $1`);
		return statementName(`select ${n}, $1`);
	});
	expect(new Set(names.filter((name) => name !== undefined)).size).toBeLessThanOrEqual(300);
});
