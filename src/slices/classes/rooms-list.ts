import { type Sorting, sortedBy } from '#ui/list-url.ts';

/** Columns of the list of rooms that sort, the usual one first. */
export const ROOM_SORTS = ['name', 'seats', 'unit', 'ahead'] as const;

type Listed = {
	code: string;
	name: string;
	seats: number;
	unit: string | null;
	address: string;
	active: boolean;
	ahead: number;
};

/** Rooms that hold what is searched for, in the order asked; by name, those out of use come after the others. */
export const listedRooms = <Room extends Listed>(
	rooms: readonly Room[],
	search: string,
	sort: Sorting<(typeof ROOM_SORTS)[number]>
): Room[] => {
	const wanted = search.toLowerCase();
	return sortedBy(
		rooms.filter(({ code, name, unit, address }) =>
			`${code} ${name} ${unit ?? ''} ${address}`.toLowerCase().includes(wanted)
		),
		sort,
		{
			name: ({ active, name }) => `${active ? 0 : 1} ${name}`,
			seats: ({ seats }) => seats,
			unit: ({ unit }) => unit ?? '',
			ahead: ({ ahead }) => ahead
		}
	);
};
