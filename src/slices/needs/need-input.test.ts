import { expect, test } from 'vitest';
import { shaped } from '#platform/work/shape.ts';
import {
	ManyNeeds,
	OpenForum,
	PutOnAgenda,
	RecordPerformance,
	SaveIdp,
	SetPriorityRule
} from './need-input.ts';

test.each([
	['a line with a single letter for a name', 'A, Bappeda'],
	['a line that begins with the comma', 'Ani, BKAD\n, Bappeda'],
	['more people than minutes hold', 'Ani, BKAD\n'.repeat(201)]
])('%s is refused beside the field', (_, participants) => {
	const forum = { title: 'FGD', year: 2027, heldOn: '2026-06-10', place: 'Aula', chair: 'Ketua' };
	const read = OpenForum.safeParse({ ...forum, participants });
	expect(read.error?.issues).toMatchObject([
		{ path: ['participants'], message: 'needs.forum.participantName' }
	]);
	expect(OpenForum.safeParse({ ...forum, participants: 'Ani, BKAD\n\nBudi' }).success).toBe(true);
});

const gap = { nip: '198503122010012004', year: 2026, kind: 'target', item: 'Berkas selesai', source: 'SKP' };
test.each([
	['a figure that no column holds', { target: 1e15, reached: 1 }, 'target'],
	['what is below the target by less than is stored', { target: 1.001, reached: 1 }, 'reached']
])('%s is refused beside its field', (_, figures, field) => {
	const read = RecordPerformance.safeParse({ ...gap, ...figures });
	expect(read.error?.issues.map(({ path }) => path[0])).toEqual([field]);
});
test('a target just missed is a gap', () => {
	expect(RecordPerformance.parse({ ...gap, target: 90.5, reached: 90.49 })).toMatchObject({ reached: 90.49 });
});

test('a plan of less than a tenth of an hour is refused beside its line', () => {
	const line = { topic: 'Komunikasi', form: 'training', quarter: 1, reason: 'Loket' };
	const read = SaveIdp.safeParse({ year: 2027, lines: [{ ...line, learningHours: 0.04 }] });
	expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual(['lines.0.learningHours']);
});

test.each([
	['the agenda', () => shaped(PutOnAgenda, { forumId: crypto.randomUUID() })],
	['the list of proposals', () => shaped(ManyNeeds, { step: 'verified' })]
])('nothing chosen in %s is told in words', (_, send) => {
	expect(send).toThrow(
		expect.objectContaining({ issues: [expect.objectContaining({ code: 'needs.need.chooseSome' })] })
	);
});

test('weights that ignore everything would put every need first, and are refused', () => {
	const none = { probability: 0, size: 0, importance: 0, reach: 0, goal: 0, sizeFull: 2, reachFull: 1000 };
	const read = SetPriorityRule.safeParse({ ...none, validFrom: '2027-01-01', reason: 'Renstra' });
	expect(read.error?.issues).toMatchObject([{ path: ['probability'], message: 'needs.priority.allIgnored' }]);
	const one = { ...none, reach: 0.5, validFrom: '2027-01-01', reason: 'Renstra' };
	expect(SetPriorityRule.safeParse(one).success).toBe(true);
});
