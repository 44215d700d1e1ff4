import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { startSplit } from '#slices/classes/server/commands/start-split.ts';
import { splitChoices } from '#slices/classes/server/queries/splits.ts';

export const load = page(async ({ db, actor, url }) => {
	const programId = url.searchParams.get('program') ?? '';
	const line = url.searchParams.get('line');
	if (!isId(programId)) throw missing();
	return splitChoices(db, actor, { programId, lineId: line !== null && isId(line) ? line : null });
});

export const actions = formActions({
	default: formAction(startSplit, { then: ({ splitId }) => ({ to: `/classes/cohorts/${splitId}` }) })
});
