import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Db } from '#platform/db/db.ts';
import { proposalById, proposalsFor } from '#slices/competencies/server/queries/proposals.ts';
import { canVerifyClaim, hasClaimsToVerify } from '#slices/credentials/access.ts';
import { certificateFor, certificatesIn } from '#slices/credentials/server/queries/certificates.ts';
import { claimsToVerify } from '#slices/credentials/server/queries/claims.ts';
import { findingById, findingList } from '#slices/evaluation/server/finding-list.ts';
import { focusGroup, focusGroups } from '#slices/evaluation/server/focus-groups.ts';
import { classResults, evaluatedClasses } from '#slices/evaluation/server/results.ts';
import { board, plansWaitingFor, planSheet } from '#slices/followup/server/queries.ts';
import { canSee as canSeeWish } from '#slices/growth/access.ts';
import { wishesIn } from '#slices/growth/server/queries.ts';
import { studiesFor, studyById } from '#slices/impact/server/queries/studies.ts';
import { classProgress, taughtClasses } from '#slices/learning/server/progress.ts';
import { canRateTeamMember } from '#slices/needs/access.ts';
import { teamOf } from '#slices/needs/server/queries/answers.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { ORDER } from '#slices/order.ts';
import { anyGrants } from '../make/tree.ts';
import { town } from '../make/town.ts';
import { sources } from './tree.ts';

/**
 * Who can open a thing finds it in a list, and whoever finds it can open it: for every room whose lists are cut to the
 * actor in SQL while its sheets ask a predicate. Orang, Kelas and Surat prove the same beside their own SQL twins. What is
 * one's own stands on one's own page, so it is left out here.
 */
const NAMES = ['officer', 'trainer', 'camat', 'kasi', 'stranger', 'ani', 'budi', 'citra'];
const PATHS = ['kota', 'kota.bkpsdm', 'kota.marelan', 'kota.marelan.pelayanan', 'kota.plaju'];
const PLAN_STATUSES = ['draft', 'submitted', 'returned', 'approved', 'running', 'done'];
const TODAY = '2026-06-01';
const NOW = new Date('2026-06-01T03:00:00Z');
const LIST = { size: 200, offset: 0 };

let it: Awaited<ReturnType<typeof town>>;
const classes = { trainers: newId(), coachs: newId() };
const certificates = new Map<string, string>();
const plans = new Map<string, string>();
const claims = new Map<string, string>();
const studies: string[] = [];
const proposals = new Map<string, string>();
const groups: string[] = [];
const findings: string[] = [];

