import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { claimExternal, verifyClaim } from './server/commands/claims.ts';
import { jpOfYear, jpTargetOf } from './public.server.ts';
import { claimsToVerify, ledgerOf } from './server/queries/claims.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => void (it = await graduation()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const PDF = new TextEncoder().encode('%PDF-1.7 sertifikat');

let titles = 0;
type Claim = { form?: string; amount?: number; endsOn?: string; startsOn?: string } & Record<string, unknown>;
/** A claim of something that nobody claimed before, of the test's day. */
const claim = (name: string, facts: Claim = {}) => {
	titles += 1;
	return it.does(
		it.as(name),
		claimExternal,
		{
			form: 'KL06',
			title: `Seminar pelayanan ${titles}`,
			provider: 'LAN RI',
			startsOn: it.today(),
			endsOn: it.today(),
			amount: 1,
			evidence: { name: 'sertifikat.pdf', bytes: PDF },
			...facts
		},
		{ now: it.at('20:00') }
	);
};
const decide = (
	entryId: string,
	decision: 'counted' | 'revise' | 'rejected' = 'counted',
	by = it.certifier
) =>
	it.does(
		by,
		verifyClaim,
		{ entryId, decision, reason: decision === 'counted' ? '' : 'Sertifikat tidak terbaca.' },
		{ now: it.at('21:00') }
	);
const entry = async (name: string, entryId: string) =>
	(await it.ledger(name)).find(({ id }) => id === entryId);
/** JP of a claim after it was approved. */
const counted = async (name: string, facts: Claim): Promise<number | undefined> => {
	const { entryId } = await claim(name, facts);
	await decide(entryId);
	return (await entry(name, entryId))?.jp;
};

