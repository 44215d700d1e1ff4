import { describe, expect, test } from 'vitest';
import { changedRows, fieldsOfRows, rowAction, typedRows } from './editor-rows.ts';

const typed = typedRows([
	['modules.0.name', 'Pembukaan'],
	['modules.0.learningHours:number', '1,5'],
	['modules.1.id', 'b'],
	['modules.1.name', 'Simulasi'],
	['outcomes.0.statement', 'Melayani warga'],
	['versionId', 'x'],
	['modules.0.__proto__', 'no']
]);

test('rows come back as they were typed, in their order, with nothing else', () => {
	expect(typed.modules).toEqual([
		{ id: '', name: 'Pembukaan', learningHours: '1,5', mode: 'class' },
		{ id: 'b', name: 'Simulasi', learningHours: '', mode: 'class' }
	]);
	expect(typed.outcomes).toEqual([{ id: '', statement: 'Melayani warga', competencyId: '', level: '' }]);
});

test('rows survive the way through form fields', () => {
	expect(typedRows(fieldsOfRows(typed))).toEqual(typed);
});

describe('a button of a row', () => {
	const after = (text: string) => {
		const action = rowAction(text);
		return action === null ? null : changedRows(typed, action).modules.map(({ name }) => name);
	};
	test.each([
		['add:modules:0', ['Pembukaan', 'Simulasi', '']],
		['remove:modules:0', ['Simulasi']],
		['up:modules:1', ['Simulasi', 'Pembukaan']],
		['up:modules:0', ['Pembukaan', 'Simulasi']],
		['remove:modules:7', ['Pembukaan', 'Simulasi']],
		['drop:modules:0', null]
	])('%s leaves %o', (text, names) => {
		expect(after(text)).toEqual(names);
	});
});
