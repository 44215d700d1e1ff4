import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { writeFinding } from '#slices/evaluation/server/commands/write-finding.ts';
import { themePage } from '#slices/evaluation/server/focus-themes.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const idIn = (name: string) => {
		const value = url.searchParams.get(name);
		return value !== null && isId(value) ? value : null;
	};
	const theme = idIn('theme');
	const about = { versionId: id('version'), classId: idIn('class') };
	return { ...(await themePage(db, actor, about, theme)), theme };
});

export const actions = formActions({
	writeFinding: formAction(writeFinding, {
		then: ({ findingId }) => ({ to: `/evaluation/findings/${findingId}` })
	})
});
