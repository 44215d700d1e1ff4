import { expect, test } from 'vitest';
import { pinnedOf } from './layout-data.ts';

const item = (room: string, pinned?: boolean) => ({
	room,
	href: `/${room}`,
	label: room,
	active: false,
	...(pinned ? { pinned } : {})
});

test('the foot of a phone shows what is pinned, else the first two, never more', () => {
	expect(pinnedOf([item('a'), item('b'), item('c'), item('d')]).map(({ room }) => room)).toEqual(['a', 'b']);
	expect(pinnedOf([item('a'), item('b', true), item('c'), item('d', true)]).map(({ room }) => room)).toEqual([
		'b',
		'd'
	]);
	expect(pinnedOf(['a', 'b', 'c', 'd'].map((room) => item(room, true)))).toHaveLength(2);
});
