import { formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { TAKES_PEOPLE } from '#slices/classes/model.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { teamForClass } from '#slices/classes/server/queries/participants.ts';
import { nominateAction } from '../nominate-action.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	return {
		class: head.class,
		team: await teamForClass(db, actor, head.class.id),
		can: { nominate: TAKES_PEOPLE.includes(head.class.status) }
	};
});

export const actions = formActions({ default: nominateAction });
