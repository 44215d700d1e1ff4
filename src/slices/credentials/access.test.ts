import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import {
	canChangeClaim,
	canClaim,
	canIssue,
	canSeeCertificate,
	canSeeEvidence,
	canVerifyClaim,
	seesAll
} from './access.ts';

const actor = (personId: string | null, ...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: personId ?? 'machine',
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const office = actor('officer', ['credentials.issue', ''], ['credentials.read', '']);
const camat = actor('camat', ['credentials.read', 'kota.marelan']);
const clerk = actor('ani');
const anis = { personId: 'ani', unitPath: 'kota.marelan.pelayanan' };

test.each([
	['the training office', office, true],
	['somebody who may issue in one unit only', actor('x', ['credentials.issue', 'kota.marelan']), false],
	['a head who may read', camat, false],
	['the holder', clerk, false]
] as const)('%s issues, revokes and replaces: %s', (_who, who, may) => {
	expect(canIssue(who)).toBe(may);
});

test.each([
	['the holder', clerk, true],
	['the training office', office, true],
	['the head of the unit above', camat, true],
	['a colleague', actor('budi'), false],
	['a head next door', actor('lurah', ['credentials.read', 'kota.plaju']), false],
	['a head of a unit whose name only begins alike', actor('x', ['credentials.read', 'kota.mar']), false],
	['a machine without a person', actor(null), false]
] as const)('%s sees a certificate: %s', (_who, who, may) => {
	expect(canSeeCertificate(who, anis)).toBe(may);
});

test('of somebody who has left, only the holder and the whole agency see it', () => {
	const gone = { personId: 'ani', unitPath: '' };
	expect([clerk, office, camat].map((who) => canSeeCertificate(who, gone))).toEqual([true, true, false]);
});

test('everybody with a personnel record claims, and only for themselves', () => {
	expect(canClaim(clerk)).toBe(true);
	expect(canClaim(actor(null, ['credentials.issue', '']))).toBe(false);
});

test('claims are verified for the units one looks after, never one’s own', () => {
	const everywhere = actor('officer', ['credentials.verify', '']);
	const subbag = actor('admin', ['credentials.verify', 'kota.marelan']);
	const own = (personId: string) => ({ personId, unitPath: 'kota.marelan' });
	expect([everywhere, subbag, office, camat].map((who) => canVerifyClaim(who, anis))).toEqual([
		true,
		true,
		false,
		false
	]);
	expect([canVerifyClaim(everywhere, own('officer')), canVerifyClaim(subbag, own('admin'))]).toEqual([
		false,
		false
	]);
	expect(canVerifyClaim(subbag, { personId: 'budi', unitPath: 'kota.plaju' })).toBe(false);
	// Who has left sits nowhere: only the whole agency reaches them.
	expect(
		[everywhere, subbag].map((who) => canVerifyClaim(who, own('')) && canVerifyClaim(who, gone))
	).toEqual([true, false]);
});
const gone = { personId: 'ani', unitPath: '' };

test.each([
	['draft', true],
	['revise', true],
	['waiting', false],
	['counted', false],
	['rejected', false],
	['refused_overlap', false]
] as const)('one changes one’s own claim while it is a %s: %s; nobody else ever does', (status, may) => {
	expect(canChangeClaim(clerk, { personId: 'ani', status })).toBe(may);
	expect(canChangeClaim(office, { personId: 'ani', status })).toBe(false);
});

test('the proof is for its owner and whoever verifies', () => {
	const subbag = actor('admin', ['credentials.verify', 'kota.marelan']);
	expect([clerk, subbag, camat, actor('budi')].map((who) => canSeeEvidence(who, anis))).toEqual([
		true,
		true,
		false,
		false
	]);
});

test('the list of certificates opens for whoever reads any unit', () => {
	expect([office, camat, clerk].map(seesAll)).toEqual([true, true, false]);
});
