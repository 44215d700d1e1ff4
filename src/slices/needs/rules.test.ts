import { describe, expect, test } from 'vitest';
import { CAMPAIGN_STATUSES, NEXT, type CampaignStatus } from './model.ts';
import { answersRefused, closing, opening, takeAnswer } from './rules.ts';

const campaign = (status: CampaignStatus) => ({
	status,
	name: 'AKPK 2027',
	opensOn: '2026-03-01',
	closesOn: '2026-05-31'
});

describe('a campaign', () => {
	test.each(CAMPAIGN_STATUSES)('that is %s opens and closes only as the table of statuses says', (status) => {
		const tried = (act: () => unknown) => {
			try {
				act();
				return true;
			} catch {
				return false;
			}
		};
		expect(tried(() => opening(campaign(status), null, '2026-03-01'))).toBe(NEXT[status].includes('open'));
		expect(tried(() => closing(campaign(status)))).toBe(NEXT[status].includes('closed'));
	});

	test('may be opened before its first day, but not after its last', () => {
		expect(opening(campaign('draft'), null, '2026-02-01')).toEqual({ status: 'open' });
		expect(opening(campaign('draft'), null, '2026-05-31')).toEqual({ status: 'open' });
		expect(() => opening(campaign('draft'), null, '2026-06-01')).toThrow('needs.campaign.over');
	});

	test('waits while another one is open, and names it', () => {
		expect(() => opening(campaign('draft'), { name: 'AKPK 2026' }, '2026-03-01')).toThrow(
			expect.objectContaining({ code: 'needs.campaign.otherOpen', params: { other: 'AKPK 2026' } })
		);
	});
});

describe('an answer', () => {
	test.each([
		['draft', '2026-03-10', 'needs.rate.notOpen'],
		['open', '2026-02-28', 'needs.rate.notYet'],
		['open', '2026-03-01', null],
		['open', '2026-05-31', null],
		['open', '2026-06-01', 'needs.rate.over'],
		['closed', '2026-03-10', 'needs.rate.closed']
	] as const)('to a campaign that is %s, on %s: %s', (status, on, code) => {
		expect(answersRefused(campaign(status), on)?.code ?? null).toBe(code);
		if (code === null) expect(() => takeAnswer(campaign(status), on)).not.toThrow();
		else expect(() => takeAnswer(campaign(status), on)).toThrow(code);
	});
});
