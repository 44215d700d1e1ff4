import { afterAll, beforeAll, expect, test } from 'vitest';
import { town } from '../../../tests/make/town.ts';
import { changeNeed, takeNeed } from './server/commands/propose-need.ts';
import { recordService } from './server/commands/record-need-sources.ts';
import { proposalSheet, proposalsFor, type ProposalFilter } from './server/queries/proposals.ts';
import { topicCodes } from './ui/need-words.ts';

let it: Awaited<ReturnType<typeof town>>;
const now = new Date('2026-06-10T03:00:00Z');
const facts = { people: 3, form: 'training', quarter: 2, reason: 'Antrean di loket makin panjang' };
beforeAll(async () => {
	it = await town();
	const camat = it.as('camat', ['needs.propose', 'needs.read'], 'kota.marelan');
	await it.owner.query(
		`insert into needs.service_band (agency_id, id, from_index, grade, weak, legal_basis, valid_from)
		select $1, gen_random_uuid(), b.* , 'uji', '2017-01-01' from (values (88.31, 'A', false), (76.61, 'B', false), (65, 'C', true), (25, 'D', true)) b`,
		[it.agencyId]
	);
	const scores = [3.2, 3.1, 2.5, 3.6, 3.1, 3.3, 3.4, 3.2, 3.1];
	const survey = {
		unitId: it.unit.marelan,
		year: 2026,
		half: 0,
		respondents: 120,
		scores,
		source: 'Laporan SKM'
	};
	await it.does(camat, recordService, survey, { now });
	for (const subject of ['service:3', `competency:${it.need.competencyId}`])
		await it.does(
			camat,
			takeNeed,
			{ unitId: it.unit.marelan, campaignId: it.need.campaignId, subject, ...facts },
			{ now }
		);
});
afterAll(() => it.close());

const listed = async (search: string, sort?: ProposalFilter['sort']) => {
	const filter = {
		year: 2027,
		status: null,
		unitId: null,
		search,
		codes: topicCodes(search),
		limit: 50,
		offset: 0,
		...(sort === undefined ? {} : { sort })
	};
	const officer = it.as('officer', ['needs.run', 'needs.read'], '');
	return (await it.sees((db) => proposalsFor(db, officer, filter))).proposals;
};
const found = async (search: string) => (await listed(search)).map(({ topic }) => topic);

test('a need that is stored under a code is found by its words, in whatever case', async () => {
	expect(topicCodes('WAKTU peny')).toEqual(['service3']);
	expect(await found('WAKTU peny')).toEqual(['service3']);
	expect(await found('u3')).toEqual(['service3']);
});
test('and never by the code itself', async () => {
	expect(await found('service')).toEqual([]);
});
test('others are found by topic and unit as before; nothing searched for finds all', async () => {
	expect(await found('marelan')).toHaveLength(2);
	expect(topicCodes('')).toEqual([]);
	expect(await found('')).toHaveLength(2);
});

test('the list is sorted as its address asks, what has no score last', async () => {
	for (const by of ['score', 'people', 'quarter'] as const)
		for (const descending of [true, false]) {
			const seen = (await listed('', { by, descending })).map(
				(need) => need[by] ?? (descending ? -Infinity : Infinity)
			);
			expect(seen.length).toBeGreaterThan(1);
			expect(seen).toEqual(seen.toSorted((a, b) => (descending ? b - a : a - b)));
		}
});

test('one that asks for more people than work there says how many do', async () => {
	const camat = it.as('camat', ['needs.propose', 'needs.read'], 'kota.marelan');
	const [need] = await listed('U3');
	const proposalId = need?.id ?? '';
	const sheet = () => it.sees((db) => proposalSheet(db, camat, proposalId));
	expect((await sheet()).fewer).toBeNull();
	await it.does(camat, changeNeed, { ...facts, proposalId, people: 999 }, { now });
	expect((await sheet()).fewer).toBe(8);
});
