import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { createClass } from '#slices/classes/server/commands/write-class.ts';
import { linesToHold, programsInForce } from '#slices/classes/server/queries/choices.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const lines = await linesToHold(db, actor);
	const asked = url.searchParams.get('line');
	return {
		lines,
		line: lines.find((line) => asked !== null && isId(asked) && line.id === asked) ?? null,
		outside: url.searchParams.has('outside'),
		programs: url.searchParams.has('outside') ? await programsInForce(db, actor) : [],
		today
	};
});

export const actions = formActions({
	default: formAction(createClass, { then: ({ classId }) => ({ to: `/classes/${classId}?tab=sessions` }) })
});
