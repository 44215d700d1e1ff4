import { describe, expect, it } from 'vitest';
import { AGENCY_KEYS, makeAgency, makeCities } from './agency.ts';
import { ageAt, yearOf } from './calendar.ts';
import { PNS_GRADES } from './grades.ts';
import { AS_OF } from './model.ts';
import type { Agency, Person } from './model.ts';

const cities = makeCities();
const medan = makeAgency('medan');

const share = (agency: Agency, fits: (person: Person) => boolean) =>
	(100 * agency.people.filter(fits).length) / agency.people.length;

describe('the city of Medan', () => {
	it('has 14,351 people: 9,726 PNS, CPNS among them, and 4,625 PPPK', () => {
		expect(medan.people).toHaveLength(14_351);
		expect(medan.people.filter((person) => person.kind === 'PPPK')).toHaveLength(4_625);
		const candidates = medan.people.filter((person) => person.kind === 'CPNS').length;
		expect(candidates).toBeGreaterThan(50);
		expect(candidates).toBeLessThan(200);
	});

	it("has the nation's mix: 57 % women, 63 % functional, 31 % pelaksana, 6 % structural", () => {
		expect(share(medan, (person) => person.sex === 'female')).toBeCloseTo(57, 1);
		expect(share(medan, (person) => person.postKind === 'functional')).toBeCloseTo(63, 1);
		expect(share(medan, (person) => person.postKind === 'general')).toBeCloseTo(31, 1);
		expect(share(medan, (person) => person.postKind === 'structural')).toBeCloseTo(6, 1);
	});

	it('is taught and healed by most of its functional staff', () => {
		const functional = medan.people.filter((person) => person.postKind === 'functional');
		const front = functional.filter((person) => /^(Guru|Perawat|Bidan|Dokter)/.test(person.post));
		expect(front.length / functional.length).toBeGreaterThan(0.6);
	});

	it('puts six to ten people at the counter of each of its 21 kecamatan', () => {
		const counters = medan.units.filter((unit) => unit.name === 'Seksi Pelayanan Umum');
		expect(counters).toHaveLength(21);
		for (const counter of counters) {
			const clerks = medan.people.filter(
				(person) => person.unitId === counter.id && person.postKind === 'general'
			);
			expect(clerks.length).toBeGreaterThanOrEqual(6);
			expect(clerks.length).toBeLessThanOrEqual(10);
		}
	});
});

describe('the neighbours', () => {
	it('have 300 people each, 57 % of them women, and full counters', () => {
		for (const agency of cities.filter(({ key }) => key !== 'medan')) {
			expect(agency.people).toHaveLength(300);
			expect(share(agency, (person) => person.sex === 'female')).toBeCloseTo(57, 1);
			for (const counter of agency.units.filter((unit) => unit.name === 'Seksi Pelayanan Umum')) {
				const clerks = agency.people.filter(
					(person) => person.unitId === counter.id && person.postKind === 'general'
				);
				expect(clerks.length).toBeGreaterThanOrEqual(6);
			}
		}
	});

	it('share no person, unit or NIP with each other', () => {
		const ids = cities.flatMap((agency) => [...agency.units, ...agency.people].map(({ id }) => id));
		expect(new Set(ids).size).toBe(ids.length);
		const nips = cities.flatMap((agency) => agency.people.map(({ nip }) => nip));
		expect(new Set(nips).size).toBe(nips.length);
	});
});

