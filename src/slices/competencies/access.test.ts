import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { canEditStandards } from './access.ts';

const actor = (grants: Actor['grants']): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId: 'p',
	name: 'Orang',
	unitPath: 'kota',
	hat: null,
	grants
});

describe('standards', () => {
	test.each([
		['the whole agency', [{ ability: 'competencies.edit', unitPath: '' }], true],
		['one unit only', [{ ability: 'competencies.edit', unitPath: 'kota.dinas' }], false],
		['reading only', [{ ability: 'competencies.read', unitPath: '' }], false],
		['nothing', [], false]
	] as const)('whoever may edit %s changes them: %s', (_, grants, allowed) => {
		expect(canEditStandards(actor(grants))).toBe(allowed);
	});
});
