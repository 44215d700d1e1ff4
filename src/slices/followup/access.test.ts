import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canDecide, canSee, canWrite, decidesForTeam, seesBoard } from './access.ts';

const actor = (personId: string | null, ...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: personId ?? 'machine',
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const ani = actor('ani');
const kasi = actor('kasi');
const camat = actor('camat', ['followup.approveTeam', 'kota.marelan'], ['followup.read', 'kota.marelan']);
const reader = actor('reader', ['followup.read', 'kota.marelan']);
const office = actor('officer', ['followup.approveTeam', ''], ['followup.read', '']);
const stranger = actor('lurah', ['followup.approveTeam', 'kota.plaju'], ['followup.read', 'kota.plaju']);
const alike = actor('x', ['followup.approveTeam', 'kota.mar'], ['followup.read', 'kota.mar']);
const machine = actor(null);

const sent = {
	personId: 'ani',
	supervisorId: 'kasi',
	unitPath: 'kota.marelan.pelayanan',
	status: 'submitted'
} as const;

test.each([
	['its writer', ani, { write: true, decide: false, see: true }],
	['the supervisor it was sent to', kasi, { write: false, decide: true, see: true }],
	['the head of the unit above', camat, { write: false, decide: true, see: true }],
	['the training office', office, { write: false, decide: true, see: true }],
	['who may only read in the unit', reader, { write: false, decide: false, see: true }],
	['a colleague', actor('budi'), { write: false, decide: false, see: false }],
	['a head next door', stranger, { write: false, decide: false, see: false }],
	['a head of a unit whose name only begins alike', alike, { write: false, decide: false, see: false }],
	['a machine without a person', machine, { write: false, decide: false, see: false }]
])('%s writes, decides, sees a plan that was sent: %o', (_who, who, may) => {
	expect({ write: canWrite(who, sent), decide: canDecide(who, sent), see: canSee(who, sent) }).toEqual(may);
});

test('what nobody has sent yet is seen by its writer only', () => {
	const draft = { ...sent, supervisorId: null, status: 'draft' } as const;
	expect([ani, kasi, camat, reader, office].map((who) => canSee(who, draft))).toEqual([
		true,
		false,
		false,
		false,
		false
	]);
});

test('nobody decides their own plan, whatever they head', () => {
	const heads = actor('ani', ['followup.approveTeam', '']);
	expect(canDecide(heads, sent)).toBe(false);
	expect(canDecide(heads, { ...sent, supervisorId: 'ani' })).toBe(false);
});

test('a plan without a supervisor is not everybody’s who has no person either', () => {
	expect(canDecide(machine, { ...sent, supervisorId: null })).toBe(false);
});

test('of somebody who has left, the named supervisor and the whole agency still decide; the unit no more', () => {
	const gone = { ...sent, unitPath: '' };
	expect([kasi, office, camat].map((who) => canDecide(who, gone))).toEqual([true, true, false]);
});

test('the board opens for readers, the desk for those who decide for a unit', () => {
	expect([office, camat, reader, ani].map(seesBoard)).toEqual([true, true, true, false]);
	expect([office, camat, reader, ani].map(decidesForTeam)).toEqual([true, true, false, false]);
});
