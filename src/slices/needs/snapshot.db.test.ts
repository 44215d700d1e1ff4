import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { town } from '../../../tests/make/town.ts';
import { consolidateNeeds } from './server/commands/consolidate-needs.ts';
import { closeForum, decideInForum, openForum, putOnAgenda } from './server/commands/hold-forum.ts';
import { submitNeed, takeNeed } from './server/commands/propose-need.ts';
import { recordService, setPriorityRule } from './server/commands/record-need-sources.ts';
import { proposalSheet } from './server/queries/proposals.ts';

let it: Awaited<ReturnType<typeof town>>;
let camat: Actor;
let clerk: Actor;
const ids: Record<string, string> = {};
const now = new Date('2026-06-10T03:00:00Z');
const facts = { people: 3, form: 'training', quarter: 2, reason: 'Antrean di loket makin panjang' };
const does: typeof it.does = (actor, work, input) => it.does(actor, work, input, { now });
const survey = (third: number) =>
	does(camat, recordService, {
		unitId: it.unit.marelan,
		year: 2026,
		half: 0,
		respondents: 120,
		scores: [3.2, 3.1, third, 3.6, 3.1, 3.3, 3.4, 3.2, 3.1],
		source: 'Laporan SKM'
	});

beforeAll(async () => {
	it = await town();
	camat = it.as('camat', ['needs.propose', 'needs.read'], 'kota.marelan');
	clerk = it.as('budi', ['needs.propose'], 'kota.marelan');
	const officer = it.as('officer', ['needs.run', 'needs.read', 'needs.propose'], '');
	await it.owner.query(
		`insert into needs.service_band (agency_id, id, from_index, grade, weak, legal_basis, valid_from)
		select $1, gen_random_uuid(), b.* , 'uji', '2017-01-01' from (values (88.31, 'A', false), (76.61, 'B', false), (65, 'C', true), (25, 'D', true)) b`,
		[it.agencyId]
	);
	await survey(2.5);
	const subjects = { service: 'service:3', competency: `competency:${it.need.competencyId}` };
	for (const [kind, subject] of Object.entries(subjects)) {
		const need = { unitId: it.unit.marelan, campaignId: it.need.campaignId, subject, ...facts };
		const { proposalId } = await does(camat, takeNeed, need);
		await does(camat, submitNeed, { proposalId });
		ids[kind] = proposalId;
	}
	const proposalIds = Object.values(ids);
	await does(officer, consolidateNeeds, { proposalIds, step: 'verified' });
	const { forumId } = await does(officer, openForum, {
		title: 'FGD kebutuhan 2027',
		year: 2027,
		heldOn: '2026-06-10',
		place: 'Aula',
		chair: 'Kepala BKPSDM',
		participants: 'Ani, Bappeda'
	});
	await does(officer, putOnAgenda, { forumId, proposalIds });
	const items = proposalIds.map((proposalId) => ({ proposalId, outcome: 'accepted' as const }));
	await does(officer, decideInForum, { forumId, items });
	await does(officer, closeForum, { forumId, number: 'BA/2/2026' });
	// What came afterwards: another survey of the same period, another rule, other levels.
	await survey(3.9);
	await does(officer, setPriorityRule, {
		probability: 3,
		size: 3,
		importance: 3,
		reach: 3,
		goal: 3,
		sizeFull: 2,
		reachFull: 10,
		validFrom: '2026-06-11',
		reason: 'Bobot baru'
	});
	await it.owner.query('update needs.gap set supervisor_level = 3');
});
afterAll(() => it.close());

const frozen = async (actor: Actor, kind: string) =>
	(await it.sees((db) => proposalSheet(db, actor, ids[kind] ?? ''))).snapshot;

test('an accepted need of a service still shows the survey that it came from', async () => {
	const snapshot = await frozen(camat, 'service');
	expect(snapshot?.facts.service?.[0]).toMatchObject({ unit: 'Unit marelan', year: 2026 });
	expect(snapshot?.facts.service?.[0]?.scores[2]).toBe(2.5);
	expect(snapshot?.facts.rule?.weights.probability).toBe(1);
});
test('one of a competency still shows the levels of then', async () => {
	expect(await frozen(camat, 'competency')).toMatchObject({
		hidden: false,
		facts: { measured: { measured: 3, likely: 3, shortfall: 2 } }
	});
});
test('figures of fewer than five never reach whoever does not answer for them', async () => {
	const snapshot = await frozen(clerk, 'competency');
	expect(snapshot).toMatchObject({ hidden: true, facts: { measured: null } });
});
