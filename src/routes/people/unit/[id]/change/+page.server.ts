import { redirect } from '@sveltejs/kit';
import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canOrganise } from '#slices/people/access.ts';
import { appointActing, endAssignment } from '#slices/people/server/commands/appoint-acting.ts';
import {
	closeUnit,
	mergeUnits,
	moveUnit,
	renameUnit,
	splitUnit
} from '#slices/people/server/commands/reorganise-units.ts';
import {
	leaderChoices,
	memberChoices,
	officeChoices,
	officeOf,
	siblingsOf,
	unitChoices,
	whoIn
} from '#slices/people/server/queries/choices.ts';
import { unitAssignments } from '#slices/people/server/queries/unit-history.ts';
import { unitEnd, unitPage } from '#slices/people/server/queries/units.ts';

export const load = page(async ({ db, actor, id, today, url }) => {
	const unitId = id('id');
	// Merged or closed a moment ago, here: its page tells what became of it.
	if ((await unitEnd(db, unitId)) !== null) redirect(303, `/people/unit/${unitId}`);
	const { unit, place } = await unitPage(db, actor, unitId, today);
	if (!canOrganise(actor, place)) throw missing();
	const who = whoIn(url);
	const office = await officeOf(db, unitId);
	const offices = await officeChoices(db, actor);
	const near = office === null ? [] : await unitChoices(db, actor, office);
	return {
		unit,
		today,
		who,
		leaders: await leaderChoices(db, actor, unitId, who),
		members: await memberChoices(db, unitId),
		siblings: await siblingsOf(db, unitId),
		assignments: await unitAssignments(db, unitId, today),
		// Another place in the own office, or below the top or another office.
		parents: [...offices, ...near.filter(({ id: near }) => !offices.some((one) => one.id === near))].filter(
			(choice) => choice.id !== unitId
		)
	};
});

const ordered = ({ waits }: { waits: boolean }) => ({
	say: waits ? 'people.order.waits' : 'people.order.done'
});

/** Names of the parts as typed, one a line. */
const lines = (text: unknown): string[] =>
	typeof text === 'string'
		? text
				.split('\n')
				.map((line) => line.trim())
				.filter(Boolean)
		: [];

export const actions = formActions({
	appoint: formAction(appointActing, {
		then: ({ leads }) => ({ say: leads ? 'people.acting.saved' : 'people.acting.savedBeside' })
	}),
	endAssignment: formAction(endAssignment, { then: () => ({ say: 'people.acting.ended' }) }),
	rename: formAction(renameUnit, { then: ordered }),
	move: formAction(moveUnit, { then: ordered }),
	merge: formAction(mergeUnits, { then: ordered }),
	split: formAction(splitUnit, {
		input: (form) => {
			const { names, ...fields } = fieldsOf(form);
			return { ...fields, names: lines(names) };
		},
		then: ordered
	}),
	close: formAction(closeUnit, { then: ordered })
});
