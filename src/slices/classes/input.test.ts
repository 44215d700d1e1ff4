import { expect, test } from 'vitest';
import { DecideRequest, Enrol } from './input.ts';

const classId = '01900000-0000-7000-8000-000000000001';

test.each([
	['198503122010011004', ['198503122010011004']],
	['19850312 201001 1 004', ['198503122010011004']],
	['19850312.201001.1.004', ['198503122010011004']],
	['198503122010011004, 199107152023212005;198503122010011004', ['198503122010011004', '199107152023212005']],
	['19850312 201001 1 004\n19910715 202321 2 005', ['198503122010011004', '199107152023212005']]
])('NIPs pasted as %j are read one by one, each once', (nips, list) => {
	expect(Enrol.parse({ classId, nips }).nips).toEqual(list);
});

test.each(['1.98503E+17', '19850312201001100', 'Budi', '198503122010011004x', '1985031220100110041'])(
	'%j is no NIP',
	(nips) => {
		const result = Enrol.safeParse({ classId, nips });
		expect(result.error?.issues[0]?.message).toBe('classes.field.nip');
	}
);

test('a no needs a reason, a yes does not', () => {
	expect(DecideRequest.safeParse({ registrationId: classId, decision: 'approve' }).success).toBe(true);
	const no = DecideRequest.safeParse({ registrationId: classId, decision: 'reject', note: ' ' });
	expect(no.error?.issues[0]).toMatchObject({ path: ['note'], message: 'classes.decide.reasonNeeded' });
});