describe('learning elsewhere', () => {
	test('waits for the office, is counted when approved, and only then', async () => {
		const { entryId, learningHours } = await claim('ani', { form: 'KL06' });
		expect(learningHours).toBe(4);
		expect(await entry('ani', entryId)).toMatchObject({ jp: 4, status: 'waiting' });
		const desk = await it.sees((db) => claimsToVerify(db, it.certifier, 'waiting', 1));
		expect(desk.claims.find(({ id }) => id === entryId)).toMatchObject({ name: 'ani', learningHours: 4 });
		const year = Number(it.today().slice(0, 4));
		const sum = async () =>
			(await it.sees((db) => jpOfYear(db, it.who('ani'), year))).reduce(
				(jp, one) => jp + one.learningHours,
				0
			);
		const before = await sum();
		await decide(entryId);
		expect(await entry('ani', entryId)).toMatchObject({ status: 'counted' });
		expect((await sum()) - before).toBe(4);
	});

	test('turned down with a reason that the person reads; without one it is not turned down', async () => {
		const { entryId } = await claim('ani');
		await expect(
			it.does(it.certifier, verifyClaim, { entryId, decision: 'rejected', reason: 'tidak' })
		).rejects.toMatchObject({ kind: 'invalid' });
		await decide(entryId, 'rejected');
		const mine = await it.sees((db) => ledgerOf(db, it.as('ani'), Number(it.today().slice(0, 4))));
		expect(mine.find(({ id }) => id === entryId)).toMatchObject({
			status: 'rejected',
			reason: 'Sertifikat tidak terbaca.'
		});
	});

	test('approved by two at once: one wins, the other is told, and it counts once', async () => {
		const { entryId } = await claim('ani');
		const both = await Promise.allSettled([decide(entryId), decide(entryId)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
			kind: 'refused',
			code: 'credentials.entry.already.counted'
		});
		await expect(decide(entryId, 'rejected')).rejects.toMatchObject({
			code: 'credentials.entry.already.counted'
		});
	});

	test('nobody decides on their own claim, nor a head who may not verify, nor a stranger', async () => {
		const own = await claim('officer');
		await expect(decide(own.entryId)).rejects.toMatchObject({ kind: 'forbidden' });
		const { entryId } = await claim('ani');
		await expect(
			decide(entryId, 'counted', it.as('camat', ['credentials.read', 'credentials.issue']))
		).rejects.toMatchObject({ kind: 'forbidden' });
		expect(await entry('ani', entryId)).toMatchObject({ status: 'waiting' });
	});

	test('the same certificate is not claimed twice, however its number is typed, nor by two devices at once', async () => {
		const first = 'Seminar arsip';
		const told = { code: 'credentials.claim.duplicate', params: { title: first, on: it.today() } };
		await claim('budi', { title: first, number: '12/LAN/2027' });
		await expect(claim('budi', { number: '12 / lan / 2027' })).rejects.toMatchObject(told);
		// Without a number: the same name on the same days, and the twin is named.
		await expect(claim('budi', { title: 'SEMINAR arsip' })).rejects.toMatchObject(told);
		const title = 'Lokakarya yang sama';
		const both = await Promise.allSettled([claim('budi', { title }), claim('budi', { title })]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		// Somebody else may well have been in the same room.
		await expect(claim('citra', { title })).resolves.toMatchObject({ learningHours: 4 });
	});

	test.each([
		['that has not ended', 1, 1, 'notOver'],
		['that ends before it begins', 0, -1, 'endsBeforeStart'],
		['of three years ago', -1100, -1100, 'tooOld']
	])('learning %s is not claimed', async (_, from, to, code) => {
		const dates = { startsOn: addDays(it.today(), from), endsOn: addDays(it.today(), to) };
		await expect(claim('ani', dates)).rejects.toMatchObject({ code: `credentials.claim.${code}` });
	});

	test('more days than the calendar has are not claimed', async () => {
		await expect(claim('ani', { form: 'KL07', amount: 2 })).rejects.toMatchObject({
			code: 'credentials.claim.moreDays',
			params: { days: 1 }
		});
	});
});

describe('JP by form, domain.md §2, from the claim to the ledger', () => {
	const people = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri', 'kasi', 'camat', 'trainer', 'coach'];
	test.each<[string, Claim, number]>([
		['one day of seminar', { form: 'KL06', amount: 1 }, 4],
		['one day of seminar abroad', { form: 'KL06', amount: 1, abroad: true }, 6],
		['one day of workshop', { form: 'KL07', amount: 1 }, 5],
		['a technical training of 30 JP', { form: 'KL03', amount: 30 }, 30],
		['a technical training of 30 JP abroad', { form: 'KL03', amount: 30, abroad: true }, 36],
		['ten JP of e-learning on one day', { form: 'NK03', amount: 10 }, 3],
		['ten JP of self-study on one day', { form: 'NK09', amount: 10 }, 2],
		['benchmarking once', { form: 'NK07', amount: 1 }, 10],
		['a semester of study', { form: 'PD01', amount: 1 }, 20],
		['three times coaching in a month', { form: 'NK01', amount: 3 }, 4]
	])('%s %j is %f JP', async (_, facts, jp) => {
		const name = people.shift() ?? '';
		expect(await counted(name, facts)).toBe(jp);
	});

	test('a form without a rate is refused when it is claimed', async () => {
		await expect(claim('ani', { form: 'NK11' })).rejects.toMatchObject({
			code: 'credentials.jp.rateNotSet',
			params: { form: 'NK11' }
		});
	});

	test('three JP of e-learning a day, however many certificates the day brought', async () => {
		const facts = { form: 'NK03', amount: 2 };
		expect([
			await counted('dewi', facts),
			await counted('dewi', facts),
			await counted('dewi', facts)
		]).toEqual([2, 1, 0]);
		it.nextDay();
		expect(await counted('dewi', facts)).toBe(2);
	});

	test('and so beside our own e-learning class of that day', async () => {
		const classId = await it.over({ present: ['eko'], form: 'NK03', hours: 2 });
		await it.issue(classId);
		expect(await counted('eko', { form: 'NK03', amount: 5 })).toBe(1);
	});

	test('three claims approved at once do not slip past the cap together', async () => {
		const ids: string[] = [];
		for (const _ of [1, 2, 3]) ids.push((await claim('fitri', { form: 'NK03', amount: 3 })).entryId);
		await Promise.all(ids.map((id) => decide(id)));
		const hours = (await it.ledger('fitri')).filter(({ id }) => ids.includes(id)).map(({ jp }) => jp);
		expect(hours.toSorted()).toEqual([0, 0, 3]);
	});

	test('coaching twice a month: what is claimed beyond it counts nothing, and a claim keeps to one month', async () => {
		const facts = { form: 'NK02', startsOn: '2026-11-02', endsOn: '2026-11-30' };
		expect(await counted('coach', { ...facts, amount: 1 })).toBe(2);
		expect(await counted('coach', { ...facts, amount: 2 })).toBe(2);
		expect(await counted('coach', { ...facts, amount: 1 })).toBe(0);
		expect(await counted('coach', { ...facts, startsOn: '2026-12-01', endsOn: '2026-12-31' })).toBe(2);
		await expect(claim('coach', { ...facts, endsOn: '2026-12-10', amount: 2 })).rejects.toMatchObject({
			code: 'credentials.claim.byMonth'
		});
	});

	test('it counts in the year in which it ended', async () => {
		await counted('trainer', { form: 'KL03', amount: 8, startsOn: '2026-12-30', endsOn: '2026-12-31' });
		const old = await it.sees((db) => jpOfYear(db, it.who('trainer'), 2026));
		expect(old).toMatchObject([{ on: '2026-12-31', learningHours: 8 }]);
	});

	test('the 20 JP come from the rule in force on the day, not from the code', async () => {
		const target = (kind: string, on: string) => it.sees((db) => jpTargetOf(db, kind, on));
		expect(await target('PNS', '2026-12-31')).toBe(20);
		expect(await target('OFFICIAL', '2026-12-31')).toBeNull();
		await it.owner.query(
			`insert into credentials.jp_target (agency_id, id, employment_kind, nature, learning_hours, legal_basis, valid_from)
			values ($1, gen_random_uuid(), 'PNS', 'minimum', 24, 'uji', '2030-01-01')`,
			[it.agencyId]
		);
		expect([await target('PNS', '2029-12-31'), await target('PNS', '2030-01-01')]).toEqual([20, 24]);
	});
});

describe('the same hours in two places', () => {
	test('a claim for a day already spent in our class is refused with the name of the class', async () => {
		const classId = await it.over({ present: ['ani'] });
		await it.issue(classId);
		const { entryId } = await claim('ani');
		await expect(decide(entryId)).rejects.toMatchObject({
			kind: 'refused',
			code: 'credentials.claim.overlapWith',
			params: { title: 'Program PPP', on: it.today() }
		});
		expect(await entry('ani', entryId)).toMatchObject({ status: 'waiting' });
	});

	test('a class on a day already claimed: the certificate is given, its JP are refused with the name of the other', async () => {
		const title = 'Seminar nasional arsip';
		await decide((await claim('budi', { title })).entryId);
		const classId = await it.over({ present: ['ani', 'budi'], hours: 3 });
		expect(await it.issue(classId)).toBe(2);
		const ofClass = async (name: string) => (await it.ledger(name)).find((one) => one.classId === classId);
		expect(await ofClass('budi')).toMatchObject({ status: 'refused_overlap', reason: title });
		expect(await ofClass('ani')).toMatchObject({ jp: 3, status: 'counted', reason: '' });
	});

	test('two classes after each other on one day both count', async () => {
		const morning = await it.over({ present: ['citra'], from: '08:00', to: '10:00', hours: 2 });
		const noon = await it.over({ present: ['citra'], from: '10:00', to: '12:00', hours: 2 });
		await it.issue(morning);
		await it.issue(noon);
		const day = (await it.ledger('citra')).filter((one) => [morning, noon].includes(one.classId ?? ''));
		expect(day.map(({ status }) => status)).toEqual(['counted', 'counted']);
	});

	test('two claims for one day approved at once: one counts', async () => {
		const ids = [(await claim('dewi')).entryId, (await claim('dewi')).entryId];
		const both = await Promise.allSettled(ids.map((id) => decide(id)));
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ kind: 'refused' });
	});

	test('learning in one’s own time runs beside a class, whichever came first', async () => {
		const classId = await it.over({ present: ['eko', 'fitri'], hours: 3 });
		await it.issue(classId);
		expect(await counted('eko', { form: 'NK03', amount: 2 })).toBe(2);
		await decide((await claim('kasi', { form: 'KL06' })).entryId);
		const online = await it.over({ present: ['kasi'], form: 'NK03', hours: 2, from: '10:00', to: '12:00' });
		await it.issue(online);
		expect((await it.ledger('kasi')).find((one) => one.classId === online)).toMatchObject({
			jp: 2,
			status: 'counted'
		});
	});

	test('a month of coaching leaves its days free for other learning', async () => {
		const month = { startsOn: it.today().replace(/..$/, '01'), endsOn: it.today() };
		await counted('camat', { form: 'NK02', amount: 1, ...month });
		expect(await counted('camat', { form: 'KL06', amount: 1 })).toBe(4);
	});

	test('hours of a claim that was never approved are free', async () => {
		const { entryId } = await claim('fitri');
		await decide(entryId, 'rejected');
		it.nextDay();
		const { entryId: second } = await claim('fitri');
		await decide(second);
		expect(await entry('fitri', second)).toMatchObject({ status: 'counted' });
	});
});
