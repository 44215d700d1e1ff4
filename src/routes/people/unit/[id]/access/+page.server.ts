import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canOpenAccess } from '#slices/people/access.ts';
import { FIRST_CODES } from '#slices/people/model.ts';
import { openAccess } from '#slices/people/server/commands/open-access.ts';
import { newcomersOf } from '#slices/people/server/queries/newcomers.ts';
import { unitPlace } from '#slices/people/server/queries/units.ts';

export const load = page(async ({ db, actor, id, today, now, url }) => {
	const unit = await unitPlace(db, id('id'));
	if (!unit || !canOpenAccess(actor, unit.path)) throw missing();
	const { fresh, waiting } = await newcomersOf(db, actor, unit.path, { today, now });
	return {
		unit: { id: id('id'), name: unit.name },
		fresh: fresh.length,
		waiting: waiting.length,
		most: FIRST_CODES,
		address: url.origin
	};
});

export const actions = formActions({ default: formAction(openAccess) });