beforeAll(async () => {
	it = await town();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	for (const [key, id] of Object.entries(classes)) {
		await put(
			`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
			values ($1, $2, $3, 'Kelas', $4, 'KL03', 'class', 'finished', 20, '2026-03-02', '2026-03-02', 'uji', now())`,
			id,
			key,
			it.need.versionId
		);
		await put(
			`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
			values ($1, $2, $3, 1, 'Antrean', 'class', '2026-03-02 08:00+07', '2026-03-02 10:00+07', $4, 2)`,
			newId(),
			id,
			it.who(key === 'trainers' ? 'trainer' : 'coach')
		);
	}
	for (const [at, name] of NAMES.entries()) {
		const [certificateId, planId, claimId] = [newId(), newId(), newId()];
		claims.set(claimId, it.who(name));
		await put(
			`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, learning_hours, status, created_at)
			values ($1, $2, $3, 'external', 'KL06', 'Seminar', '2026-03-02', '2026-03-02', 2026, 4, 'waiting', now())`,
			claimId,
			it.who(name)
		);
		certificates.set(certificateId, it.who(name));
		plans.set(planId, it.who(name));
		await put(
			`insert into credentials.certificate (agency_id, id, number, version, class_id, person_id, issued_on, status, verify_code, facts, status_position)
			values ($1, $2, $3, 1, $4, $5, '2026-03-09', 'valid', $3, $6, split_part($3, '/', 1)::int)`,
			certificateId,
			`${at}/PPP/UJI/2026`,
			classes.trainers,
			it.who(name),
			JSON.stringify(FACTS)
		);
		const status = PLAN_STATUSES[at % PLAN_STATUSES.length];
		await put(
			`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, supervisor_id, submitted_at, decided_at, created_at)
			values ($1, $2, $3, $4, 'Antrean pendek', $5, (select supervisor_id from people.staff where agency_id = $1 and person_id = $4), now(), now(), now())`,
			planId,
			classes.trainers,
			it.who(name),
			status
		);
		await put(
			`insert into growth.wish (agency_id, id, person_id, program_id, status, at) values ($1, $2, $3, $4, 'wished', now())`,
			newId(),
			it.who(name),
			it.need.programId
		);
	}
	const indicatorId = newId();
	await put(
		`insert into impact.indicator (agency_id, id, code, name, unit_of_measure, better, source) values ($1, $2, 'ANTRE', 'Waktu tunggu', 'menit', 'lower', 'uji')`,
		indicatorId
	);
	for (const [frozen, units] of [
		[true, ['pelayanan', 'plaju']],
		[true, ['bkpsdm']],
		[false, ['pelayanan', 'plaju']]
	] as const) {
		const studyId = newId();
		studies.push(studyId);
		await put(
			`insert into impact.study (agency_id, id, indicator_id, program_id, question, design, planned_before, created_by, created_at)
			values ($1, $2, $3, $4, 'Lebih cepat?', 'lottery', true, 'uji', now())`,
			studyId,
			indicatorId,
			it.need.programId
		);
		for (const unit of units)
			await put(
				`insert into impact.study_unit (agency_id, study_id, unit_id, treated) values ($1, $2, $3, false)`,
				studyId,
				it.unit[unit]
			);
		if (frozen)
			await put('update impact.study set frozen_at = now() where agency_id = $1 and id = $2', studyId);
	}
	for (const [name, unit] of [
		['ani', 'pelayanan'],
		['kasi', 'marelan'],
		['stranger', 'plaju']
	] as const) {
		const proposalId = newId();
		proposals.set(proposalId, it.who(name));
		await put(
			`insert into competencies.proposal (agency_id, id, unit_id, area, name, definition, levels, reason, status, proposed_by, proposed_at)
			values ($1, $2, $3, 'Uji', 'Teknis', 'Kemampuan teknis uji', '[]', 'Dibutuhkan loket', 'waiting', $4, now())`,
			proposalId,
			it.unit[unit],
			it.who(name)
		);
	}
	for (const [madeBy, facilitator, classId] of [
		['officer', 'coach', null],
		['trainer', null, classes.trainers],
		['officer', null, classes.coachs]
	] as const) {
		const [groupId, findingId] = [newId(), newId()];
		groups.push(groupId);
		findings.push(findingId);
		await put(
			`insert into evaluation.focus_group (agency_id, id, version_id, class_id, title, held_on, people, questions, facilitator_id, made_by, made_at)
			values ($1, $2, $3, $4, 'Kelompok', '2026-04-01', 8, '{Apa}', $5, $6, now())`,
			groupId,
			it.need.versionId,
			classId,
			facilitator === null ? null : it.who(facilitator),
			it.who(madeBy)
		);
		await put(
			`insert into evaluation.finding (agency_id, id, class_id, version_id, statement, severity, owner_id, written_at)
			values ($1, $2, $3, $4, 'Latihan terlalu jauh', 'low', $5, now())`,
			findingId,
			classId,
			it.need.versionId,
			it.who(madeBy)
		);
	}
	// Somebody has left since: their papers stay, and only who reads the whole agency still has a way to them.
	await put('update people.person set active = false where agency_id = $1 and id = $2', it.who('citra'));
});
afterAll(() => it.close());

const FACTS = {
	agency: { name: 'Kota Uji', office: 'BKPSDM', code: 'uji' },
	recipient: { name: 'Uji', nip: null, post: '-', unit: '-' },
	programme: { name: 'PPP', form: 'KL03', from: TODAY, to: TODAY, place: 'Aula', hours: 20, modules: [] },
	signatory: { name: 'Uji', post: '-', rank: null, nip: null },
	issued: { place: 'Uji', on: TODAY }
};

