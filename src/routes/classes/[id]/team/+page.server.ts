import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { TAKES_PEOPLE } from '#slices/classes/model.ts';
import { nominate } from '#slices/classes/server/commands/decide-registration.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { teamForClass } from '#slices/classes/server/queries/participants.ts';

export const load = page(async ({ db, actor, id }) => {
	const head = await classById(db, actor, id('id'));
	return {
		class: head.class,
		team: await teamForClass(db, actor, head.class.id),
		can: { nominate: TAKES_PEOPLE.includes(head.class.status) }
	};
});

export const actions = formActions({
	default: formAction(nominate, {
		input: (form, event) => ({
			classId: event.params['id'],
			personIds: form.getAll('personIds'),
			note: form.get('note') ?? ''
		}),
		then: ({ enrolled, waiting, already }) => ({
			say: 'classes.enrol.done',
			params: { enrolled, waiting, already }
		})
	})
});
