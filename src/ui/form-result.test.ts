import { describe, expect, test } from 'vitest';
import { fieldId, issuePath } from './form-context.ts';
import { belongsTo, issueOf, readResult } from './form-result.ts';

describe('whose refusal is it', () => {
	const refusal = { command: 'classes.approve', message: 'no', values: { registrationId: '7', note: 'x' } };
	test('the form of that command', () => {
		expect(belongsTo(refusal, 'classes.approve', {})).toBe(true);
		expect(belongsTo(refusal, 'classes.reject', {})).toBe(false);
	});
	test('of forty equal forms the one that was sent', () => {
		expect(belongsTo(refusal, 'classes.approve', { registrationId: '7' })).toBe(true);
		expect(belongsTo(refusal, 'classes.approve', { registrationId: '8' })).toBe(false);
	});
	test('a page with one form need not name it', () => {
		expect(belongsTo(refusal, undefined, {})).toBe(true);
	});
});

test.each([null, undefined, 'text', 3, {}, { other: 1 }])('what is no result is none: %s', (value) => {
	expect(readResult(value)).toBeNull();
});

describe('what is wrong with a field', () => {
	const issues = {
		seats: 'a number',
		'lines.0.goal': 'required',
		'choices.1': 'unknown',
		linesX0Xgoal: 'other'
	};
	test('is found whatever kind its name says it has', () => {
		expect(issueOf(issues, 'seats:number')).toBe('a number');
		expect(issuePath('agree:boolean')).toBe('agree');
		expect(issuePath('choices[]:number')).toBe('choices');
	});
	test('is found for one line of several', () => {
		expect(issueOf(issues, 'lines.0.goal')).toBe('required');
		expect(issueOf(issues, 'lines.1.goal')).toBeUndefined();
	});
	test('of one member is shown at the list', () => {
		expect(issueOf(issues, 'choices[]')).toBe('unknown');
	});
	test('of a nested field is not shown at its parent', () => {
		expect(issueOf(issues, 'lines')).toBeUndefined();
	});
});

test('the summary and the field agree on the address, whichever way the name is written', () => {
	expect(fieldId('s1', 'lines.0.seats:number')).toBe('s1-lines-0-seats');
	expect(fieldId('s1', 'lines.0.seats')).toBe('s1-lines-0-seats');
});
