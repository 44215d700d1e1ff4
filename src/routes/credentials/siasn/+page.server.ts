import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { completeRecord, makeBatch } from '#slices/credentials/server/commands/siasn.ts';
import { batches, handoverSheet } from '#slices/credentials/server/queries/siasn.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['endsOn'], size: 50 });
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2010 && asked <= thisYear ? asked : thisYear;
	return {
		list,
		year,
		thisYear,
		...(await handoverSheet(db, actor, year, list.page)),
		batches: await batches(db, actor)
	};
});

export const actions = formActions({
	make: formAction(makeBatch, {
		input: fieldsOf,
		then: ({ batchId }) => ({ to: `/credentials/siasn/${batchId}` })
	}),
	complete: formAction(completeRecord, { then: () => ({ say: 'credentials.siasn.completed' }) })
});
