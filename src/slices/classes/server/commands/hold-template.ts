import { invalidField, missing, refused } from '#kernel/errors.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canManage } from '../../access.ts';
import type { ClassPlan } from '../../class-plan.ts';
import { fitsLine } from '../../rules.ts';
import { HoldTemplate } from '../../template-input.ts';
import { holdPlan } from '../hold-plan.ts';
import { peopleByNip } from '../people-by-nip.ts';
import { planOfTemplate } from '../plan-of.ts';
import { programInForce } from './write-class.ts';

/**
 * A class of a template on dates of its own: sessions on working days, in rooms that are free, taught by whoever was
 * named for their part. Refuses: missing or retired template, other program than the line's or than its prerequisites
 * allow, no curriculum in force, unknown NIP.
 */
export const holdTemplate = command(
	'classes.holdTemplate',
	HoldTemplate,
	async (beam, input) => {
		const { tx, actor, permit, note } = beam;
		permit(canManage(actor));
		const template = await tx
			.selectFrom('classes.template as t')
			.innerJoin('platform.agency as a', 'a.agency_id', 't.agency_id')
			.select(['t.id', 't.retired_at', 'a.time_zone'])
			.where('t.agency_id', '=', actor.agencyId)
			.where('t.id', '=', input.templateId)
			.forShare('t')
			.executeTakeFirst();
		if (!template) throw missing();
		if (template.retired_at !== null) throw refused('classes.template.retired');
		const programId = await programFor(tx, input);
		const { plan } = await planOfTemplate(tx, actor.agencyId, template.id);
		const made = await holdPlan(
			beam,
			{
				...(await withTeachers(tx, actor.agencyId, plan, input.teachers)),
				seats: input.seats ?? plan.seats,
				// A program is no prerequisite of itself.
				prerequisites: plan.prerequisites.filter((id) => id !== programId)
			},
			{
				name: input.name,
				startsOn: input.startsOn,
				planLineId: input.planLineId ?? null,
				copiedFrom: null,
				program: await programInForce(tx, actor.agencyId, programId),
				zone: template.time_zone
			}
		);
		note({ classId: made.classId, templateId: template.id, sessions: made.sessions });
		return made;
	},
	{ summary: 'Plans a class of a template' }
);

async function programFor(
	tx: Tx,
	input: { programId?: string | undefined; planLineId?: string | undefined }
) {
	if (input.planLineId === undefined) {
		if (input.programId === undefined) throw missing();
		return input.programId;
	}
	const line = await lineFacts(tx, input.planLineId);
	if (!line) throw missing();
	fitsLine(line, input.programId ?? line.programId);
	return line.programId;
}

/** The parts for which somebody was named are taught by them; the others stay to be filled. */
async function withTeachers(
	tx: Tx,
	agencyId: string,
	plan: ClassPlan,
	teachers: readonly { kind: string; nip?: string | undefined }[]
): Promise<ClassPlan> {
	const named = new Map<string, string>();
	for (const [index, { kind, nip }] of teachers.entries()) {
		if (nip === undefined) continue;
		const { people } = await peopleByNip(tx, agencyId, [nip]);
		const [personId] = people;
		if (personId === undefined)
			throw invalidField(`teachers.${index}.nip`, 'classes.session.unknownFacilitator');
		named.set(kind, personId);
	}
	return {
		...plan,
		sessions: plan.sessions.map((session) => {
			const found = session.facilitators.flatMap((kind) => {
				const personId = named.get(kind);
				return personId === undefined ? [] : [{ personId, kind }];
			});
			return {
				...session,
				// One person may have been named for two parts of the same session.
				teachers: found.filter(
					({ personId }, at) => found.findIndex((it) => it.personId === personId) === at
				),
				facilitators: session.facilitators.filter((kind) => !named.has(kind))
			};
		})
	};
}
