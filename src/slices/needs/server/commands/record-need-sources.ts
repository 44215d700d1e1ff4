import { sql } from 'kysely';
import { invalid, invalidField, missing, type Issue } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { mayIn } from '#kernel/actor.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import {
	AddGoal,
	EndGoal,
	ImportServices,
	RecordPerformance,
	RecordService,
	SetImportance,
	SetPriorityRule
} from '../../need-input.ts';
import { canConsolidate, canPropose } from '../../proposal-access.ts';
import { unitOf } from '../proposals/lock-need.ts';

constraintMeans('performance_need_predicate', 'needs.need.predicateKnown');
constraintMeans('performance_need_item', 'needs.need.itemKnown');
constraintMeans('priority_rule_once', 'needs.priority.datesClash');
constraintMeans('importance_once', 'needs.priority.datesClash');

type Result = {
	unitId: string;
	year: number;
	half: number;
	respondents: number;
	scores: readonly number[];
	source: string;
};

/** Results of a public satisfaction survey; the same unit and period again replaces them. */
async function writeResults(tx: Tx, account: string, now: Date, results: readonly Result[]): Promise<void> {
	await sql`
		insert into needs.service_result (agency_id, unit_id, year, half, respondents, u1, u2, u3, u4, u5, u6, u7, u8, u9, source, recorded_by, recorded_at)
		select (select platform.current_agency()), r.unit, r.year, r.half, r.respondents, (r.scores->>0)::numeric, (r.scores->>1)::numeric,
			(r.scores->>2)::numeric, (r.scores->>3)::numeric, (r.scores->>4)::numeric, (r.scores->>5)::numeric, (r.scores->>6)::numeric,
			(r.scores->>7)::numeric, (r.scores->>8)::numeric, r.source, ${account}, ${now}
		from unnest(${results.map((one) => one.unitId)}::uuid[], ${results.map((one) => one.year)}::int[], ${results.map((one) => one.half)}::int[],
			${results.map((one) => one.respondents)}::int[], ${results.map((one) => JSON.stringify(one.scores))}::jsonb[],
			${results.map((one) => one.source)}::text[]) as r (unit, year, half, respondents, scores, source)
		on conflict (agency_id, unit_id, year, half) do update set respondents = excluded.respondents, u1 = excluded.u1, u2 = excluded.u2,
			u3 = excluded.u3, u4 = excluded.u4, u5 = excluded.u5, u6 = excluded.u6, u7 = excluded.u7, u8 = excluded.u8, u9 = excluded.u9,
			source = excluded.source, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`.execute(tx);
}

export const recordService = command(
	'needs.recordService',
	RecordService,
	async ({ tx, actor, now, permit, note }, input) => {
		const unit = await unitOf(tx, input.unitId);
		permit(canPropose(actor, { unitPath: unit.path }));
		await writeResults(tx, actor.accountId, now, [input]);
		note({ unitId: unit.id });
		return {};
	},
	{ summary: 'Record the satisfaction survey of a unit' }
);

/** A sheet of results, all or nothing. Refuses: every line whose unit is unknown, named twice, or not the actor's. */
export const importServices = command(
	'needs.importServices',
	ImportServices,
	async ({ tx, actor, now, permit, note }, { rows }) => {
		const units = await tx
			.selectFrom('people.unit')
			.select(['id', 'name', 'path'])
			.where('agency_id', '=', actor.agencyId)
			.where('valid_to', 'is', null)
			.where(
				sql<string>`lower(name)`,
				'in',
				rows.map(({ unit }) => unit.toLowerCase())
			)
			.execute();
		permit(units.length === 0 || units.some((unit) => canPropose(actor, { unitPath: unit.path })));
		const byName = Map.groupBy(units, ({ name }) => name.toLowerCase());
		const seen = new Set<string>();
		const issues: Issue[] = [];
		const results = rows.flatMap(({ unit: name, line, ...row }): Result[] => {
			const found = byName.get(name.toLowerCase()) ?? [];
			const [unit] = found;
			const wrong = (code: string) => {
				issues.push({ path: 'file', code, params: { line, unit: name } });
				return [];
			};
			if (unit === undefined || !canPropose(actor, { unitPath: unit.path }))
				return wrong('needs.need.unitUnknown');
			if (found.length > 1) return wrong('needs.need.unitTwice');
			const key = `${unit.id} ${row.year} ${row.half}`;
			if (seen.has(key)) return wrong('needs.need.lineTwice');
			seen.add(key);
			return [{ unitId: unit.id, ...row }];
		});
		if (issues.length > 0) throw invalid(issues);
		await writeResults(tx, actor.accountId, now, results);
		note({ count: results.length });
		return { count: results.length };
	},
	{ summary: 'Record satisfaction surveys of many units from a sheet' }
);

