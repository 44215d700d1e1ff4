import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canAudit, canFreeze, canRead, canTrace } from './access.ts';

const actor = (...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId: 'x',
	name: 'X',
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const office = actor(['reports.read', ''], ['reports.trace', ''], ['agency.audit', '']);
const camat = actor(['reports.read', 'kota.marelan'], ['reports.trace', 'kota.marelan']);
const kasi = actor(['reports.read', 'kota.marelan.pelayanan']);
const clerk = actor();

test.each([
	['the training office', office, { read: true, trace: true, freeze: true, audit: true }],
	['a unit head', camat, { read: true, trace: true, freeze: false, audit: false }],
	['a supervisor', kasi, { read: true, trace: false, freeze: false, audit: false }],
	['an employee', clerk, { read: false, trace: false, freeze: false, audit: false }]
])('%s reads, traces, freezes, audits: %o', (_who, who, may) => {
	expect({ read: canRead(who), trace: canTrace(who), freeze: canFreeze(who), audit: canAudit(who) }).toEqual(
		may
	);
});

test('the audit trail of one unit does not exist: it opens for the whole agency or not at all', () => {
	expect(canAudit(actor(['agency.audit', 'kota.marelan']))).toBe(false);
});
