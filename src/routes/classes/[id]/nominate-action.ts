import { formAction } from '#platform/http/form-action.ts';
import { nominate } from '#slices/classes/server/commands/decide-registration.ts';

/** People ticked on a list (one's team, or who needs the class) are sent to it. */
export const nominateAction = formAction(nominate, {
	input: (form, event) => ({
		classId: event.params['id'],
		personIds: form.getAll('personIds'),
		note: form.get('note') ?? ''
	}),
	then: ({ enrolled, waiting, already }) => ({
		say: 'classes.enrol.done',
		params: { enrolled, waiting, already }
	})
});
