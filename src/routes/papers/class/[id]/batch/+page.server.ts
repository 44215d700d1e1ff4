import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { ADDRESSED } from '#slices/papers/model.ts';
import { askForBatch } from '#slices/papers/server/commands/batch.ts';
import { batchForm } from '#slices/papers/server/queries/class-papers.ts';

export const load = page(async ({ db, actor, id, url, now, today }) => {
	const kind = ADDRESSED.find((one) => one === url.searchParams.get('kind'));
	if (kind === undefined) throw missing();
	const head = await classById(db, actor, id('id'));
	return {
		class: { id: head.class.id, name: head.class.name },
		...(await batchForm(db, actor, head.class.id, kind, now, today))
	};
});

export const actions = formActions({
	default: formAction(askForBatch, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) })
});
