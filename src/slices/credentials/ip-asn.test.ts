import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	after,
	asksForNoTraining,
	categoryOf,
	gainOf,
	ipAsn,
	missingOf,
	type IpFacts,
	type IpRuleset
} from './ip-asn.ts';
import { IP_RULESET_2019 as RULES } from './ip-ruleset.ts';

const person = (parts: Partial<IpFacts>): IpFacts => ({
	group: 'general',
	level: '06',
	postTitle: 'Pengadministrasi Umum',
	education: 'S1',
	hours: 0,
	leadership: [],
	functionalTraining: false,
	seminar: false,
	predicate: 2,
	sanction: null,
	...parts
});
const administrator: Partial<IpFacts> = { group: 'structural', level: '04', postTitle: 'Camat' };
const overseer: Partial<IpFacts> = { group: 'structural', level: '05', postTitle: 'Kepala Seksi' };

describe('the vectors of the domain', () => {
	test.each<[string, Partial<IpFacts>, number[], number, string]>([
		[
			'Administrator, S2, PIM III, 24 JP, seminar, Sangat Baik, clean',
			{ ...administrator, education: 'S2', leadership: ['04'], hours: 24, seminar: true, predicate: 1 },
			[20, 40, 30, 5],
			95,
			'veryHigh'
		],
		['Pelaksana, S1, 20 JP, no seminar, Baik, clean', { hours: 20 }, [15, 22.5, 25, 5], 67.5, 'low'],
		[
			'Pelaksana, SMA, 19.5 JP, seminar, Baik, clean',
			{ education: 'SMA', hours: 19.5, seminar: true },
			[5, 17.5, 25, 5],
			52.5,
			'veryLow'
		],
		[
			'Perawat (no functional training asked), D3, 18 JP, seminar, Baik, clean',
			{
				group: 'functional',
				level: '13',
				postTitle: 'Perawat Mahir',
				education: 'D3',
				hours: 18,
				seminar: true
			},
			[10, 25, 25, 5],
			65,
			'low'
		],
		[
			'Pengawas, S1, only PIM III (wrong level), 20 JP, seminar, Baik, light sanction',
			{ ...overseer, leadership: ['04'], hours: 20, seminar: true, sanction: 'light' },
			[15, 25, 25, 3],
			68,
			'low'
		]
	])('%s', (_, parts, [qualification, competence, performance, discipline], total, category) => {
		expect(ipAsn(RULES, person(parts))).toMatchObject({
			qualification,
			competence,
			performance,
			discipline,
			total,
			category
		});
	});

	test('where a higher level counts, the last one has all 40 of competence', () => {
		const lenient: IpRuleset = { ...RULES, higherLevelCounts: true };
		const facts = person({ ...overseer, leadership: ['04'], hours: 20, seminar: true, sanction: 'light' });
		expect(ipAsn(lenient, facts)).toMatchObject({ competence: 40, total: 83, category: 'high' });
		// A lower level never does.
		expect(ipAsn(lenient, person({ ...administrator, leadership: ['05'] })).competence).toBe(0);
	});
});

describe('every case of the table', () => {
	test.each([
		['S3', 25],
		['S2', 20],
		['S1', 15],
		['Profesi', 15],
		['D4', 15],
		['D3', 10],
		['D2', 5],
		['D1', 5],
		['SMA', 5],
		['SMP', 1],
		['SD', 1],
		[null, 0]
	])('education %s is %d of 25', (education, points) => {
		expect(ipAsn(RULES, person({ education })).qualification).toBe(points);
	});

	test.each([
		[1, 30],
		[2, 25],
		[3, 15],
		[4, 5],
		[5, 1],
		[null, 0]
	])('predicate %s is %d of 30', (predicate, points) => {
		expect(ipAsn(RULES, person({ predicate })).performance).toBe(points);
	});

	test.each([
		[null, 5],
		['light', 3],
		['medium', 2],
		['heavy', 1]
	] as const)('a sanction that is %s leaves %d of 5', (sanction, points) => {
		expect(ipAsn(RULES, person({ sanction })).discipline).toBe(points);
	});

	test.each<[string, Partial<IpFacts>, number]>([
		['a leader without anything', { ...overseer }, 0],
		['a leader with the training of the level', { ...overseer, leadership: ['05'] }, 15],
		['a leader with 20 JP', { ...overseer, hours: 20 }, 15],
		['a leader with a seminar', { ...overseer, seminar: true }, 10],
		[
			'a functional post with its training',
			{ group: 'functional', level: '22', postTitle: 'Analis Kebijakan Ahli Muda', functionalTraining: true },
			15
		],
		[
			'leadership training in a functional post is not its training',
			{ group: 'functional', level: '22', postTitle: 'Analis Kebijakan Ahli Muda', leadership: ['04'] },
			0
		],
		['a pelaksana with 20 JP', { hours: 20 }, 22.5],
		['a pelaksana with a seminar', { seminar: true }, 17.5],
		['a pelaksana with functional training alone', { functionalTraining: true }, 0]
	])('%s', (_, parts, points) => {
		expect(ipAsn(RULES, person(parts)).competence).toBe(points);
	});

	test.each([
		['Guru Ahli Muda', true],
		['Dokter Gigi Ahli Pertama', true],
		['Asesor SDM Aparatur Ahli Muda', true],
		['Perawat Mahir', true],
		['Bidang Usaha', false],
		['Pranata Komputer Ahli Muda', false]
	])('%s asks for no functional training: %s', (title, none) => {
		expect(asksForNoTraining(RULES, title)).toBe(none);
	});
});

