import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEditStandards } from '../../access.ts';
import { AddRule, DescribeStandard, DraftStandard, OneStandard, RemoveRule } from '../../input.ts';
import { standardStatus } from '../../model.ts';

constraintMeans('standard_rule_once', 'competencies.standard.ruleTwice');

/** Prepares a decree on standards. */
export const draftStandard = command(
	'competencies.draftStandard',
	DraftStandard,
	async ({ tx, actor, now, permit, note }, { name, legalBasis, validFrom }) => {
		permit(canEditStandards(actor));
		const id = newId(now.getTime());
		await tx
			.insertInto('competencies.standard')
			.values({
				agency_id: actor.agencyId,
				id,
				name,
				legal_basis: legalBasis,
				valid_from: validFrom,
				status: 'draft',
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ standardId: id });
		return { standardId: id };
	},
	{ summary: 'Prepare a decree on standards of competency' }
);

/** Name, legal basis and day of a decree that is a draft. */
export const describeStandard = command(
	'competencies.describeStandard',
	DescribeStandard,
	async ({ tx, actor, permit, note }, { standardId, name, legalBasis, validFrom }) => {
		await lockStandard(tx, actor.agencyId, standardId);
		permit(canEditStandards(actor));
		await tx
			.updateTable('competencies.standard')
			.set({ name, legal_basis: legalBasis, valid_from: validFrom })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', standardId)
			.execute();
		note({ standardId });
		return { standardId };
	},
	{ summary: 'Name a draft decree, its legal basis and its day' }
);

/** One rule more in a draft decree. Refuses: a decree in force; the same posts and competency twice; no such competency. */
export const addRule = command(
	'competencies.addRule',
	AddRule,
	async ({ tx, actor, permit, note }, { standardId, ...rule }) => {
		await lockStandard(tx, actor.agencyId, standardId);
		permit(canEditStandards(actor));
		const id = newId();
		await tx
			.insertInto('competencies.standard_rule')
			.values({
				agency_id: actor.agencyId,
				id,
				standard_id: standardId,
				post_title: rule.postTitle || null,
				unit_kind: rule.unitKind || null,
				post_level: rule.postLevel ?? null,
				post_kind: rule.postKind ?? null,
				competency_id: rule.competencyId ?? null,
				level: rule.level
			})
			.execute();
		note({ standardId, ruleId: id });
		return { standardId, ruleId: id };
	},
	{ summary: 'Add a rule to a draft decree' }
);

export const removeRule = command(
	'competencies.removeRule',
	RemoveRule,
	async ({ tx, actor, permit, note }, { standardId, ruleId }) => {
		await lockStandard(tx, actor.agencyId, standardId);
		permit(canEditStandards(actor));
		await tx
			.deleteFrom('competencies.standard_rule')
			.where('agency_id', '=', actor.agencyId)
			.where('standard_id', '=', standardId)
			.where('id', '=', ruleId)
			.execute();
		note({ standardId, ruleId });
		return { standardId };
	},
	{ summary: 'Take a rule out of a draft decree' }
);

export const discardStandard = command(
	'competencies.discardStandard',
	OneStandard,
	async ({ tx, actor, permit, note }, { standardId }) => {
		await lockStandard(tx, actor.agencyId, standardId);
		permit(canEditStandards(actor));
		await tx
			.deleteFrom('competencies.standard')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', standardId)
			.execute();
		note({ standardId });
		return {};
	},
	{ summary: 'Throw a draft decree away' }
);

/**
 * Puts a decree in force: its rules join the dated ruleset and end, on the decree's day, those about the same posts and
 * competency. Nothing is overwritten; surveys that were opened keep the levels they were opened with. Refuses: no rule
 * in it; a rule dated on or after the decree's day about the same (named); in force already.
 */
export const putStandardInForce = command(
	'competencies.putStandardInForce',
	OneStandard,
	async ({ tx, actor, now, permit, record }, { standardId }) => {
		const standard = await lockStandard(tx, actor.agencyId, standardId);
		permit(canEditStandards(actor));
		const same = sql`
			competencies.required_level r join competencies.standard_rule n
				on n.agency_id = r.agency_id and n.scope = r.scope and n.competency_id is not distinct from r.competency_id
			where r.agency_id = ${actor.agencyId} and n.standard_id = ${standardId}`;
		await sql`select r.id from ${same} for update of r`.execute(tx);
		const later = await sql<{ from: string; count: number }>`
			select max(r.valid_from) as "from", count(*)::int as count from ${same} and r.valid_from >= ${standard.validFrom}::date`.execute(
			tx
		);
		const newest = later.rows[0];
		if (newest !== undefined && newest.count > 0)
			throw refused('competencies.standard.notAfter', { from: newest.from, count: newest.count });
		await sql`
			update competencies.required_level set valid_to = ${standard.validFrom}::date
			where agency_id = ${actor.agencyId} and (valid_to is null or valid_to > ${standard.validFrom}::date)
				and id in (select r.id from ${same})`.execute(tx);
		const added = await sql`
			insert into competencies.required_level
				(agency_id, id, post_title, unit_kind, post_level, post_kind, competency_id, level, legal_basis, valid_from, standard_id)
			select n.agency_id, gen_random_uuid(), n.post_title, n.unit_kind, n.post_level, n.post_kind, n.competency_id, n.level,
				${standard.legalBasis}, ${standard.validFrom}::date, n.standard_id
			from competencies.standard_rule n
			where n.agency_id = ${actor.agencyId} and n.standard_id = ${standardId}`.execute(tx);
		const rules = Number(added.numAffectedRows ?? 0);
		if (rules === 0) throw refused('competencies.standard.empty');
		await tx
			.updateTable('competencies.standard')
			.set({ status: 'in_force', decided_by: actor.accountId, decided_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', standardId)
			.execute();
		record('competencies.standardInForce', { standardId });
		return { standardId, rules };
	},
	{ summary: 'Put a decree on standards in force' }
);

/** Refuses: missing; a decree in force, for it never changes. */
async function lockStandard(tx: Tx, agencyId: string, standardId: string) {
	const row = await tx
		.selectFrom('competencies.standard')
		.select(['id', 'name', 'status', 'legal_basis as legalBasis', 'valid_from as validFrom'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', standardId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	if (standardStatus(row.status) !== 'draft')
		throw refused('competencies.standard.frozen', { name: row.name });
	return row;
}
