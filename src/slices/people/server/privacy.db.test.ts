import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRows, everythingAbout } from '#app/server/my-data.ts';
import { town } from '../../../../tests/make/town.ts';
import { looksWritten, noteLook } from './access-log.ts';
import { askCorrection, decideCorrection, withdrawCorrection } from './commands/correct-record.ts';
import { askPrivacy, decidePrivacy, endPrivacyRequest } from './commands/privacy-requests.ts';
import { correctionsUndone, correctionsWaitingFor } from './queries/corrections.ts';
import { findPeople, personPage } from './queries/people.ts';
import { ownData, privacyDesk } from './queries/privacy.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => void (it = await town()));
afterAll(() => it.close());
beforeEach(() =>
	it.owner.query(
		`do $$ begin delete from people.access_log; delete from people.correction; delete from people.privacy_request; end $$`
	)
);

const TODAY = '2026-06-01';
const NOW = new Date('2026-06-01T03:00:00Z');
const officer = () => it.as('officer', ['people.correct', 'people.read'], '');
const guardian = () => it.as('trainer', ['people.privacy', 'people.read'], '');
const ask = (who: string, input: object) => it.does(it.as(who), askCorrection, input, { now: NOW });
const emailWrong = { field: 'email', proposed: 'ani@uji.go.id', evidence: 'Kartu pegawai' };

describe('who looked', () => {
	const look = (by: string, on: string, day = TODAY, exported = false) =>
		noteLook({ actor: it.as(by), personId: it.who(on), day, at: NOW, exported }, it.db);
	const looks = async (whose: string) => {
		await looksWritten();
		return (await it.sees((db) => ownData(db, it.as(whose), it.who(whose)))).looks;
	};
	test('is one line a viewer and day however often they look, and nobody for oneself', async () => {
		for (let times = 0; times < 5; times++) look('kasi', 'ani');
		look('officer', 'ani');
		look('ani', 'ani');
		expect((await looks('ani')).map(({ viewer }) => viewer).sort()).toEqual(['kasi', 'officer']);
		look('kasi', 'ani', '2026-06-02');
		expect(await looks('ani')).toHaveLength(3);
	});
	test('is one line still when another process has written it already', async () => {
		look('kasi', 'budi', '2026-06-03');
		await looksWritten();
		// The day before makes this process forget what it noted.
		look('camat', 'budi', '2026-06-04');
		look('kasi', 'budi', '2026-06-03');
		expect((await looks('budi')).filter(({ on }) => on === '2026-06-03')).toHaveLength(1);
	});
	test('says that a copy was taken, also after a mere look', async () => {
		look('kasi', 'citra');
		await looksWritten();
		look('kasi', 'citra', TODAY, true);
		expect(await looks('citra')).toMatchObject([{ viewer: 'kasi', exported: true }]);
	});
});

