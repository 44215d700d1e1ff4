import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { guideKey, GUIDES } from '#slices/evaluation/focus-guides.ts';
import { holdGroup } from '#slices/evaluation/server/commands/focus-groups.ts';
import { focusGroup, focusGroups, groupSubjects } from '#slices/evaluation/server/focus-groups.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const subjects = await groupSubjects(db, actor, today);
	if (subjects.length === 0) throw missing();
	const copied = url.searchParams.get('copy');
	const guide = guideKey(url.searchParams.get('guide')) ?? 'class';
	const earlier = await focusGroups(db, actor, { size: 10, offset: 0 });
	return {
		subjects,
		about: url.searchParams.get('about'),
		guide: copied === null ? guide : null,
		copied,
		questions:
			copied !== null && isId(copied) ? (await focusGroup(db, actor, copied)).questions : GUIDES[guide],
		earlier: earlier.groups.map(({ id, title }) => ({ id, title })),
		today
	};
});

export const actions = formActions({
	default: formAction(holdGroup, {
		then: ({ groupId }) => ({ to: `/evaluation/focus-groups/${groupId}` })
	})
});
