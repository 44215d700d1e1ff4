import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canDeliver } from '#slices/notices/access.ts';
import { categoryOf } from '#slices/notices/model.ts';
import { openNotice, readAll } from '#slices/notices/server/commands/read.ts';
import { noticesOf } from '#slices/notices/server/queries/own.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today, event }) => {
	const list = listQuery(url, { sorts: ['-at'], size: 30 });
	const category = categoryOf(url.searchParams.get('category'));
	const onlyUnread = url.searchParams.get('show') === 'unread';
	const { notices, total, unread } = await noticesOf(
		db,
		actor,
		{ category, unread: onlyUnread },
		{ limit: list.size, offset: list.offset }
	);
	return {
		days: [...Map.groupBy(notices, ({ day }) => day)].map(([day, its]) => ({
			day,
			notices: its.map(({ id, kind, facts, at, read }) => ({ id, at, read, ...noticeWords(kind, facts) }))
		})),
		total,
		unreadOfAll: unread,
		category,
		onlyUnread,
		list,
		today,
		outbox: canDeliver(actor),
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	open: formAction(openNotice, { then: ({ href }) => ({ to: href }) }),
	readAll: formAction(readAll, { then: () => ({ say: 'notices.list.readAllDone' }) })
});
