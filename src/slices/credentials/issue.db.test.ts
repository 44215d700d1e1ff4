import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writing } from '#platform/db/pools.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { issueForClass } from './server/issue.ts';
import { issueCertificates, reissueCertificate, revokeCertificate } from './server/commands/certificates.ts';
import { classesToIssue, proofByCode } from './server/queries/certificates.ts';
import { classIssue } from './server/queries/class-issue.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => void (it = await graduation()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const reason = 'Nama tertulis salah pada cetakan.';
const evening = () => ({ now: it.at('17:00') });
/** The counters at the front of all numbers of the year, in order. */
const counters = async (): Promise<number[]> => {
	const { rows } = await it.owner.query<{ counter: number }>(
		`select split_part(number, '/', 1)::int as counter from credentials.certificate where agency_id = $1 order by 1`,
		[it.agencyId]
	);
	return rows.map(({ counter }) => counter);
};
const isGapless = (numbers: readonly number[]) => numbers.every((number, index) => number === index + 1);
const revoke = (certificateId: string) =>
	it.does(it.certifier, revokeCertificate, { certificateId, reason }, evening());
const reissue = (certificateId: string) =>
	it.does(it.certifier, reissueCertificate, { certificateId, reason }, evening());
const only = async (classId: string) => {
	const [one] = await it.certificates(classId);
	if (!one) throw new Error('no certificate');
	return one;
};