export const addGoal = command(
	'needs.addGoal',
	AddGoal,
	async ({ tx, actor, now, permit, note }, input) => {
		const unit = await unitOf(tx, input.unitId);
		permit(canPropose(actor, { unitPath: unit.path }));
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.unit_goal')
			.values({
				agency_id: actor.agencyId,
				id,
				unit_id: unit.id,
				goal: input.goal,
				source: input.source,
				weight: input.weight,
				year_from: input.yearFrom,
				year_to: input.yearTo,
				competency_id: input.competencyId ?? null,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ goalId: id });
		return { goalId: id };
	},
	{ summary: 'Record a strategic goal of a unit' }
);

export const endGoal = command(
	'needs.endGoal',
	EndGoal,
	async ({ tx, actor, now, permit, note }, { goalId }) => {
		const { rows } = await sql<{ path: string }>`
			select u.path::text from needs.unit_goal g join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
			where g.agency_id = ${actor.agencyId} and g.id = ${goalId} and g.ended_at is null for update of g`.execute(
			tx
		);
		const goal = rows[0];
		if (goal === undefined) throw missing();
		permit(canPropose(actor, { unitPath: goal.path }));
		await tx
			.updateTable('needs.unit_goal')
			.set({ ended_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', goalId)
			.execute();
		note({ goalId });
		return {};
	},
	{ summary: 'Take a strategic goal of a unit back' }
);

/** A predicate below "Baik", or an item of the SKP below its target. Refuses: nobody of one's units has this NIP; known. */
export const recordPerformance = command(
	'needs.recordPerformance',
	RecordPerformance,
	async ({ tx, actor, now, permit, note }, input) => {
		const person = await tx
			.selectFrom('people.staff')
			.select(['person_id', 'unit_id', 'unit_path'])
			.where('agency_id', '=', actor.agencyId)
			.where('nip', '=', input.nip.replace(/\s/g, ''))
			.executeTakeFirst();
		const theirs =
			person !== undefined &&
			canPropose(actor, { unitPath: person.unit_path }) &&
			mayIn(actor, 'needs.read', person.unit_path);
		permit(
			theirs || canConsolidate(actor) || actor.grants.some(({ ability }) => ability === 'needs.propose')
		);
		// Whether somebody of another unit exists is not said either.
		if (!theirs) throw invalidField('nip', 'needs.need.nobodyHere');
		const id = newId(now.getTime());
		const target = input.kind === 'target';
		await tx
			.insertInto('needs.performance_need')
			.values({
				agency_id: actor.agencyId,
				id,
				person_id: person.person_id,
				unit_id: person.unit_id,
				year: input.year,
				kind: input.kind,
				predicate: target ? null : (input.predicate ?? null),
				item: target ? (input.item ?? null) : null,
				target: target ? (input.target ?? null) : null,
				reached: target ? (input.reached ?? null) : null,
				source: input.source,
				recorded_by: actor.accountId,
				recorded_at: now
			})
			.execute();
		note({ performanceNeedId: id });
		return {};
	},
	{ summary: 'Record a performance gap of a person' }
);

/** New weights of the ranking from a day on; the rule before ends there, one of the same day held never. Refuses: one that begins later stands. */
export const setPriorityRule = command(
	'needs.setPriorityRule',
	SetPriorityRule,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canConsolidate(actor));
		await sql`update needs.priority_rule set valid_to = ${input.validFrom}::date
			where agency_id = ${actor.agencyId} and valid_from <= ${input.validFrom}::date and valid_to is null`.execute(
			tx
		);
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.priority_rule')
			.values({
				agency_id: actor.agencyId,
				id,
				probability: input.probability,
				size: input.size,
				importance: input.importance,
				reach: input.reach,
				goal: input.goal,
				size_full: input.sizeFull,
				reach_full: input.reachFull,
				reason: input.reason,
				valid_from: input.validFrom,
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ ruleId: id });
		return {};
	},
	{ summary: 'Set the weights of the ranking from a day on' }
);

/** How much a competency matters, for all posts or a level of them, from a day on. Refuses: a rule of theirs begins later. */
export const setImportance = command(
	'needs.setImportance',
	SetImportance,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canConsolidate(actor));
		const known = await tx
			.selectFrom('competencies.competency')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.competencyId)
			.executeTakeFirst();
		if (known === undefined) throw invalidField('competencyId', 'kernel.field.choose');
		const level = input.postLevel === undefined || input.postLevel === '' ? null : input.postLevel;
		await sql`update needs.importance set valid_to = ${input.validFrom}::date
			where agency_id = ${actor.agencyId} and competency_id = ${input.competencyId} and post_level is not distinct from ${level}
				and valid_from <= ${input.validFrom}::date and valid_to is null`.execute(tx);
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.importance')
			.values({
				agency_id: actor.agencyId,
				id,
				competency_id: input.competencyId,
				post_level: level,
				importance: input.importance,
				reason: input.reason,
				valid_from: input.validFrom,
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ importanceId: id });
		return {};
	},
	{ summary: 'Set how much a competency matters for posts' }
);