/** Any of these people with any grants of the room's abilities, or an account without a person. */
const actors = (abilities: readonly Ability[], names: readonly string[]) =>
	fc
		.record({ name: fc.constantFrom(...names), grants: anyGrants(abilities), nobody: fc.boolean() })
		.map(({ name, grants, nobody }): Actor => ({
			...it.as(name),
			grants: grants(PATHS),
			...(nobody ? { personId: null } : {})
		}));

/** Those that open without a refusal. */
async function opened(ids: Iterable<string>, open: (id: string) => Promise<unknown>): Promise<string[]> {
	const found: string[] = [];
	for (const id of ids) {
		const refusal = await open(id).then(
			() => null,
			(error: unknown) => error
		);
		if (refusal === null) found.push(id);
		else expect(refusal).toSatisfy((error) => error instanceof AppError && error.kind === 'missing');
	}
	return found;
}

/** The property, for a room: what is listed is what opens. */
async function agrees(
	abilities: readonly Ability[],
	room: (db: Db, actor: Actor) => Promise<{ listed: readonly string[]; opens: readonly string[] }>,
	names: readonly string[] = NAMES
): Promise<void> {
	let some = 0;
	await fc.assert(
		fc.asyncProperty(actors(abilities, names), async (actor) => {
			const { listed, opens } = await it.sees((db) => room(db, actor));
			if (opens.length > 0) some += 1;
			expect([...new Set(listed)].toSorted()).toEqual(opens.toSorted());
		}),
		{ numRuns: 60 }
	);
	expect(some).toBeGreaterThan(0);
}

const notOwn = (things: ReadonlyMap<string, string>, actor: Actor) => (id: string) =>
	things.get(id) !== actor.personId;

