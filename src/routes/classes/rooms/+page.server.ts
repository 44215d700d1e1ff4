import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { createRoom } from '#slices/classes/server/commands/write-room.ts';
import { owningUnits, roomsOf } from '#slices/classes/server/queries/rooms.ts';
import { listQuery, sortedBy } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, now, url }) => {
	const { rooms, can } = await roomsOf(db, actor, now);
	const list = listQuery(url, { sorts: ['name', 'seats', 'unit', 'ahead'] });
	const wanted = list.search.toLowerCase();
	const found = rooms.filter(({ code, name, unit, address }) =>
		`${code} ${name} ${unit ?? ''} ${address}`.toLowerCase().includes(wanted)
	);
	const sorted = sortedBy(found, list.sort, {
		name: ({ active, name }) => `${active ? 0 : 1} ${name}`,
		seats: ({ seats }) => seats,
		unit: ({ unit }) => unit ?? '',
		ahead: ({ ahead }) => ahead
	});
	return {
		rooms: sorted.slice(list.offset, list.offset + list.size),
		all: rooms.length,
		inUse: rooms.filter(({ active }) => active).length,
		list,
		total: found.length,
		can,
		units: can.manage ? await owningUnits(db, actor) : []
	};
});

export const actions = formActions({
	default: formAction(createRoom, { then: ({ roomId }) => ({ to: `/classes/rooms/${roomId}` }) })
});
