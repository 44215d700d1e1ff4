import { expect, test } from 'vitest';
import { fieldsOf } from './form-action.ts';

test.each([
	['whole', '10.000', 10_000],
	['whole', '1,250', 1250],
	['whole', '1 000 000', 1_000_000],
	['whole', '12', 12],
	['whole', '1,5', 1.5],
	['whole', '1.00', 1],
	['whole', 'sepuluh', 'sepuluh'],
	['number', '2,5', 2.5],
	['number', '3.595', 3.595]
])('a field of kind %s reads "%s" as %j', (kind, typed, read) => {
	const form = new FormData();
	form.set(`rate:${kind}`, typed);
	expect(fieldsOf(form)).toEqual({ rate: read });
});
