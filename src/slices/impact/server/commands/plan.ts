import { createHash, randomInt } from 'node:crypto';
import { sql, type SqlBool } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canDesign } from '../../access.ts';
import { DrawLots, OneStudy } from '../../input.ts';
import { drawnOrder } from '../../lots.ts';
import { enoughPeople } from '../../people-study.ts';
import { planText } from '../../plan-text.ts';
import { drawing, freezing, plannedBefore } from '../../rules.ts';
import { lockStudy, subjectsOfStudy } from '../lock-study.ts';
import { outcomesOf, unitsOfStudies } from '../queries/findings.ts';
import { peopleOfStudies } from '../queries/people-panel.ts';
import { detectableOf } from '../queries/power.ts';
import { studiesWhere } from '../queries/studies.ts';

/**
 * Draws which applicants are trained, once: drawn again until the result pleases it would be no lottery. Seed and every
 * place are kept, so that anybody can check them. Refuses: fixed, drawn already, fewer than two applicants, no loser, begun.
 */
export const drawLots = command(
	'impact.drawLots',
	DrawLots,
	async ({ tx, actor, now, today, permit, note }, { studyId, places, seed = randomInt(4_294_967_296) }) => {
		const study = await lockStudy(tx, studyId);
		permit(canDesign(actor, study.subject));
		const applicants = await (study.subject === 'person' ? peopleApplying : applicantsOf)(tx, studyId);
		const start = drawing(study, applicants.length, places, today);
		const byKey = new Map(applicants.map(({ key, unitId }) => [key, unitId]));
		const keys = drawnOrder([...byKey.keys()], seed);
		const ids = keys.map((key) => byKey.get(key) ?? '');
		await tx
			.updateTable('impact.study')
			.set({ draw_seed: seed, drawn_at: now, drawn_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', studyId)
			.execute();
		const order = sql`unnest(${ids}::uuid[], ${keys}::text[]) with ordinality as o(who, key, place)`;
		const drawn = sql`treated = o.place <= ${places}::int, treated_from = case when o.place <= ${places}::int then ${start}::date end`;
		const own = sql`x.agency_id = ${actor.agencyId} and x.study_id = ${studyId}`;
		await (
			study.subject === 'person'
				? sql`update impact.study_person x set lot = o.place, ${drawn} from ${order} where ${own} and x.person_id = o.who`
				: sql`update impact.study_unit x set lot = o.place, lot_key = o.key, ${drawn} from ${order} where ${own} and x.unit_id = o.who`
		).execute(tx);
		note({ studyId, seed, places });
		return { studyId, seed };
	},
	{ summary: 'Draw by lot which applicants are trained' }
);

/** Applicants with what they stand in order by. Codes are the agency's own and may be missing or given twice: then the id. */
async function applicantsOf(tx: Tx, studyId: string): Promise<{ unitId: string; key: string }[]> {
	const { rows } = await sql<{ unitId: string; key: string }>`
		select x.unit_id as "unitId",
			case when u.code is null or count(*) over (partition by u.code) > 1 then x.unit_id::text else u.code end as key
		from impact.study_unit x join people.unit u on u.agency_id = x.agency_id and u.id = x.unit_id
		where x.agency_id = platform.current_agency() and x.study_id = ${studyId} and x.lot is not null`.execute(tx);
	return rows;
}

/** People stand in the order of the codes that chance gave them: no name, number or office decides anything. */
async function peopleApplying(tx: Tx, studyId: string): Promise<{ unitId: string; key: string }[]> {
	const { rows } = await sql<{ unitId: string; key: string }>`
		select person_id as "unitId", code as key from impact.study_person
		where agency_id = platform.current_agency() and study_id = ${studyId} and lot is not null`.execute(tx);
	return rows;
}

/**
 * Fixes the plan for good: its words and their hash, whether that was before the training began, and what effect could be
 * seen. Only then are results shown. Refuses: see `freezing`.
 */
export const freezeStudy = command(
	'impact.freezeStudy',
	OneStudy,
	async ({ tx, actor, now, today, permit, note }, { studyId }) => {
		const locked = await lockStudy(tx, studyId);
		permit(canDesign(actor, locked.subject));
		const units = await subjectsOfStudy(tx, studyId);
		freezing(locked, units);
		if (locked.subject === 'person') enoughPeople(units);
		const [study] = await studiesWhere(tx, sql<SqlBool>`s.id = ${studyId}`, 1);
		if (study === undefined) throw missing();
		const inTime = plannedBefore(units, today);
		const { found } = await detectableOf(tx, studyId);
		const outcomes = (await outcomesOf(tx, [studyId])).get(studyId) ?? [];
		const text = planText({
			...study,
			studyId,
			outcomes: outcomes.map(({ indicator, placebo }) => ({ ...indicator, placebo })),
			draw: study.draw === null ? null : { seed: study.draw.seed, drawnAt: study.draw.at },
			units:
				(locked.subject === 'person'
					? await peopleOfStudies(tx, [studyId], { traits: false })
					: await unitsOfStudies(tx, [studyId], { counted: false })
				).get(studyId) ?? [],
			detectable: typeof found === 'string' ? null : found.smallest,
			plannedBefore: inTime,
			frozenAt: now,
			frozenBy: actor.personId === null ? null : actor.name
		});
		await tx
			.updateTable('impact.study')
			.set({
				planned_before: inTime,
				frozen_at: now,
				frozen_by: actor.personId,
				plan_text: text,
				plan_hash: createHash('sha256').update(text, 'utf8').digest('hex')
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', studyId)
			.execute();
		note({ studyId });
		return { studyId };
	},
	{ summary: 'Fix the plan of a study for good' }
);