describe('who gets a certificate', () => {
	test('only those who passed, and their JP are those of the sessions', async () => {
		const classId = await it.over({ present: ['ani', 'budi'], absent: ['citra'], hours: 8 });
		expect(await it.issue(classId)).toBe(2);
		const issued = await it.certificates(classId);
		expect(issued.map(({ name, status, version }) => [name, status, version])).toEqual([
			['ani', 'valid', 1],
			['budi', 'valid', 1]
		]);
		expect((await it.ledger('ani')).at(-1)).toMatchObject({ jp: 8, status: 'counted', classId });
		expect(await it.ledger('citra')).toEqual([]);
	});

	test('nobody while the class is not over', async () => {
		const { classId } = await it.aClass();
		await it.enrolled(classId, 'ani');
		await expect(it.issue(classId)).rejects.toMatchObject({
			kind: 'refused',
			code: 'credentials.issue.classNotOver'
		});
	});

	test('nobody when no one may sign that day: an order that has ended signs no more', async () => {
		const classId = await it.over({ present: ['ani'] });
		const until = (day: string | null) =>
			it.owner.query('update people.role_grant set valid_to = $2 where id = $1', [it.signatoryGrant, day]);
		await until(it.today());
		await expect(it.issue(classId)).rejects.toMatchObject({ code: 'credentials.issue.noSignatory' });
		await until(null);
		expect(await it.issue(classId)).toBe(1);
	});

	test('nobody by the hand of who may not issue for the whole agency', async () => {
		const classId = await it.over({ present: ['ani'] });
		const camat = it.as('camat', ['credentials.issue', 'credentials.read']);
		await expect(it.does(camat, issueCertificates, { classId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		expect(await it.certificates(classId)).toEqual([]);
	});

	test('PPPK whom it takes past their ceiling are named before the press, and get theirs all the same', async () => {
		await it.owner.query(`update people.person set employment_kind = 'PPPK' where id = $1`, [it.who('budi')]);
		await it.issue(await it.over({ present: ['ani', 'budi'], hours: 12 }));
		await it.nextDay();
		const classId = await it.over({ present: ['ani', 'budi'], hours: 8 });
		const { people } = await it.sees((db) =>
			classIssue(db, it.certifier, classId, it.today(), it.at('17:00'))
		);
		expect(people.map(({ name, pastCeiling }) => [name, pastCeiling])).toEqual([
			['ani', undefined],
			['budi', { assigned: 28, ceiling: 24 }]
		]);
		expect(await it.issue(classId)).toBe(2);
		expect((await it.ledger('budi')).at(-1)).toMatchObject({ jp: 8, status: 'counted' });
		await it.owner.query(`update people.person set employment_kind = 'PNS' where id = $1`, [it.who('budi')]);
	});

	test('the office is told which classes wait, and how many people in each, until they are issued', async () => {
		const classId = await it.over({ present: ['ani', 'budi'], absent: ['citra'] });
		const waiting = async () =>
			(await it.sees((db) => classesToIssue(db))).find((one) => one.classId === classId);
		expect(await waiting()).toMatchObject({ graduates: 2 });
		await it.issue(classId);
		expect(await waiting()).toBeUndefined();
	});
});

describe('numbers', () => {
	test('follow each other without a gap, and the second press of the button gives none', async () => {
		const classId = await it.over({ present: ['ani', 'budi', 'citra'] });
		expect(await it.issue(classId)).toBe(3);
		expect(await it.issue(classId)).toBe(0);
		expect(isGapless(await counters())).toBe(true);
		expect((await only(classId)).number).toMatch(/^\d{4}\/PPP\/UJI-[0-9A-F]{12}\/I\/2027$/);
	});

	test('stay so when several classes are issued at the same moment', async () => {
		const before = (await counters()).length;
		const classes: string[] = [];
		for (const present of [['ani', 'budi'], ['citra'], ['dewi', 'eko', 'fitri'], ['kasi']]) {
			it.nextDay();
			classes.push(await it.over({ present }));
		}
		const issued = await Promise.all(classes.map((classId) => it.issue(classId)));
		expect(issued).toEqual([2, 1, 3, 1]);
		const numbers = await counters();
		expect(numbers).toHaveLength(before + 7);
		expect(isGapless(numbers)).toBe(true);
	});

	test('and when one class is issued by several hands at once: everybody gets one certificate', async () => {
		const classId = await it.over({ present: ['ani', 'budi', 'citra'] });
		const issued = await Promise.all([1, 2, 3, 4].map(() => it.issue(classId)));
		expect(issued.toSorted()).toEqual([0, 0, 0, 3]);
		expect((await it.certificates(classId)).map(({ name }) => name).toSorted()).toEqual([
			'ani',
			'budi',
			'citra'
		]);
		expect(isGapless(await counters())).toBe(true);
	});

	test('a run that breaks off takes no number with it', async () => {
		const classId = await it.over({ present: ['ani', 'budi'] });
		const before = await counters();
		const broken = writing(
			it.agencyId,
			async (tx) => {
				expect(await issueForClass(tx, it.agencyId, classId, it.today(), it.at('17:00'))).toHaveLength(2);
				throw new Error('the lights went out');
			},
			it.db
		);
		await expect(broken).rejects.toThrow('the lights went out');
		expect(await counters()).toEqual(before);
		await it.issue(classId);
		expect(await counters()).toEqual([...before, before.length + 1, before.length + 2]);
	});

	test('a form without a rate is refused before a number is taken', async () => {
		const before = await counters();
		const classId = await it.over({ present: ['ani'], form: 'NK11' });
		await expect(it.issue(classId)).rejects.toMatchObject({ code: 'credentials.jp.rateNotSet' });
		expect(await counters()).toEqual(before);
	});
});

describe('a certificate that was wrong', () => {
	test('revoked: the number stays taken, its JP no longer count, everybody who checks is told', async () => {
		const classId = await it.over({ present: ['ani'], hours: 6 });
		await it.issue(classId);
		const { id, number, code } = await only(classId);
		await revoke(id);
		expect(await only(classId)).toMatchObject({ number, status: 'revoked' });
		expect((await it.ledger('ani')).at(-1)).toMatchObject({ jp: 6, status: 'rejected', reason });
		expect(await it.sees((db) => proofByCode(db, code))).toMatchObject({ number, status: 'revoked' });
		expect(isGapless(await counters())).toBe(true);
	});

	test('revoked: the next press of "issue" does not hand out another in silence', async () => {
		const classId = await it.over({ present: ['ani'] });
		await it.issue(classId);
		await revoke((await only(classId)).id);
		expect(await it.issue(classId)).toBe(0);
		expect(await it.certificates(classId)).toHaveLength(1);
	});

	test('revoked: the hours are free for what was really attended then', async () => {
		const classId = await it.over({ present: ['ani'] });
		await it.issue(classId);
		const taken = () =>
			it.owner.query(
				'select 1 from credentials.jp_time t join credentials.jp_entry e on e.id = t.entry_id where e.class_id = $1',
				[classId]
			);
		expect((await taken()).rows).toHaveLength(1);
		await revoke((await only(classId)).id);
		expect((await taken()).rows).toEqual([]);
	});

	test('replaced: a new number and version with today’s name; the former says so, and JP are counted once', async () => {
		const classId = await it.over({ present: ['dewi'], hours: 5 });
		await it.issue(classId);
		const former = await only(classId);
		await it.owner.query(`update people.person set name = 'Dewi Lestari' where id = $1`, [it.who('dewi')]);
		await reissue(former.id);
		await it.owner.query(`update people.person set name = 'dewi' where id = $1`, [it.who('dewi')]);
		const [first, second] = await it.certificates(classId);
		expect(first).toMatchObject({ number: former.number, status: 'replaced', version: 1 });
		expect(second).toMatchObject({ status: 'valid', version: 2 });
		expect(second?.number).not.toBe(first?.number);
		const proof = (code = '') => it.sees((db) => proofByCode(db, code));
		expect(await proof(first?.code)).toMatchObject({ name: 'dewi', status: 'replaced' });
		expect(await proof(second?.code)).toMatchObject({ name: 'Dewi Lestari', status: 'valid' });
		const entries = (await it.ledger('dewi')).filter((entry) => entry.classId === classId);
		expect(entries).toMatchObject([{ jp: 5, status: 'counted' }]);
		expect(isGapless(await counters())).toBe(true);
	});

	test.each([
		['twice revoked', [revoke, revoke], 'already.revoked'],
		['replaced, then revoked under its old number', [reissue, revoke], 'already.replaced'],
		['revoked, then replaced', [revoke, reissue], 'already.revoked']
	] as const)('%s is refused and says what stands', async (_, [first, second], code) => {
		const classId = await it.over({ present: ['ani'] });
		await it.issue(classId);
		const { id } = await only(classId);
		await first(id);
		await expect(second(id)).rejects.toMatchObject({
			kind: 'refused',
			code: `credentials.certificate.${code}`
		});
	});

	test('replaced by two at once: one new version, the other is told', async () => {
		const classId = await it.over({ present: ['ani'] });
		await it.issue(classId);
		const { id } = await only(classId);
		const both = await Promise.allSettled([reissue(id), reissue(id)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
			code: 'credentials.certificate.already.replaced'
		});
		expect((await it.certificates(classId)).map(({ status }) => status)).toEqual(['replaced', 'valid']);
		expect(isGapless(await counters())).toBe(true);
	});

	test('what was printed is never rewritten, not even by the app itself', async () => {
		const rights = await it.owner.query<{ column_name: string; privilege_type: string }>(
			`select column_name, privilege_type from information_schema.column_privileges
			where grantee = 'asah_app' and table_schema = 'credentials' and table_name = 'certificate' and privilege_type = 'UPDATE'`
		);
		expect(rights.rows.map((row) => row.column_name).toSorted()).toEqual(['reason', 'status']);
	});
});
