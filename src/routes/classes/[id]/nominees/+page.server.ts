import { formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { missing } from '#kernel/errors.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { nomineesOf } from '#slices/classes/server/queries/nominees.ts';
import { jpCountedOf } from '#slices/credentials/public.server.ts';
import { listQuery } from '#ui/list-url.ts';
import { nominateAction } from '../nominate-action.ts';

export const load = page(async ({ db, actor, id, url, today, event }) => {
	const head = await classById(db, actor, id('id'));
	if (!head.can.nominate) throw missing();
	const list = listQuery(url, { sorts: ['gap'], size: 50 });
	const found = await nomineesOf(
		db,
		actor,
		{ id: head.class.id, zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta' },
		{ limit: list.size, offset: list.offset }
	);
	const jp = await jpCountedOf(
		db,
		found.nominees.map((one) => one.person_id),
		Number(today.slice(0, 4))
	);
	return {
		class: head.class,
		list,
		total: found.total,
		nominees: found.nominees.map((one) => ({ ...one, jp: jp.get(one.person_id) ?? 0 }))
	};
});

export const actions = formActions({ default: nominateAction });
