import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { recordAbsence, removeAbsence } from '#slices/classes/server/commands/record-absence.ts';
import { absencesFor } from '#slices/classes/server/queries/absences.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['starts'], size: 50 });
	const past = url.searchParams.has('past');
	return {
		...(await absencesFor(
			db,
			actor,
			{ today, past, search: list.search },
			{ limit: list.size, offset: list.offset }
		)),
		past,
		list,
		today
	};
});

export const actions = formActions({
	record: formAction(recordAbsence, {
		then: ({ name }) => ({ say: 'classes.absence.saved', params: { name } })
	}),
	remove: formAction(removeAbsence, { then: () => ({ say: 'classes.absence.removed' }) })
});