describe('every person', () => {
	it('has a NIP whose digits are those of the birth date, the appointment and the sex', () => {
		for (const { people } of cities) {
			for (const person of people) {
				const [, birth, start, sex, serial] = /^(\d{8})(\d{6})([12])(\d{3})$/.exec(person.nip) ?? [];
				expect(birth).toBe(person.birthDate.replaceAll('-', ''));
				if (person.kind === 'PPPK')
					expect(start).toMatch(new RegExp(`^${person.appointed.slice(0, 4)}2[12]$`));
				else expect(start).toBe(person.appointed.slice(0, 7).replace('-', ''));
				expect(sex).toBe(person.sex === 'male' ? '1' : '2');
				expect(Number(serial)).toBeGreaterThan(900);
			}
		}
	});

	it('is 21 to 59, was an adult when appointed, and got each thing after the one before', () => {
		for (const { people } of cities) {
			for (const person of people) {
				expect(ageAt(person.birthDate, AS_OF)).toBeGreaterThanOrEqual(21);
				expect(ageAt(person.birthDate, AS_OF)).toBeLessThan(60);
				expect(ageAt(person.birthDate, person.appointed)).toBeGreaterThanOrEqual(18);
				if (person.confirmed) expect(person.confirmed > person.appointed).toBe(true);
				for (const date of [person.confirmed ?? AS_OF, person.gradeSince, person.postSince]) {
					expect(date >= person.appointed && date <= AS_OF, `${person.nip} ${date}`).toBe(true);
				}
				const { levelId, graduated } = person.education;
				expect(graduated).toBeLessThanOrEqual(levelId < '45' ? yearOf(person.appointed) : yearOf(AS_OF));
			}
		}
	});

	it('holds a grade that exists, fits the post and is never below the first one', () => {
		const order: readonly string[] = PNS_GRADES;
		for (const { people } of cities) {
			for (const person of people) {
				if (person.kind === 'PPPK') {
					expect(person.grade).toMatch(/^(I|IV|V|VII|IX|X|XI)$/);
					expect(person.postKind).not.toBe('structural');
					continue;
				}
				expect(order.indexOf(person.firstGrade)).toBeGreaterThanOrEqual(0);
				expect(order.indexOf(person.grade)).toBeGreaterThanOrEqual(order.indexOf(person.firstGrade));
				if (person.post.endsWith('Ahli Madya')) expect(person.grade).toMatch(/^4[123]$/);
				if (person.post.endsWith('Ahli Muda')) expect(person.grade).toMatch(/^3[34]$/);
				if (person.post.endsWith('Ahli Pertama')) expect(person.grade).toMatch(/^3[12]$/);
				if (person.post.startsWith('Camat')) expect(person.grade).toMatch(/^4[12]$/);
				if (person.post.startsWith('Lurah')) expect(person.grade).toMatch(/^3[34]$/);
			}
		}
	});

	it('is invented the same way again from the same seed, and differently from another', () => {
		expect(makeAgency('medan')).toEqual(medan);
		const other = makeAgency('palembang', 7);
		const palembang = cities.find(({ key }) => key === 'palembang');
		expect(other.people.map(({ nip }) => nip)).not.toEqual(palembang?.people.map(({ nip }) => nip));
	});
});

describe('the unit tree', () => {
	it('has one root and every parent before its children', () => {
		expect(cities.map(({ key }) => key)).toEqual([...AGENCY_KEYS]);
		for (const { units } of cities) {
			expect(units.filter((unit) => unit.parentId === null)).toHaveLength(1);
			const seen = new Set<string>();
			for (const unit of units) {
				if (unit.parentId) expect(seen.has(unit.parentId)).toBe(true);
				seen.add(unit.id);
			}
			expect(new Set(units.map(({ code }) => code)).size).toBe(units.length);
		}
	});

	it('has about a thousand units in Medan: 21 kecamatan, 151 kelurahan, 41 puskesmas, schools', () => {
		const count = (kind: string) => medan.units.filter((unit) => unit.kind === kind).length;
		expect(medan.units.length).toBeGreaterThanOrEqual(900);
		expect(medan.units.length).toBeLessThanOrEqual(1_100);
		expect([count('subdistrict'), count('urbanVillage'), count('healthCentre')]).toEqual([21, 151, 41]);
		expect(count('primarySchool') + count('juniorSchool')).toBe(195);
	});

	it('gives every unit a head who sits in it; the city itself answers to the Sekda', () => {
		for (const { units, people } of cities) {
			const byId = new Map(people.map((person) => [person.id, person]));
			for (const unit of units) {
				const head = byId.get(unit.headId);
				if (unit.parentId === null) expect(head?.post).toBe('Sekretaris Daerah');
				else expect(head?.unitId, unit.name).toBe(unit.id);
				if (unit.echelon) expect([head?.postKind, head?.post]).toEqual(['structural', unit.headPost]);
			}
		}
	});
});
