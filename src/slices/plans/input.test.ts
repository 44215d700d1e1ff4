import { expect, test } from 'vitest';
import { CreatePlan } from './input.ts';

const plan = (budget: unknown) => CreatePlan.safeParse({ year: 2027, title: 'Rencana 2027', budget });

test.each([
	['60000000', 60_000_000],
	['60.000.000', 60_000_000],
	['Rp 60.000.000', 60_000_000],
	['rp.1.500,50', 1500.5],
	['1500,5', 1500.5],
	[60_000_000, 60_000_000],
	['0', 0]
])('the amount %j is read as %d', (typed, amount) => {
	expect(plan(typed).data?.budget).toBe(amount);
});

test.each(['60 juta', '60.00.000', '1,5,0', '-5', '6e7', ''])(
	'the amount %j is sent back with an example',
	(typed) => {
		expect(plan(typed).error?.issues[0]).toMatchObject({ path: ['budget'] });
	}
);
