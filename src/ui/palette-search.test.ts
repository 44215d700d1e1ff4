import { expect, test } from 'vitest';
import { matching, placesIn } from './palette-search.ts';

const places = [
	{ href: '/classes', label: 'Kelas' },
	{ href: '/growth', label: 'Langkah berikutnya' },
	{ href: '/reports', label: 'Laporan', hint: 'JP per unit' },
	{ href: '/learning', label: 'Belajar' }
];
const found = (typed: string) => matching(places, typed).map(({ label }) => label);

test('nothing typed shows every place, as the menu has them', () => {
	expect(found('  ')).toEqual(['Kelas', 'Langkah berikutnya', 'Laporan', 'Belajar']);
});
test('names that begin with it come first', () => {
	expect(found('la')).toEqual(['Langkah berikutnya', 'Laporan', 'Kelas', 'Belajar']);
});
test('all words must be there, in the name or the hint, in any case and with any accent', () => {
	expect(found('JP lápor')).toEqual(['Laporan']);
	expect(found('laporan kelas')).toEqual([]);
});
test('a word that stands nowhere finds its root, in whatever form the name has it', () => {
	const rooms = [
		{ href: '/needs', label: 'Menilai diri' },
		{ href: '/classes', label: 'Pelatihan' },
		{ href: '/people', label: 'Orang' }
	];
	const labels = (typed: string) => matching(rooms, typed).map(({ label }) => label);
	expect(labels('penilaian')).toEqual(['Menilai diri']);
	expect(labels('penilaian diri')).toEqual(['Menilai diri']);
	expect(labels('berlatih')).toEqual(['Pelatihan']);
	expect(labels('keorangan')).toEqual(['Orang']);
	expect(labels('pe')).toEqual(['Pelatihan']);
	expect(labels('gaji')).toEqual([]);
});
test('signs that mean something to a pattern are only signs here', () => {
	expect(found('(.*')).toEqual([]);
});

test('of what a server tells only places are taken', () => {
	const chart = { href: '/people/chart', label: 'Bagan organisasi' };
	expect(placesIn([chart, { ...chart, hint: 'x' }, { label: 'y' }, null, 3])).toEqual([
		chart,
		{ ...chart, hint: 'x' }
	]);
	expect(placesIn({ error: 'no' })).toEqual([]);
});