describe('a correction', () => {
	test('waits for the verifier of the unit, is written when approved, and its undoing is seen', async () => {
		const { correctionId } = await ask('ani', emailWrong);
		expect((await it.sees((db) => correctionsWaitingFor(db, officer()))).map(({ id }) => id)).toEqual([
			correctionId
		]);
		const elsewhere = it.as('stranger', ['people.correct'], 'kota.plaju');
		expect(await it.sees((db) => correctionsWaitingFor(db, elsewhere))).toEqual([]);
		const decision = { correctionId, decision: 'approved', answer: 'Sesuai bukti' };
		await expect(it.does(elsewhere, decideCorrection, decision)).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(officer(), decideCorrection, decision, { now: NOW });
		const data = await it.sees((db) => ownData(db, it.as('ani'), it.who('ani')));
		expect(data.record.email).toBe('ani@uji.go.id');
		expect(data.corrections[0]).toMatchObject({
			status: 'approved',
			decidedBy: 'officer',
			answer: 'Sesuai bukti'
		});
		expect(await it.sees((db) => correctionsUndone(db, officer()))).toEqual([]);
		await it.owner.query(
			`update people.person set email = 'lama@uji.go.id' where agency_id = $1 and id = $2`,
			[it.agencyId, it.who('ani')]
		);
		expect(await it.sees((db) => correctionsUndone(db, officer()))).toMatchObject([
			{ proposed: 'ani@uji.go.id', now: 'lama@uji.go.id' }
		]);
		await expect(it.does(officer(), decideCorrection, decision)).rejects.toMatchObject({
			code: 'people.correction.decided',
			params: { who: 'officer' }
		});
	});
	test('writes each field that can be corrected, a grade with its day', async () => {
		for (const [field, proposed] of [
			['name', 'Budi Baru'],
			['back_title', 'S.E.'],
			['birth_date', '1990-02-03'],
			['education_level', 'S1'],
			['grade', 'iii/b'],
			['post_title', 'Analis'],
			['other', 'Foto saya salah']
		]) {
			const { correctionId } = await ask('budi', { field, proposed, evidence: 'SK' + ' 1' });
			await it.does(
				officer(),
				decideCorrection,
				{ correctionId, decision: 'approved', answer: 'Cocok' },
				{ now: NOW }
			);
		}
		const { record } = await it.sees((db) => ownData(db, it.as('budi'), it.who('budi')));
		expect(record).toMatchObject({
			name: 'Budi Baru, S.E.',
			birthDate: '1990-02-03',
			grade: 'III/b',
			education: 'S1'
		});
		const page = await it.sees((db) => personPage(db, officer(), it.who('budi'), TODAY));
		expect(page.person.title).toBe('Analis');
		expect(page.career).toEqual(
			expect.arrayContaining([expect.objectContaining({ kind: 'grade', text: 'III/b', from: '2026-06-01' })])
		);
	});
	test('is not decided by oneself, not asked twice, and taken back only by who asked', async () => {
		const mine = await it.does(officer(), askCorrection, emailWrong, { now: NOW });
		await expect(
			it.does(officer(), decideCorrection, {
				correctionId: mine.correctionId,
				decision: 'approved',
				answer: 'Saya'
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.does(officer(), askCorrection, emailWrong)).rejects.toMatchObject({
			code: 'people.correction.already'
		});
		await expect(it.does(it.as('ani'), withdrawCorrection, mine)).rejects.toMatchObject({ kind: 'missing' });
		await it.does(officer(), withdrawCorrection, mine);
		await it.does(officer(), askCorrection, emailWrong);
	});
	test.each([
		['birth_date', '31-02-1990', 'kernel.field.date'],
		['grade', '3c', 'people.standing.noGrade'],
		['email', 'bukan surel', 'kernel.field.invalid']
	])('of %s is refused when it can not be: %s', async (field, proposed, code) => {
		await expect(ask('ani', { field, proposed, evidence: 'Bukti' })).rejects.toMatchObject({
			issues: [{ code }]
		});
	});
});

describe('a restriction', () => {
	test('hides a person from whom duty does not need, until it is lifted', async () => {
		const reader = it.as('stranger', ['people.read'], '');
		const found = async (by = reader) =>
			(await it.sees((db) => findPeople(db, by, { search: 'citra', unitId: null, size: 10, offset: 0 })))
				.total;
		const open = (by = reader) => it.sees((db) => personPage(db, by, it.who('citra'), TODAY));
		const { requestId } = await it.does(it.as('citra'), askPrivacy, {
			kind: 'restrict',
			reason: 'Data saya keliru'
		});
		expect(await found()).toBe(1);
		const decision = { requestId, decision: 'granted', answer: 'Sampai data diperbaiki' };
		await expect(it.does(officer(), decidePrivacy, decision)).rejects.toMatchObject({ kind: 'forbidden' });
		await it.does(guardian(), decidePrivacy, decision);
		expect([
			await found(),
			await found(officer()),
			await found(guardian()),
			await found(it.as('kasi')),
			await found(it.as('citra'))
		]).toEqual([0, 1, 1, 1, 1]);
		await expect(open()).rejects.toMatchObject({ kind: 'missing' });
		await open(it.as('kasi'));
		await it.does(it.as('citra'), endPrivacyRequest, { requestId });
		expect(await found()).toBe(1);
	});
	test('of oneself is decided by somebody else, and the desk is closed to others', async () => {
		const { requestId } = await it.does(guardian(), askPrivacy, { kind: 'object', reason: 'Tidak setuju' });
		await expect(
			it.does(guardian(), decidePrivacy, { requestId, decision: 'granted', answer: 'Saya' })
		).rejects.toMatchObject({ kind: 'forbidden' });
		expect(
			await it.sees((db) => privacyDesk(db, guardian(), { search: '', size: 10, offset: 0 }))
		).toMatchObject({
			waiting: [{ id: requestId, own: true }]
		});
		await expect(
			it.sees((db) => privacyDesk(db, officer(), { search: '', size: 10, offset: 0 }))
		).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('a copy of one’s own data', () => {
	test('has every room in it, also as rows, and is nobody else’s', async () => {
		const data = await it.sees((db) => everythingAbout(db, it.as('ani'), it.who('ani'), NOW));
		expect(Object.keys(data)).toEqual([
			'madeAt',
			'people',
			'notices',
			'needs',
			'wishes',
			'classes',
			'attendance',
			'learning',
			'credentials',
			'devices',
			'followup',
			'evaluations',
			'figures'
		]);
		expect(data.people.record.nip).toBe(it.nip('ani'));
		expect(asRows(data)).toEqual(expect.arrayContaining([['people', 'record.nip', it.nip('ani')]]));
		await expect(it.sees((db) => everythingAbout(db, officer(), it.who('ani'), NOW))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
