import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { canAdvise, canEdit, canPutInForce, canRead, linkHolder, linkIdOf } from './access.ts';

const actor = (...grants: Actor['grants'][number][]): Actor => ({
	agencyId: 'a',
	accountId: 'u',
	personId: 'p',
	name: 'Siti',
	unitPath: '1.2',
	hat: null,
	grants
});

describe('programs belong to the whole agency', () => {
	test.each([
		[
			'reads with the ability in any unit',
			canRead,
			actor({ ability: 'programs.read', unitPath: '1.2' }),
			true
		],
		['does not read without it', canRead, actor({ ability: 'content.edit', unitPath: '' }), false],
		['edits with the ability everywhere', canEdit, actor({ ability: 'programs.edit', unitPath: '' }), true],
		[
			'does not edit with it in one unit',
			canEdit,
			actor({ ability: 'programs.edit', unitPath: '1.2' }),
			false
		],
		[
			'puts in force with the ability everywhere',
			canPutInForce,
			actor({ ability: 'programs.approve', unitPath: '' }),
			true
		],
		[
			'does not put in force by editing alone',
			canPutInForce,
			actor({ ability: 'programs.edit', unitPath: '' }),
			false
		]
	])('who %s', (_, may, who, answer) => {
		expect(may(who)).toBe(answer);
	});
});

describe('the holder of a link', () => {
	const holder = linkHolder({ id: 'l1', agencyId: 'a', holder: 'Dr. Rina' });
	test('advises on their own link only and may nothing else', () => {
		expect(linkIdOf(holder)).toBe('l1');
		expect(canAdvise(holder, { id: 'l1' })).toBe(true);
		expect(canAdvise(holder, { id: 'l2' })).toBe(false);
		expect(canAdvise(holder, undefined)).toBe(false);
		expect([canRead(holder), canEdit(holder), canPutInForce(holder)]).toEqual([false, false, false]);
	});
	test('nobody with an account is the holder of a link', () => {
		expect(canAdvise(actor({ ability: 'programs.edit', unitPath: '' }), { id: 'u' })).toBe(false);
	});
});
