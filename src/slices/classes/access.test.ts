import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import {
	canAskMark,
	canCheckIn,
	canDecide,
	canDecideMark,
	canManage,
	canMark,
	canNominate,
	canRequest,
	canSee,
	canSeeParticipant,
	canWithdraw
} from './access.ts';

const actor = (personId: string | null, unitPath: string, ...abilities: Ability[]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: 'X',
	unitPath,
	hat: null,
	grants: abilities.map((ability) => ({ ability, unitPath }))
});

const office = actor('office', '', 'classes.read', 'classes.manage');
const camat = actor('camat', 'kota.marelan', 'classes.read', 'classes.approveTeam');
const kasi = actor('kasi', 'kota.marelan.pelayanan');
const clerk = actor('clerk', 'kota.marelan.pelayanan');
const stranger = actor('stranger', 'kota.plaju', 'classes.read', 'classes.approveTeam');
const trainer = actor('trainer', 'kota.bkpsdm', 'classes.teach');
const system = actor(null, '');

const seat = { personId: 'clerk', unitPath: 'kota.marelan.pelayanan', supervisorId: 'kasi' };
const gone = { personId: 'clerk', unitPath: null, supervisorId: null };

test.each([
	['office', office, true],
	['camat', camat, true],
	['kasi', kasi, true],
	['clerk', clerk, false],
	['stranger', stranger, false],
	['trainer', trainer, false]
] as const)('%s decides the request of the clerk: %s', (_who, who, may) => {
	expect(canDecide(who, seat)).toBe(may);
});

test('nobody decides for themselves, not even the head of the office', () => {
	expect(canDecide(office, { ...seat, personId: 'office' })).toBe(false);
	expect(canDecide(camat, { ...seat, personId: 'camat', supervisorId: 'camat' })).toBe(false);
	expect(canNominate(kasi, { ...seat, personId: 'kasi' })).toBe(false);
});

test('one asks for oneself; a supervisor sends the own team', () => {
	expect(canRequest(clerk, seat)).toBe(true);
	expect(canRequest(kasi, seat)).toBe(false);
	expect(canNominate(kasi, seat)).toBe(true);
	expect(canNominate(office, seat)).toBe(false);
	expect(canNominate(stranger, seat)).toBe(false);
});

test('a seat is given back by its holder, the supervisor or the office', () => {
	expect([clerk, kasi, camat, office].map((who) => canWithdraw(who, seat))).toEqual([true, true, true, true]);
	expect([stranger, trainer].map((who) => canWithdraw(who, seat))).toEqual([false, false]);
});

test('an account without a person is nobody’s supervisor', () => {
	expect(canDecide(system, gone)).toBe(false);
	expect(canSeeParticipant(system, gone, false)).toBe(false);
	expect(canSeeParticipant(system, gone, true)).toBe(false);
});

test('the sheet is for who teaches the session, another facilitator of the class, or the office', () => {
	const own = { facilitatorId: 'trainer', teachesClass: true };
	expect(canMark(trainer, own)).toBe(true);
	expect(canMark(trainer, { facilitatorId: 'other', teachesClass: true })).toBe(true);
	expect(canMark(trainer, { facilitatorId: 'other', teachesClass: false })).toBe(false);
	expect(canMark(kasi, { facilitatorId: null, teachesClass: false })).toBe(false);
	expect(canMark(office, { facilitatorId: null, teachesClass: false })).toBe(true);
});

test('a class still being planned is seen by who reads classes, teaches it or takes part', () => {
	const planned = { status: 'planned', mine: false, teaching: false } as const;
	expect(canSee(clerk, planned)).toBe(false);
	expect(canSee(clerk, { ...planned, mine: true })).toBe(true);
	expect(canSee(trainer, { ...planned, teaching: true })).toBe(true);
	expect(canSee(camat, planned)).toBe(true);
	expect(canSee(clerk, { ...planned, status: 'open' })).toBe(true);
});

test('participants are seen in one’s own reach only', () => {
	expect(canSeeParticipant(clerk, seat, false)).toBe(true);
	expect(canSeeParticipant(kasi, seat, false)).toBe(true);
	expect(canSeeParticipant(camat, seat, false)).toBe(true);
	expect(canSeeParticipant(stranger, seat, false)).toBe(false);
	expect(canSeeParticipant(trainer, seat, true)).toBe(true);
	expect(canSeeParticipant(camat, gone, false)).toBe(false);
	expect(canSeeParticipant(office, gone, false)).toBe(true);
});

test('only the training office manages classes', () => {
	expect([office, camat, kasi, trainer].map(canManage)).toEqual([true, false, false, false]);
});

const session = { facilitatorId: 'trainer', teachesClass: false };

test('one asks about one’s own mark, who fills the sheet about anybody’s', () => {
	expect(canAskMark(clerk, session, 'clerk')).toBe(true);
	expect(canAskMark(clerk, session, 'kasi')).toBe(false);
	expect(canAskMark(trainer, session, 'clerk')).toBe(true);
});

test('somebody else decides about a mark: not whom it is about, nor the facilitator who asked', () => {
	const asked = { personId: 'clerk', askedBy: 'clerk' };
	expect(canDecideMark(trainer, session, asked)).toBe(true);
	expect(canDecideMark(trainer, session, { ...asked, askedBy: 'trainer' })).toBe(false);
	expect(canDecideMark(trainer, session, { personId: 'trainer', askedBy: 'trainer' })).toBe(false);
	expect(canDecideMark(office, session, { ...asked, askedBy: 'office' })).toBe(true);
	expect(canDecideMark(office, session, { ...asked, personId: 'office' })).toBe(false);
	expect(canDecideMark(kasi, session, asked)).toBe(false);
});

test('nobody without a personnel record checks in', () => {
	expect(canCheckIn(clerk)).toBe(true);
	expect(canCheckIn(system)).toBe(false);
});
