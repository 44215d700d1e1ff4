import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { personByNip } from '#slices/people/public.server.ts';
import { canHoldGroup, canSeeGroup, canWorkOn } from '../../focus-access.ts';
import { ChangeGroup, GroupStep, HoldGroup } from '../../focus-input.ts';
import { seemsPersonal } from '../../focus-rules.ts';
import { lockGroup, stillCoding } from '../focus-lock.ts';
import { teachesClass } from '../results.ts';

type Typed = {
	facilitatorNip?: string | undefined;
	secondCoderNip?: string | undefined;
	notes: string;
	keep: boolean;
};

/** Refuses: nobody under a NIP, a coder twice, notes that seem to tell who somebody is unless that was looked at. */
async function described(tx: Tx, agencyId: string, { facilitatorNip, secondCoderNip, notes, keep }: Typed) {
	if (!keep && seemsPersonal(notes).length > 0) throw invalidField('notes', 'evaluation.focus.seemsPersonal');
	const of = async (nip: string | undefined, field: string): Promise<string | null> => {
		if (nip === undefined) return null;
		const personId = await personByNip(tx, agencyId, nip);
		if (personId === undefined) throw invalidField(field, 'evaluation.focus.nobody');
		return personId;
	};
	const facilitatorId = await of(facilitatorNip, 'facilitatorNip');
	const secondCoderId = await of(secondCoderNip, 'secondCoderNip');
	if (secondCoderId !== null && secondCoderId === facilitatorId)
		throw invalidField('secondCoderNip', 'evaluation.focus.sameCoder');
	return { facilitatorId, secondCoderId };
}

/**
 * A focus group that took place, with its guide and what was noted; who took part is kept nowhere, only how many.
 * Refuses: a day to come, see `described`.
 */
export const holdGroup = command(
	'evaluation.holdGroup',
	HoldGroup,
	async ({ tx, actor, now, today, permit, note, record }, input) => {
		const about = await subjectOf(tx, actor, input.about);
		permit(canHoldGroup(actor, about));
		if (input.heldOn > today) throw invalidField('heldOn', 'evaluation.focus.notYet');
		const { facilitatorId, secondCoderId } = await described(tx, actor.agencyId, input);
		const id = newId(now.getTime());
		if (actor.personId === null) throw missing();
		if (secondCoderId === actor.personId) throw invalidField('secondCoderNip', 'evaluation.focus.sameCoder');
		await tx
			.insertInto('evaluation.focus_group')
			.values({
				agency_id: actor.agencyId,
				id,
				version_id: about.versionId,
				class_id: about.classId,
				title: input.title,
				held_on: input.heldOn,
				place: input.place,
				people: input.people,
				questions: input.questions,
				notes: input.notes,
				facilitator_id: facilitatorId,
				second_coder_id: secondCoderId,
				made_by: actor.personId,
				made_at: now
			})
			.execute();
		note({ groupId: id });
		if (secondCoderId !== null) record('evaluation.secondCodesAsked', { groupId: id });
		return { groupId: id };
	},
	{ summary: 'Write down a focus group' }
);

/** `class:<id>` or `version:<id>`; refuses what is not there. */
async function subjectOf(tx: Tx, actor: Actor, about: string) {
	const [kind, id] = about.split(':');
	const { rows } = await sql<{ versionId: string; classId: string | null; teaches: boolean }>`
		select v.id as "versionId", c.id as "classId", ${teachesClass(actor)} as teaches
		from programs.version v
		left join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and ${kind === 'class'} and c.id = ${id}::uuid
		where v.agency_id = ${actor.agencyId} and (c.id is not null or (${kind === 'version'} and v.id = ${id}::uuid))`.execute(
		tx
	);
	const found = rows[0];
	if (found === undefined) throw missing();
	return found;
}

/** Refuses: somebody saved it since, a second coder replaced after handing over, see `described`. */
export const changeGroup = command(
	'evaluation.changeGroup',
	ChangeGroup,
	async ({ tx, actor, today, permit, note, record }, input) => {
		const group = await lockGroup(tx, actor, input.groupId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		if (input.seen !== group.edition) throw refused('evaluation.focus.stale');
		if (input.heldOn > today) throw invalidField('heldOn', 'evaluation.focus.notYet');
		const { facilitatorId, secondCoderId } = await described(tx, actor.agencyId, input);
		if (secondCoderId === group.madeBy) throw invalidField('secondCoderNip', 'evaluation.focus.sameCoder');
		if (group.secondDoneAt !== null && secondCoderId !== group.secondCoderId)
			throw invalidField('secondCoderNip', 'evaluation.focus.handedOver');
		await tx
			.updateTable('evaluation.focus_group')
			.set({
				title: input.title,
				held_on: input.heldOn,
				place: input.place,
				people: input.people,
				questions: input.questions,
				notes: input.notes,
				facilitator_id: facilitatorId,
				second_coder_id: secondCoderId,
				edition: group.edition + 1
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', group.id)
			.execute();
		note({ groupId: group.id });
		if (secondCoderId !== null && secondCoderId !== group.secondCoderId)
			record('evaluation.secondCodesAsked', { groupId: group.id });
		return { groupId: group.id };
	},
	{ summary: 'Change guide, notes or people of a focus group' }
);

/** From now on others see its themes. Refuses: nothing was coded, the second coder has not handed over. */
export const finishGroup = command(
	'evaluation.finishGroup',
	GroupStep,
	async ({ tx, actor, now, permit, note }, { groupId }) => {
		const group = await lockGroup(tx, actor, groupId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		stillCoding(group);
		const { rows } = await sql<{ coded: boolean }>`
			select exists (select from evaluation.focus_passage p
				join evaluation.passage_code x on x.agency_id = p.agency_id and x.passage_id = p.id and x.round = 1
				where p.agency_id = ${actor.agencyId} and p.group_id = ${groupId}) as coded`.execute(tx);
		if (rows[0]?.coded !== true) throw refused('evaluation.focus.nothingCoded');
		if (group.secondCoderId !== null && group.secondDoneAt === null)
			throw refused('evaluation.focus.waitsForSecond');
		await setFinished(tx, actor, groupId, now);
		note({ groupId });
		return {};
	},
	{ summary: 'Finish the coding of a focus group' }
);

/** Coding goes on; its themes count no longer until it is finished again. */
export const reopenGroup = command(
	'evaluation.reopenGroup',
	GroupStep,
	async ({ tx, actor, permit, note }, { groupId }) => {
		const group = await lockGroup(tx, actor, groupId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		await setFinished(tx, actor, groupId, null);
		note({ groupId });
		return {};
	},
	{ summary: 'Code a focus group further' }
);

const setFinished = (tx: Tx, actor: Actor, groupId: string, at: Date | null) =>
	tx
		.updateTable('evaluation.focus_group')
		.set({ finished_at: at })
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', groupId)
		.execute();