test.each([
	[100, 'veryHigh'],
	[91, 'veryHigh'],
	[90.999, 'high'],
	[90.5, 'high'],
	[81, 'high'],
	[80.99, 'medium'],
	[71, 'medium'],
	[70.999, 'low'],
	[61, 'low'],
	[60.999, 'veryLow'],
	[60, 'veryLow'],
	[0, 'veryLow']
])('%d is %s: between two bands it is the lower', (total, category) => {
	expect(categoryOf(RULES, total)).toBe(category);
});

describe('what one more training changes', () => {
	const facts = person({ hours: 12 });
	test('what is missing, most points first, and what each alone would make of it', () => {
		expect(missingOf(RULES, facts)).toEqual([
			{ item: 'hours', adds: 22.5, total: 67.5, category: 'low', hours: 8 },
			{ item: 'seminar', adds: 17.5, total: 62.5, category: 'low', hours: null }
		]);
	});
	test.each([
		['a training that fills the year', { form: 'KL03', hours: 8, leadershipLevel: null }, 22.5],
		['one that is too short', { form: 'KL03', hours: 7.5, leadershipLevel: null }, 0],
		['a workshop of 10 JP does both', { form: 'KL07', hours: 10, leadershipLevel: null }, 40],
		['leadership training of another group', { form: 'KL01', hours: 0, leadershipLevel: '05' }, 0]
	])('%s', (_, more, adds) => {
		expect(gainOf(RULES, facts, more).adds).toBe(adds);
	});
	test('leadership training of the level held', () => {
		const more = { form: 'KL01', hours: 0, leadershipLevel: '05' };
		expect(gainOf(RULES, person(overseer), more).adds).toBe(15);
		expect(missingOf(RULES, after(RULES, person(overseer), more)).map(({ item }) => item)).toEqual([
			'hours',
			'seminar'
		]);
	});
});

const anybody = fc.record<IpFacts>({
	group: fc.constantFrom('structural', 'functional', 'general'),
	level: fc.constantFrom('03', '04', '05', '06', '22'),
	postTitle: fc.constantFrom('Guru Ahli Muda', 'Analis', 'Camat'),
	education: fc.constantFrom(null, 'SD', 'SMA', 'S1', 'S3', 'Lainnya'),
	hours: fc.integer({ min: 0, max: 80 }),
	leadership: fc.subarray(['03', '04', '05']),
	functionalTraining: fc.boolean(),
	seminar: fc.boolean(),
	predicate: fc.constantFrom(null, 1, 2, 3, 4, 5),
	sanction: fc.constantFrom(null, 'light', 'medium', 'heavy')
});

test('never above 100, its parts never above their own most, and nothing learned takes points away', () => {
	fc.assert(
		fc.property(
			anybody,
			fc.boolean(),
			fc.constantFrom('KL01', 'KL03', 'KL04', 'KL07'),
			fc.integer({ min: 0, max: 40 }),
			(facts, higherLevelCounts, form, hours) => {
				const rules = { ...RULES, higherLevelCounts };
				const { total, parts } = ipAsn(rules, facts);
				expect(total).toBeLessThanOrEqual(100);
				for (const { points, most } of parts) expect(points).toBeLessThanOrEqual(most);
				expect(
					gainOf(rules, facts, { form, hours, leadershipLevel: form === 'KL01' ? '04' : null }).adds
				).toBeGreaterThanOrEqual(0);
			}
		)
	);
});
