import { hasAbility } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { canManage } from '#slices/classes/access.ts';
import { CLASS_MODES, CLASS_STATUSES } from '#slices/classes/model.ts';
import { classesOf } from '#slices/classes/server/queries/classes.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['starts'], size: 50 });
	const month = url.searchParams.get('month');
	const filter = {
		// Without a word in the address it is this month; "all" is every month.
		month:
			month === 'all'
				? null
				: month !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)
					? month
					: today.slice(0, 7),
		status: CLASS_STATUSES.find((status) => status === url.searchParams.get('status')) ?? null,
		mode: CLASS_MODES.find((mode) => mode === url.searchParams.get('mode')) ?? null,
		mine: url.searchParams.has('mine'),
		search: list.search
	};
	return {
		...(await classesOf(db, actor, filter, { limit: list.size, offset: list.offset })),
		filter,
		list,
		today,
		can: { create: canManage(actor), absence: hasAbility(actor, 'people.staffing') }
	};
});
