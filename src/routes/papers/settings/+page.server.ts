import type { RequestEvent } from '@sveltejs/kit';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import {
	addSignatory,
	endSignatory,
	setLetterhead,
	setNumbering
} from '#slices/papers/server/commands/settings.ts';
import { settingsPage } from '#slices/papers/server/queries/settings.ts';

export const load = page(async ({ db, actor, today, event }) => ({
	...(await settingsPage(db, actor, today)),
	today,
	zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
}));

/** A chosen file travels to the command as base64, as the machine door sends it too. */
async function withLogo(form: FormData, _: RequestEvent): Promise<unknown> {
	const { logo, ...fields } = fieldsOf(form);
	if (!(logo instanceof File) || logo.size === 0) return fields;
	const base64 = Buffer.from(await logo.arrayBuffer()).toString('base64');
	return { ...fields, logo: { name: logo.name.slice(0, 300) || '-', base64 } };
}

export const actions = formActions({
	letterhead: formAction(setLetterhead, {
		input: withLogo,
		then: () => ({ say: 'papers.settings.saved' })
	}),
	numbering: formAction(setNumbering, { then: () => ({ say: 'papers.settings.saved' }) }),
	signatory: formAction(addSignatory, { then: () => ({ say: 'papers.settings.saved' }) }),
	end: formAction(endSignatory, { then: () => ({ say: 'papers.settings.saved' }) })
});
