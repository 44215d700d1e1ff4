import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canBuildInstruments } from '#slices/needs/access.ts';
import { createInstrument } from '#slices/needs/server/commands/instruments.ts';
import { instrumentsFor } from '#slices/needs/server/queries/instruments.ts';

export const load = page(async ({ db, actor }) => {
	if (!canBuildInstruments(actor)) throw missing();
	return { instruments: await instrumentsFor(db, actor) };
});

export const actions = formActions({
	create: formAction(createInstrument, {
		then: ({ instrumentId }) => ({ to: `/needs/instruments/${instrumentId}` })
	})
});