describe('the comparison', () => {
	test('catches a list that shows too much, and one that shows too little', async () => {
		for (const listed of [[...certificates.keys()], []])
			await expect(
				agrees(['credentials.read'], async (db, actor) => ({
					listed,
					opens: await opened(certificates.keys(), (id) => certificateFor(db, actor, id))
				}))
			).rejects.toThrow('Property failed');
	});
	test('leaves no room out whose lists are cut in SQL', () => {
		const beside = ['people', 'classes', 'papers'];
		// Its figures by unit and their people ask one and the same SQL, no predicate.
		const withoutPredicate = ['reports'];
		const own = sources('tests/house', /lists\.db\.test\.ts$/)[0]?.text ?? '';
		const cut = ORDER.filter((room) =>
			sources(`src/slices/${room}/server`, /\.ts$/).some(({ text }) => /\binScope\(|SQL twin/.test(text))
		);
		expect(cut.length).toBeGreaterThan(6);
		expect(
			cut.filter(
				(room) =>
					![...beside, ...withoutPredicate].includes(room) &&
					!own.includes(`#slices/${room}/access.ts`) &&
					!own.includes(`#slices/${room}/server/`)
			)
		).toEqual([]);
	});
});

describe('who can open a thing finds it in the list, and the other way round', () => {
	test('certificates', () =>
		agrees(['credentials.read', 'people.read'], async (db, actor) => ({
			listed: (await certificatesIn(db, actor, '', 1)).rows
				.map(({ id }) => id)
				.filter(notOwn(certificates, actor)),
			opens: await opened([...certificates.keys()].filter(notOwn(certificates, actor)), (id) =>
				certificateFor(db, actor, id)
			)
		})));
	test('claims of hours from elsewhere, for whoever verifies them', () =>
		agrees(['credentials.verify', 'credentials.read'], async (db, actor) => {
			const staff = await db
				.selectFrom('people.staff')
				.select(['person_id as personId', 'unit_path as unitPath'])
				.execute();
			return {
				listed: hasClaimsToVerify(actor)
					? (await claimsToVerify(db, actor, 'waiting', 1)).claims.map(({ id }) => id)
					: [],
				opens: [...claims]
					.filter(([, personId]) => {
						const unitPath = staff.find((one) => one.personId === personId)?.unitPath ?? '';
						return canVerifyClaim(actor, { personId, unitPath });
					})
					.map(([id]) => id)
			};
		}));
	test('action plans', () =>
		agrees(['followup.read', 'followup.approveTeam'], async (db, actor) => ({
			listed: [
				...(await board(db, actor, TODAY, 1)).rows.map(({ id }) => id),
				...(await plansWaitingFor(db, actor)).map(({ id }) => id)
			].filter(notOwn(plans, actor)),
			opens: await opened([...plans.keys()].filter(notOwn(plans, actor)), (id) => planSheet(db, actor, id))
		})));
	test('proposals of technical competencies', () =>
		agrees(['competencies.propose', 'competencies.edit', 'people.read'], async (db, actor) => ({
			listed: (await proposalsFor(db, actor)).map(({ id }) => id),
			opens: await opened(proposals.keys(), (id) => proposalById(db, actor, id))
		})));
	test('wishes', () =>
		agrees(['growth.read', 'people.read'], async (db, actor) => {
			const staff = await db
				.selectFrom('people.staff')
				.select(['person_id as personId', 'name', 'unit_path as unitPath'])
				.execute();
			const others = staff.filter(
				({ personId, name }) => personId !== actor.personId && NAMES.includes(name)
			);
			return {
				listed: (await wishesIn(db, actor))
					.map(({ personName }) => personName)
					.filter((name) => others.some((one) => one.name === name)),
				opens: others.filter((person) => canSeeWish(actor, person)).map(({ name }) => name)
			};
		}));
	test('impact studies', () =>
		agrees(['impact.read', 'impact.edit'], async (db, actor) => ({
			listed: (await studiesFor(db, actor)).map(({ id }) => id),
			opens: await opened(studies, (id) => studyById(db, actor, id))
		})));
	test('results of classes', () =>
		agrees(['evaluation.read', 'classes.read'], async (db, actor) => ({
			listed: (await evaluatedClasses(db, actor, TODAY, LIST)).classes.map(({ id }) => id),
			opens: await opened(Object.values(classes), (id) => classResults(db, actor, id, NOW, TODAY))
		})));
	test('focus groups', () =>
		agrees(
			['evaluation.read', 'programs.edit'],
			async (db, actor) => ({
				listed: (await focusGroups(db, actor, LIST)).groups.map(({ id }) => id),
				opens: await opened(groups, (id) => focusGroup(db, actor, id))
			}),
			['officer', 'trainer', 'coach', 'stranger', 'ani']
		));
	test('findings', () =>
		agrees(
			['evaluation.read', 'programs.edit'],
			async (db, actor) => ({
				listed: (await findingList(db, actor, { ...LIST, state: 'open' })).rows.map(({ id }) => id),
				opens: await opened(findings, (id) => findingById(db, actor, id))
			}),
			['officer', 'trainer', 'coach', 'stranger', 'ani']
		));
	test('progress of classes', () =>
		agrees(
			['learning.read', 'classes.teach'],
			async (db, actor) => ({
				listed: (await taughtClasses(db, actor)).map(({ id }) => id),
				opens: await opened(Object.values(classes), (id) => classProgress(db, actor, id, LIST))
			}),
			['trainer', 'trainer', 'officer']
		));
	test('people to rate', () =>
		agrees(
			['needs.rateTeam', 'needs.read'],
			async (db, actor) => {
				const campaign = await campaignById(db, it.as('officer', ['needs.read'], ''), it.need.campaignId);
				const asked = await db
					.selectFrom('people.staff')
					.select(['person_id as personId', 'supervisor_id as supervisorId', 'unit_path as unitPath'])
					.where('person_id', 'in', ['ani', 'budi', 'citra'].map(it.who))
					.execute();
				return {
					listed: (await teamOf(db, actor, campaign)).map(({ personId }) => personId),
					opens: asked.filter((person) => canRateTeamMember(actor, person)).map(({ personId }) => personId)
				};
			},
			['kasi', 'kasi', 'camat']
		));
});
