import { describe, expect, test } from 'vitest';
import { echelonName, isPostLevel, POST_LEVELS, postKindOf, postLevelOf } from './posts.ts';

describe('the levels of posts', () => {
	test('there are fourteen: five of leaders, one of pelaksana, eight functional', () => {
		const kinds = Object.values(POST_LEVELS).map(({ kind }) => kind);
		expect(kinds).toHaveLength(14);
		expect(kinds.filter((kind) => kind === 'structural')).toHaveLength(5);
		expect(kinds.filter((kind) => kind === 'general')).toHaveLength(1);
		expect(kinds.filter((kind) => kind === 'functional')).toHaveLength(8);
	});

	test('no two levels share a key', () => {
		const keys = Object.values(POST_LEVELS).map(({ key }) => key);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('a code that SIASN does not have is no level', () => {
		expect(isPostLevel('14')).toBe(true);
		expect(['00', '07', '15', '25', '1', '', 'toString'].filter(isPostLevel)).toEqual([]);
	});
});

describe('what the SIASN export says of a post', () => {
	test.each([
		['1', 'structural'],
		['2', 'functional'],
		['4', 'general'],
		[' 2 ', 'functional'],
		['3', null],
		['', null]
	] as const)('jenis_jabatan %j is %s', (id, kind) => {
		expect(postKindOf(id)).toBe(kind);
	});

	test.each([
		['10', 'I', '01'],
		['11', 'I.a', '02'],
		['12', 'I.b', '02'],
		['21', 'II.a', '03'],
		['22', 'II.b', '03'],
		['31', 'III.a', '04'],
		['32', 'III.b', '04'],
		['41', 'IV.a', '05'],
		['42', 'IV.b', '05']
	])('echelon %s is written %s and is of level %s', (id, name, level) => {
		expect(echelonName(id)).toBe(name);
		expect(postLevelOf({ kind: 'structural', title: 'Camat', echelonId: id })).toBe(level);
	});

	test('a leader without an echelon has no level, whatever the title says', () => {
		expect(postLevelOf({ kind: 'structural', title: 'Kepala Bagian Utama', echelonId: null })).toBeNull();
		expect(postLevelOf({ kind: 'structural', title: 'Lurah', echelonId: '99' })).toBeNull();
		expect(echelonName('99')).toBeNull();
	});

	test.each([
		['Guru Ahli Pertama', '21'],
		['GURU AHLI MUDA', '22'],
		['Auditor Ahli Madya', '23'],
		['Widyaiswara Ahli Utama', '24'],
		['Guru Muda', '22'],
		['Pranata Komputer Pemula', '11'],
		['Perawat Terampil', '12'],
		['Bidan Mahir', '13'],
		['Arsiparis Penyelia', '14'],
		['Dokter Ahli Utama (Spesialis Anak)', '24'],
		['Penyelia Produk Ahli Muda', '22']
	])('the title %j tells the level %s', (title, level) => {
		expect(postLevelOf({ kind: 'functional', title, echelonId: null })).toBe(level);
	});

	test('a functional title without a word of level is not guessed', () => {
		expect(postLevelOf({ kind: 'functional', title: 'Guru', echelonId: null })).toBeNull();
		expect(postLevelOf({ kind: 'functional', title: 'Pemudaan Hutan', echelonId: null })).toBeNull();
	});

	test('a school head leads a unit with an echelon, but the functional post counts', () => {
		expect(postLevelOf({ kind: 'functional', title: 'Guru Ahli Madya', echelonId: '41' })).toBe('23');
	});

	test('every pelaksana is of one level', () => {
		expect(postLevelOf({ kind: 'general', title: 'Operator Layanan Utama', echelonId: null })).toBe('06');
	});
});
