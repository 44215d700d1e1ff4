import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canEditStandards, canReadProposal, mayProposeSomewhere } from '../../access.ts';
import { proposalStatus, type LevelText, type ProposalStatus } from '../../model.ts';

const Levels = z.array(
	z.object({ level: z.number(), headline: z.string(), indicators: z.array(z.string()) })
);

export type Proposal = {
	id: string;
	name: string;
	area: string;
	status: ProposalStatus;
	unitName: string;
	proposer: string | null;
	proposedAt: Date;
};

/** SQL twin of `canReadProposal`, over proposals `p` and their units `u`: proven the same by a property test. */
const visibleProposals = (actor: Actor): RawBuilder<SqlBool> =>
	canEditStandards(actor)
		? sql<SqlBool>`true`
		: sql<SqlBool>`(p.proposed_by = ${actor.personId}::uuid or ${inScope(actor, 'competencies.propose', 'u.path')})`;

const proposals = (db: Db) =>
	db
		.selectFrom('competencies.proposal as p')
		.innerJoin('people.unit as u', (join) =>
			join.onRef('u.agency_id', '=', 'p.agency_id').onRef('u.id', '=', 'p.unit_id')
		)
		.leftJoin('people.person as by', (join) =>
			join.onRef('by.agency_id', '=', 'p.agency_id').onRef('by.id', '=', 'p.proposed_by')
		)
		.select(['p.id', 'p.name', 'p.area', 'p.status', 'p.proposed_at as proposedAt'])
		.select(['u.name as unitName', 'by.name as proposer'])
		.where('p.agency_id', '=', sql<string>`platform.current_agency()`);

/** Proposals that concern the actor, those that wait first. */
export async function proposalsFor(db: Db, actor: Actor): Promise<Proposal[]> {
	const rows = await proposals(db)
		.where(visibleProposals(actor))
		.orderBy(sql`p.status = 'waiting'`, 'desc')
		.orderBy('p.proposed_at', 'desc')
		.limit(200)
		.execute();
	return rows.map((row) => ({ ...row, status: proposalStatus(row.status) }));
}

export type ProposalSheet = Proposal & {
	definition: string;
	reason: string;
	levels: LevelText[];
	/** What it would change, as it is in force; null for a new one. */
	changes: { competencyId: string; code: string; name: string } | null;
	note: string | null;
	decidedAt: Date | null;
	decidedBy: string | null;
};

/** One proposal. Refuses: missing, for anybody whom it does not concern. */
export async function proposalById(db: Db, actor: Actor, id: string): Promise<ProposalSheet> {
	const row = await proposals(db)
		.leftJoin('competencies.competency as c', (join) =>
			join.onRef('c.agency_id', '=', 'p.agency_id').onRef('c.id', '=', 'p.competency_id')
		)
		.select(['p.definition', 'p.reason', 'p.levels', 'p.note', 'p.proposed_by'])
		.select(['p.decided_at as decidedAt', 'p.decided_by_name as decidedBy'])
		.select(['c.id as competencyId', 'c.code', 'c.name as oldName', 'u.path'])
		.where('p.id', '=', id)
		.executeTakeFirst();
	if (row === undefined || !canReadProposal(actor, { proposedBy: row.proposed_by, unitPath: row.path }))
		throw missing();
	const { competencyId, code, oldName, path: _, proposed_by: __, ...proposal } = row;
	return {
		...proposal,
		status: proposalStatus(row.status),
		levels: Levels.parse(row.levels),
		changes:
			competencyId === null || code === null || oldName === null
				? null
				: { competencyId, code, name: oldName }
	};
}

/** Units on whose behalf the actor may propose. Refuses: missing, for whoever may propose nowhere. */
export async function unitsToProposeFor(db: Db, actor: Actor): Promise<{ id: string; name: string }[]> {
	if (!mayProposeSomewhere(actor)) throw missing();
	return db
		.selectFrom('people.unit as u')
		.select(['u.id', 'u.name'])
		.where('u.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('u.valid_to', 'is', null)
		.where(inScope(actor, 'competencies.propose', 'u.path'))
		.orderBy(sql`nlevel(u.path)`)
		.orderBy('u.name')
		.limit(300)
		.execute();
}
