import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { EventName } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { kindOf, noticeFacts } from '#slices/notices/model.ts';
import { writeNotices } from '#slices/notices/public.server.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { town } from '../../../tests/make/town.ts';
import { NOTICE_SOURCES } from './notice-sources.ts';

let it: Awaited<ReturnType<typeof town>>;
const [planId, idpId, entryId, proposalId, forumId, needId, classId, certificateId, actionPlanId] =
	Array.from({ length: 9 }, () => newId());
const put = (statement: string, ...values: unknown[]) => it.owner.query(statement, [it.agencyId, ...values]);
const give = (role: string, who: string) =>
	put(
		`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, $4, $5, '2020-01-01', 'uji')`,
		newId(),
		it.who(who),
		role,
		it.unit.kota
	);

beforeAll(async () => {
	it = await town();
	await give('trainingAdmin', 'officer');
	await give('authorizedOfficial', 'trainer');
	await give('leadership', 'stranger');
	// A role over one unit alone, or one that has ended, makes nobody of the office.
	await put(
		`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, 'trainingAdmin', $4, '2020-01-01', 'uji')`,
		newId(),
		it.who('eko'),
		it.unit.pelayanan
	);
	await put(
		`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, valid_to, made_by) values ($1, $2, $3, 'trainingAdmin', $4, '2020-01-01', '2021-01-01', 'uji')`,
		newId(),
		it.who('fitri'),
		it.unit.kota
	);
	await put(
		`insert into plans.plan (agency_id, id, year, title, status, budget, created_by, created_at) values ($1, $2, 2027, 'Rencana 2027', 'submitted', 1, 'uji', now())`,
		planId
	);
	await put(
		`insert into plans.line (agency_id, id, plan_id, sort, program_id, unit_id, seats, learning_hours, cost, quarter, fund_source)
		values ($1, $2, $3, 1, $4, $5, 20, 20, 1, 1, 'own')`,
		newId(),
		planId,
		it.need.programId,
		it.unit.marelan
	);
	await put(
		`insert into plans.history (agency_id, id, plan_id, from_status, to_status, changed_by, at) values ($1, $2, $3, 'draft', 'submitted', $4, now())`,
		newId(),
		planId,
		it.who('officer')
	);
	await put(
		`insert into needs.idp (agency_id, id, person_id, year, status, created_at) values ($1, $2, $3, 2027, 'submitted', now())`,
		idpId,
		it.who('ani')
	);
	await put(
		`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, learning_hours, status, created_at)
		values ($1, $2, $3, 'external', 'KL06', 'Seminar', '2026-03-02', '2026-03-02', 2026, 4, 'waiting', now())`,
		entryId,
		it.who('ani')
	);
	await put(
		`insert into competencies.proposal (agency_id, id, unit_id, area, name, definition, levels, reason, status, proposed_by, proposed_at)
		values ($1, $2, $3, 'Uji', 'Teknis', 'Kemampuan teknis uji', '[]', 'Dibutuhkan loket', 'waiting', $4, now())`,
		proposalId,
		it.unit.pelayanan,
		it.who('kasi')
	);
	await put(
		`insert into needs.proposal (agency_id, id, unit_id, year, kind, topic, people, form, quarter, reason, status, created_by, created_at)
		values ($1, $2, $3, 2027, 'own', 'Bahasa isyarat', 3, 'KL03', 1, 'Dibutuhkan loket', 'discussed', $4, now())`,
		needId,
		it.unit.pelayanan,
		it.who('kasi')
	);
	await put(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'UJI', 'Kelas uji', $3, 'KL03', 'class', 'finished', 20, '2026-03-02', '2026-03-02', 'uji', now())`,
		classId,
		it.need.versionId
	);
	await put(
		`insert into credentials.certificate (agency_id, id, number, version, class_id, person_id, issued_on, status, verify_code, facts, status_position)
		values ($1, $2, '1/UJI/2026', 1, $3, $4, '2026-03-09', 'valid', '12345678', '{}', 1)`,
		certificateId,
		classId,
		it.who('ani')
	);
	await put(
		`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, supervisor_id, submitted_at, decided_at, created_at)
		values ($1, $2, $3, $4, 'Antrean pendek', 'submitted', $5, now(), now(), now())`,
		actionPlanId,
		classId,
		it.who('ani'),
		it.who('kasi')
	);
});
afterAll(() => it.close());

/** Whom such an event concerns now, as "ani planApproved". */
async function concerned(name: EventName, payload: object): Promise<string[]> {
	const source = NOTICE_SOURCES[name];
	if (source === undefined) throw new Error(`nobody says whom ${name} concerns`);
	const id = newId();
	await writing(
		it.agencyId,
		(tx) =>
			writeNotices(
				tx,
				sql`select ${id}::uuid as id, ${JSON.stringify(payload)}::jsonb as payload, now() as at`,
				source,
				sql`h.at`
			),
		it.db
	);
	const rows = await it.owner.query<{ name: string; kind: string; facts: unknown }>(
		`select p.name, n.kind, n.facts from notices.notice n join people.person p on p.agency_id = n.agency_id and p.id = n.person_id where n.event_id = $1 order by 1`,
		[id]
	);
	for (const { kind, facts } of rows.rows) {
		const known = kindOf(kind);
		if (known === null) throw new Error(`no such kind: ${kind}`);
		const { title, text } = noticeWords(known, noticeFacts(facts));
		expect(`${title} ${text}`).not.toMatch(/undefined|null|notices\.|\{/);
	}
	return rows.rows.map((row) => `${row.name} ${row.kind}`);
}

describe('whom an event concerns', () => {
	test.each(Object.keys(NOTICE_SOURCES))('%s of something that is not there: nobody', async (name) => {
		const [any] = Object.entries(NOTICE_SOURCES).filter(([key]) => key === name);
		const [id, gone] = [newId(), newId()];
		if (any?.[1] === undefined) throw new Error(name);
		const source = any[1];
		const payload = Object.fromEntries(
			'classId personId sessionId requestId changeId roomId closureId campaignId forumId planId idpId certificateId entryId actionPlanId proposalId findingId changeRequestId groupId'
				.split(' ')
				.map((key) => [key, gone])
		);
		const ids = await writing(
			it.agencyId,
			(tx) =>
				writeNotices(
					tx,
					sql`select ${id}::uuid as id, ${JSON.stringify(payload)}::jsonb as payload, now() as at`,
					source,
					sql`h.at`
				),
			it.db
		);
		expect(ids).toEqual([]);
	});

	test('the plan of a year: who approves, who decrees, whose units are in it', async () => {
		expect(await concerned('plans.submitted', { planId })).toEqual(['trainer yearPlanSubmitted']);
		await put(`update plans.plan set status = 'returned' where agency_id = $1 and id = $2`, planId);
		expect(await concerned('plans.returned', { planId })).toEqual(['officer yearPlanReturned']);
		await put(`update plans.plan set status = 'approved' where agency_id = $1 and id = $2`, planId);
		expect(await concerned('plans.approved', { planId })).toEqual(['stranger yearPlanApproved']);
		await put(
			`update plans.plan set status = 'decreed', decree_number = '1/2027', decree_date = '2027-01-02' where agency_id = $1 and id = $2`,
			planId
		);
		expect(await concerned('plans.decreed', { planId })).toEqual(['camat planDecreed']);
	});

	test('a development plan: the supervisor, then its person', async () => {
		expect(await concerned('needs.idpSubmitted', { idpId })).toEqual(['kasi idpSubmitted']);
		for (const [status, kind] of [
			['revise', 'idpReturned'],
			['declined', 'idpDeclined'],
			['agreed', 'idpAgreed']
		]) {
			await put(
				`update needs.idp set status = $3, decided_at = now() where agency_id = $1 and id = $2`,
				idpId,
				status
			);
			expect(await concerned('needs.idpDecided', { idpId })).toEqual([`ani ${kind}`]);
		}
	});

	test('hours from elsewhere, certificates and action plans: their person, and the supervisor who is waited for', async () => {
		expect(await concerned('credentials.claimDecided', { entryId })).toEqual([]);
		await put(
			`update credentials.jp_entry set status = 'rejected', reason = 'Bukti tidak terbaca', decided_at = now() where agency_id = $1 and id = $2`,
			entryId
		);
		expect(await concerned('credentials.claimDecided', { entryId })).toEqual(['ani claimRejected']);
		const payload = { certificateId, personId: it.who('ani') };
		expect(await concerned('credentials.issued', payload)).toEqual(['ani certificateIssued']);
		expect(await concerned('credentials.revoked', payload)).toEqual([]);
		expect(await concerned('followup.planSubmitted', { actionPlanId })).toEqual(['kasi planSubmitted']);
		expect(await concerned('followup.planApproved', { actionPlanId })).toEqual(['ani planApproved']);
		expect(await concerned('followup.checkedIn', { actionPlanId })).toEqual(['kasi checkedIn']);
		expect(await concerned('followup.supervisorChanged', { actionPlanId })).toEqual(['kasi planInherited']);
		await put(
			`update followup.action_plan set status = 'running', decided_at = now() where agency_id = $1 and id = $2`,
			actionPlanId
		);
		await put(
			`insert into followup.check_in_due (agency_id, action_plan_id, days, due_on) values ($1, $2, 30, '2026-06-01')`,
			actionPlanId
		);
		expect(await concerned('followup.checkInsDue', { on: '2026-06-01' })).toEqual(['ani checkInDue']);
		expect(await concerned('followup.checkInsDue', { on: '2026-06-02' })).toEqual([]);
		await put(
			`insert into followup.check_in (agency_id, id, action_plan_id, at, progress, note, obstacle) values ($1, $2, $3, '2026-05-20', 10, 'Macet', 'tools')`,
			newId(),
			actionPlanId
		);
		expect(await concerned('followup.obstaclesTold', { on: '2026-06-01' })).toEqual([
			'camat obstaclesNamed',
			'kasi obstaclesNamed'
		]);
		expect(await concerned('followup.obstaclesTold', { on: '2026-08-01' })).toEqual([]);
		const evaluationId = newId();
		await put(
			`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on) values ($1, $2, $3, $4, $5, '2026-06-01', '2026-06-21')`,
			evaluationId,
			classId,
			it.who('ani'),
			it.unit.pelayanan
		);
		await put(
			`insert into followup.rater (agency_id, evaluation_id, rater_id, role, asked_on) values ($1, $2, $3, 'supervisor', '2026-06-01')`,
			evaluationId,
			it.who('kasi')
		);
		expect(await concerned('followup.ratersAsked', { on: '2026-06-01' })).toEqual(['kasi evaluationAsked']);
		expect(await concerned('followup.ratersReminded', { on: '2026-06-01' })).toEqual([]);
		expect(await concerned('followup.ratersReplaced', { on: '2026-06-01' })).toEqual([]);
		await put(
			`update followup.rater set replaces_id = $2 where agency_id = $1 and evaluation_id = $3`,
			it.who('camat'),
			evaluationId
		);
		expect(await concerned('followup.ratersReplaced', { on: '2026-06-01' })).toEqual([
			'kasi evaluationAsked'
		]);
		expect(await concerned('followup.evaluated', { on: '2026-06-01' })).toEqual([]);
	});

	test('a competency that is proposed: the office, then who proposed it', async () => {
		expect(await concerned('competencies.proposed', { proposalId })).toEqual(['officer competencyProposed']);
		await put(
			`update competencies.proposal set status = 'declined', decided_at = now(), note = 'Sudah ada' where agency_id = $1 and id = $2`,
			proposalId
		);
		expect(await concerned('competencies.proposalDecided', { proposalId })).toEqual([
			'kasi competencyDeclined'
		]);
	});

	test('a need that is sent back: who proposed it and who handed it in, with the note', async () => {
		const step = (from: string, to: string, who: string, note: string) =>
			put(
				`insert into needs.proposal_step (agency_id, id, proposal_id, from_status, to_status, changed_by, by_name, at, note)
				values ($1, $2, $3, $4, $5, $6, 'uji', now(), $7)`,
				newId(),
				needId,
				from,
				to,
				it.who(who),
				note
			);
		expect(await concerned('needs.sentBack', { proposalId: needId })).toEqual([]);
		await step('draft', 'submitted', 'camat', '');
		await step('submitted', 'revise', 'officer', 'Sebutkan loketnya');
		await put(`update needs.proposal set status = 'revise' where agency_id = $1 and id = $2`, needId);
		expect(await concerned('needs.sentBack', { proposalId: needId })).toEqual([
			'camat needSentBack',
			'kasi needSentBack'
		]);
		await put(`update needs.proposal set status = 'discussed' where agency_id = $1 and id = $2`, needId);
	});

	test('needs in a forum: who proposed them, once for each outcome', async () => {
		await put(
			`insert into needs.forum (agency_id, id, year, title, held_on, place, chair, status, created_by, created_at) values ($1, $2, 2027, 'FGD', '2026-10-01', 'Aula', 'Camat', 'open', 'uji', now())`,
			forumId
		);
		await put(
			`insert into needs.forum_item (agency_id, forum_id, proposal_id, sort, outcome) values ($1, $2, $3, 1, 'deferred')`,
			forumId,
			needId
		);
		expect(await concerned('needs.decided', { forumId })).toEqual(['kasi needsDeferred']);
	});
});
