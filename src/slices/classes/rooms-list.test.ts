import { expect, test } from 'vitest';
import { listedRooms } from './rooms-list.ts';

const room = (name: string, more: object = {}) => ({
	code: name.slice(0, 3).toUpperCase(),
	name,
	seats: 30,
	unit: null as string | null,
	address: '',
	active: true,
	ahead: 0,
	...more
});
const ROOMS = [
	room('Ruang Kelas A', { seats: 40, ahead: 6 }),
	room('Aula BKPSDM', { seats: 120 }),
	room('aula kecamatan', { unit: 'Kecamatan Medan Johor', address: 'Jl. Karya', ahead: 2 }),
	room('Aula lama', { active: false })
];
const names = (by: 'name' | 'seats' | 'unit' | 'ahead', descending = false, search = '') =>
	listedRooms(ROOMS, search, { by, descending }).map(({ name }) => name);

test('rooms sort by name whatever its capitals, and those out of use come last', () => {
	expect(names('name')).toEqual(['Aula BKPSDM', 'aula kecamatan', 'Ruang Kelas A', 'Aula lama']);
});
test('by seats, by owner and by sessions to come, both ways', () => {
	expect(names('seats', true)[0]).toBe('Aula BKPSDM');
	expect(names('seats')[3]).toBe('Aula BKPSDM');
	expect(names('unit', true)[0]).toBe('aula kecamatan');
	expect(names('ahead', true).slice(0, 2)).toEqual(['Ruang Kelas A', 'aula kecamatan']);
});
test('and are found by code, name, owner or address', () => {
	expect(names('name', false, 'johor')).toEqual(['aula kecamatan']);
	expect(names('name', false, 'KARYA')).toEqual(['aula kecamatan']);
	expect(names('name', false, 'rua')).toEqual(['Ruang Kelas A']);
});
