import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { handedIn, MOST_LINES, type IdpStatus } from '../idp.ts';
import type { WantedForm } from '../need-model.ts';

export type NewIdp = {
	personId: string;
	/** Who decided; null while nobody has. */
	supervisorId: string | null;
	careerTarget: string;
	status: IdpStatus;
	note: string;
	at: Date;
	lines: readonly {
		competencyId: string | null;
		topic: string;
		form: WantedForm;
		learningHours: number;
		quarter: number;
		reason: string;
	}[];
};

/** Many individual plans of a year at once, with the steps that led them where they stand. For set-up and the demo city. */
export async function planInBulk(
	tx: Tx,
	agencyId: Actor['agencyId'],
	year: number,
	plans: readonly NewIdp[]
): Promise<void> {
	const kept = plans.map((plan) => ({
		...plan,
		id: newId(plan.at.getTime()),
		lines: plan.lines.slice(0, MOST_LINES)
	}));
	for (const plan of kept) if (plan.status !== 'draft') handedIn(plan.lines.length);
	const decided = (status: IdpStatus) => status !== 'draft' && status !== 'submitted';
	await tx
		.insertInto('needs.idp')
		.values(
			kept.map((plan) => ({
				agency_id: agencyId,
				id: plan.id,
				person_id: plan.personId,
				year,
				career_target: plan.careerTarget,
				status: plan.status,
				decided_by: decided(plan.status) ? plan.supervisorId : null,
				submitted_at: plan.status === 'draft' ? null : plan.at,
				decided_at: decided(plan.status) ? plan.at : null,
				created_at: plan.at
			}))
		)
		.execute();
	await tx
		.insertInto('needs.idp_line')
		.values(
			kept.flatMap(({ id, lines }) =>
				lines.map((line, at) => ({
					agency_id: agencyId,
					idp_id: id,
					sort: at + 1,
					competency_id: line.competencyId,
					topic: line.topic,
					form: line.form,
					learning_hours: line.learningHours,
					quarter: line.quarter,
					reason: line.reason
				}))
			)
		)
		.execute();
	await tx
		.insertInto('needs.idp_step')
		.values(
			kept.flatMap((plan) => {
				const way: IdpStatus[] =
					plan.status === 'draft'
						? ['draft']
						: decided(plan.status)
							? ['draft', 'submitted', plan.status]
							: ['draft', 'submitted'];
				return way.map((to, at) => ({
					agency_id: agencyId,
					id: newId(plan.at.getTime() + at),
					idp_id: plan.id,
					from_status: way[at - 1] ?? '',
					to_status: to,
					changed_by: at < 2 ? plan.personId : (plan.supervisorId ?? plan.personId),
					at: plan.at,
					note: at === way.length - 1 ? plan.note : ''
				}));
			})
		)
		.execute();
}
