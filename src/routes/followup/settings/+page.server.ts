import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { keepsHouse } from '#slices/followup/access.ts';
import { setFollowUp } from '#slices/followup/server/commands/set.ts';
import { programChoices, settingsNow } from '#slices/followup/server/queries/settings.ts';

export const load = page(async ({ db, actor, today, url }) => {
	if (!keepsHouse(actor)) throw missing();
	const programs = await programChoices(db);
	const program = programs.find(({ id }) => id === url.searchParams.get('program')) ?? null;
	return { programs, program, setting: await settingsNow(db, program?.id ?? null, today) };
});

export const actions = formActions({
	default: formAction(setFollowUp, {
		input: (form) => {
			const { checkInDays, ...typed } = fieldsOf(form);
			const days =
				typeof checkInDays === 'string'
					? checkInDays
							.split(/[\s,;]+/)
							.filter(Boolean)
							// What is no number becomes a day that is none: the field's own message says what to write.
							.map((day) => (/^\d+$/.test(day) ? Number(day) : 0))
					: [];
			return { ...typed, checkInDays: days };
		},
		then: () => ({ say: 'followup.set.done' })
	})
});
