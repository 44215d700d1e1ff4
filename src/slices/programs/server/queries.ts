import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEdit, canPutInForce, canRead } from '../access.ts';
import { changesBetween } from '../changes.ts';
import { decisionOf, formCode, modeOf, versionStatus, type Curriculum } from '../model.ts';
import { changeRequestsOn } from './change-requests.ts';
import { blockersOf, learningHoursOf, linkState, mayChange } from '../rules.ts';

const SORTED = { name: 'p.name', hours: 'learningHours' } as const;
export type ProgramSorting = { by: keyof typeof SORTED; descending: boolean };

/** Programs by name or code, with the JP of the version in force and what waits in a draft. */
export async function programList(
	db: Db,
	actor: Actor,
	list: { search: string; size: number; offset: number; sort?: ProgramSorting }
) {
	if (!canRead(actor)) throw missing();
	const { by, descending } = list.sort ?? { by: 'name', descending: false };
	const pattern = `%${list.search.replace(/[\\%_]/g, '\\$&')}%`;
	const rows = await db
		.selectFrom('programs.program as p')
		.leftJoin('programs.version as f', (join) =>
			join.onRef('f.agency_id', '=', 'p.agency_id').onRef('f.id', '=', 'p.version_id')
		)
		.leftJoin('programs.version as o', (join) =>
			join
				.onRef('o.agency_id', '=', 'p.agency_id')
				.onRef('o.program_id', '=', 'p.id')
				.on('o.status', 'in', ['draft', 'review'])
		)
		.select((eb) => [
			'p.id',
			'p.code',
			'p.name',
			'p.form',
			'f.number as inForce',
			'o.id as openId',
			'o.number as openNumber',
			'o.status as openStatus',
			eb
				.selectFrom('programs.module as m')
				.whereRef('m.agency_id', '=', 'p.agency_id')
				.whereRef('m.version_id', '=', 'p.version_id')
				.select(sql<number>`coalesce(sum(m.learning_hours), 0)`.as('hours'))
				.as('learningHours'),
			eb
				.selectFrom('programs.review as r')
				.whereRef('r.agency_id', '=', 'o.agency_id')
				.whereRef('r.version_id', '=', 'o.id')
				.where('r.decision', 'is', null)
				.select(sql<number>`count(*)`.as('open'))
				.as('openAdvice')
		])
		.where('p.agency_id', '=', actor.agencyId)
		.where((eb) => eb.or([eb('p.name', 'ilike', pattern), eb('p.code', 'ilike', pattern)]))
		.orderBy(SORTED[by], descending ? 'desc' : 'asc')
		.orderBy('p.name')
		.orderBy('p.id')
		.limit(list.size)
		.offset(list.offset)
		.execute();
	const totals = await db
		.selectFrom('programs.program as p')
		.select([sql<number>`count(*)`.as('total'), sql<number>`count(p.version_id)`.as('inForce')])
		.where('p.agency_id', '=', actor.agencyId)
		.where((eb) => eb.or([eb('p.name', 'ilike', pattern), eb('p.code', 'ilike', pattern)]))
		.executeTakeFirstOrThrow();
	return {
		programs: rows.map((row) => ({
			...row,
			form: formCode(row.form),
			openStatus: row.openStatus === null ? null : versionStatus(row.openStatus)
		})),
		...totals,
		can: { create: canEdit(actor) }
	};
}

