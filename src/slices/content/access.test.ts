import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canEdit, canRead } from './access.ts';

const actor = (...abilities: Ability[]): Actor => ({
	agencyId: 'a',
	accountId: 'u',
	personId: 'p',
	name: 'Budi',
	unitPath: '1',
	hat: null,
	grants: abilities.map((ability) => ({ ability, unitPath: '1.4' }))
});

test.each([
	['a facilitator of any unit writes and reads material', actor('content.edit'), true, true],
	['who reads programs reads material but does not write it', actor('programs.read'), false, true],
	['an employee without abilities comes to neither', actor(), false, false]
])('%s', (_, who, edits, reads) => {
	expect([canEdit(who), canRead(who)]).toEqual([edits, reads]);
});