/** One program: the version in force as the answer, and every version with who put it in force and when. */
export async function programPage(db: Db, actor: Actor, programId: string) {
	if (!canRead(actor)) throw missing();
	const program = await db
		.selectFrom('programs.program')
		.select([
			'id',
			'code',
			'name',
			'form',
			'goal',
			'version_id as versionId',
			'attendance_percent as attendancePercent'
		])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', programId)
		.executeTakeFirst();
	if (!program) throw missing();
	const versions = await db
		.selectFrom('programs.version as v')
		.leftJoin('people.person as p', (join) =>
			join.onRef('p.agency_id', '=', 'v.agency_id').onRef('p.id', '=', 'v.in_force_by')
		)
		.select((eb) => [
			'v.id',
			'v.number',
			'v.status',
			'v.reason',
			'v.created_at as createdAt',
			'v.in_force_at as inForceAt',
			'p.name as inForceBy',
			eb
				.selectFrom('programs.module as m')
				.whereRef('m.agency_id', '=', 'v.agency_id')
				.whereRef('m.version_id', '=', 'v.id')
				.select(sql<number>`coalesce(sum(m.learning_hours), 0)`.as('hours'))
				.as('learningHours')
		])
		.where('v.agency_id', '=', actor.agencyId)
		.where('v.program_id', '=', programId)
		.orderBy('v.number', 'desc')
		.execute();
	const curriculum =
		program.versionId === null ? null : await curriculumOf(db, actor.agencyId, program.versionId);
	const open = versions.find((version) => mayChange(versionStatus(version.status)));
	return {
		program: { ...program, form: formCode(program.form) },
		curriculum,
		learningHours: curriculum === null ? 0 : learningHoursOf(curriculum.modules),
		versions: versions.map((version) => ({ ...version, status: versionStatus(version.status) })),
		openId: open?.id ?? null,
		can: { draft: canEdit(actor) && open === undefined, edit: canEdit(actor) }
	};
}

/** Modules and outcomes of a version, in their order. */
export async function curriculumOf(db: Db, agencyId: string, versionId: string): Promise<Curriculum> {
	const modules = await db
		.selectFrom('programs.module')
		.select(['id', 'name', 'learning_hours as learningHours', 'mode', 'based_on as basedOn'])
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.orderBy('sort')
		.execute();
	const outcomes = await db
		.selectFrom('programs.outcome as o')
		.innerJoin('competencies.competency as c', (join) =>
			join.onRef('c.agency_id', '=', 'o.agency_id').onRef('c.id', '=', 'o.competency_id')
		)
		.select([
			'o.id',
			'o.statement',
			'o.level',
			'c.id as competencyId',
			'c.name as competency',
			'o.based_on as basedOn'
		])
		.where('o.agency_id', '=', agencyId)
		.where('o.version_id', '=', versionId)
		.orderBy('o.sort')
		.execute();
	return { modules: modules.map((module) => ({ ...module, mode: modeOf(module.mode) })), outcomes };
}

/** One version: what it holds, what it changed from the one before, who advised and what became of it. */
export async function versionPage(db: Db, actor: Actor, versionId: string, now: Date) {
	if (!canRead(actor)) throw missing();
	const { version, ...parts } = await versionOf(db, actor.agencyId, versionId);
	const curriculum = await curriculumOf(db, actor.agencyId, versionId);
	const before = version.basedOn === null ? null : await curriculumOf(db, actor.agencyId, version.basedOn);
	const invitations = await db
		.selectFrom('programs.invitation as i')
		.innerJoin('platform.link as l', (join) =>
			join.onRef('l.agency_id', '=', 'i.agency_id').onRef('l.id', '=', 'i.id')
		)
		.select([
			'i.id',
			'i.partner',
			'i.organisation',
			'i.question',
			'i.asked_at as askedAt',
			'l.expires_at as expiresAt',
			'l.revoked_at as revokedAt'
		])
		.where('i.agency_id', '=', actor.agencyId)
		.where('i.version_id', '=', versionId)
		.orderBy('i.asked_at', 'desc')
		.execute();
	const advice = await adviceOn(db, actor.agencyId, versionId, null);
	const openAdvice = advice.filter(({ decision }) => decision === null).length;
	const open = mayChange(version.status);
	return {
		version,
		...parts,
		curriculum,
		learningHours: learningHoursOf(curriculum.modules),
		changes: before === null ? null : changesBetween(before, curriculum),
		invitations: invitations.map((invitation) => ({ ...invitation, state: linkState(invitation, now) })),
		advice,
		requests: await changeRequestsOn(db, actor.agencyId, versionId),
		blockers: open
			? blockersOf({ modules: curriculum.modules.length, outcomes: curriculum.outcomes.length, openAdvice })
			: [],
		can: {
			edit: open && canEdit(actor),
			ask: open && canEdit(actor),
			decide: canEdit(actor),
			putInForce: open && canPutInForce(actor)
		}
	};
}

/** A version's head with its program and predecessor; 404 when it is not of this agency. */
export async function versionOf(db: Db, agencyId: string, versionId: string) {
	const row = await db
		.selectFrom('programs.version as v')
		.innerJoin('programs.program as p', (join) =>
			join.onRef('p.agency_id', '=', 'v.agency_id').onRef('p.id', '=', 'v.program_id')
		)
		.leftJoin('programs.version as b', (join) =>
			join.onRef('b.agency_id', '=', 'v.agency_id').onRef('b.id', '=', 'v.based_on')
		)
		.leftJoin('people.person as f', (join) =>
			join.onRef('f.agency_id', '=', 'v.agency_id').onRef('f.id', '=', 'v.in_force_by')
		)
		.select([
			'v.id',
			'v.number',
			'v.status',
			'v.reason',
			'v.revision',
			'v.based_on as basedOn',
			'b.number as basedOnNumber',
			'v.created_at as createdAt',
			'v.in_force_at as inForceAt',
			'f.name as inForceBy',
			'p.id as programId',
			'p.code as programCode',
			'p.name as programName',
			'p.form as programForm',
			'p.goal as programGoal'
		])
		.where('v.agency_id', '=', agencyId)
		.where('v.id', '=', versionId)
		.executeTakeFirst();
	if (!row) throw missing();
	const { programId, programCode, programName, programForm, programGoal, ...version } = row;
	return {
		version: { ...version, status: versionStatus(version.status) },
		program: {
			id: programId,
			code: programCode,
			name: programName,
			form: formCode(programForm),
			goal: programGoal
		}
	};
}

/** What partners advised on a version, newest first; with `linkId` only what came by that link. */
export async function adviceOn(db: Db, agencyId: string, versionId: string, linkId: string | null) {
	const rows = await db
		.selectFrom('programs.review as r')
		.leftJoin('people.person as d', (join) =>
			join.onRef('d.agency_id', '=', 'r.agency_id').onRef('d.id', '=', 'r.decided_by')
		)
		.select([
			'r.id',
			'r.partner',
			'r.organisation',
			'r.advice',
			'r.decision',
			'r.answer',
			'r.created_at as createdAt',
			'r.decided_at as decidedAt',
			'd.name as decidedBy'
		])
		.where('r.agency_id', '=', agencyId)
		.where('r.version_id', '=', versionId)
		.$if(linkId !== null, (query) => query.where('r.link_id', '=', linkId))
		.orderBy('r.created_at', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, decision: row.decision === null ? null : decisionOf(row.decision) }));
}

/** What the editor of a draft starts from, with the competencies of the dictionary in force. */
export async function versionEditor(db: Db, actor: Actor, versionId: string, today: string) {
	if (!canRead(actor) || !canEdit(actor)) throw missing();
	const { version, program } = await versionOf(db, actor.agencyId, versionId);
	if (!mayChange(version.status)) throw missing('programs.version.frozen', { number: version.number });
	const curriculum = await curriculumOf(db, actor.agencyId, versionId);
	const competencies = await db
		.selectFrom('competencies.competency as c')
		.innerJoin('competencies.dictionary as d', (join) =>
			join.onRef('d.agency_id', '=', 'c.agency_id').onRef('d.id', '=', 'c.dictionary_id')
		)
		.select(['c.id', 'c.code', 'c.name'])
		.where('c.agency_id', '=', actor.agencyId)
		.where('d.valid_from', '<=', today)
		.where((eb) => eb.or([eb('d.valid_to', 'is', null), eb('d.valid_to', '>', today)]))
		.orderBy('c.sort')
		.execute();
	return { version, program, curriculum, competencies };
}
