import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import { newId } from '#kernel/ids.ts';
import { randomFrom } from '#kernel/statistics/random.ts';
import { town } from '../../../tests/make/town.ts';
import { figuresAbout } from './server/own-figures.ts';
import { createIndicator, changeIndicator } from './server/commands/indicator.ts';
import { checkMeasurements, recordMeasurements } from './server/commands/measure.ts';
import {
	checkPeopleMeasurements,
	countServices,
	recordPeopleMeasurements,
	takePredicates
} from './server/commands/measure-people.ts';
import { indicatorById, indicatorsFor } from './server/queries/indicators.ts';
import { figuresOfPerson, peopleCorrectionsOf, peopleSeriesOf } from './server/queries/people-figures.ts';
import { peopleGroupsOf } from './server/queries/people-groups.ts';

const LIST = { size: 50, offset: 0, search: '' };
const TEAM = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const OFFICE: readonly Ability[] = ['impact.read', 'impact.edit', 'impact.readPeople', 'people.read'];

let it: Awaited<ReturnType<typeof town>>;
let indicatorId = '';
let count = 0;
const office = () => it.as('officer', OFFICE, '');
const reader = () => it.as('trainer', ['impact.read'], '');
const camat = () => it.as('camat', ['impact.read', 'impact.readPeople']);
beforeAll(async () => {
	it = await town();
});
afterAll(() => it.close());
beforeEach(async () => {
	indicatorId = await anIndicator();
});

async function anIndicator(over: Record<string, unknown> = {}): Promise<string> {
	count += 1;
	const made = await it.does(office(), createIndicator, {
		code: `ORANG-${count}`,
		name: 'Berkas selesai per petugas',
		unitOfMeasure: 'berkas',
		better: 'higher',
		source: 'buku register',
		subject: 'person',
		lowest: 0,
		highest: 500,
		...over
	});
	return made.indicatorId;
}
const line = (name: string, month: string, value: string | number) => ({ nip: it.nip(name), month, value });
const bring = (rows: unknown[], more: Record<string, unknown> = {}) =>
	it.does(office(), recordPeopleMeasurements, { indicatorId, rows, ...more });
const check = (rows: unknown[]) => it.does(office(), checkPeopleMeasurements, { indicatorId, rows });
const codes = async (rows: unknown[]) =>
	(await check(rows)).problems.map(({ line: at, code }) => `${at} ${code}`);

describe('a file of people', () => {
	test('is read line by line, written once, and the same again changes nothing', async () => {
		const rows = [
			{ ...line('ani', '2026-03', '12,5'), line: 2 },
			{ ...line('budi', 'Maret 2026', 20), line: 3 },
			{ nip: it.nip('citra').replace(/(.{8})(.{6})/, "'$1 $2 "), month: '03/2026', value: '1.234,5', line: 4 }
		];
		expect(await codes(rows)).toEqual(['4 impact.import.tooHigh']);
		const good = [...rows.slice(0, 2), { ...line('citra', '2026-03', '7'), line: 4 }];
		expect(await check(good)).toMatchObject({ added: 3, same: 0, changedCount: 0, units: 3, problems: [] });
		expect(await bring(good)).toEqual({ rows: 3, written: 3 });
		expect(await bring(good)).toEqual({ rows: 3, written: 0 });
		expect(await check(good)).toMatchObject({ added: 0, same: 3 });
	});

	test('says of each wrong line what is wrong with it', async () => {
		const neighbour = newId();
		await it.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Kota Lain', 'Lain', 'Asia/Jakarta')`,
			[neighbour, `lain-${neighbour.slice(-12)}`]
		);
		const foreign = '199001012015011009';
		await it.owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, 'orang lain', 'male', 'PNS')`,
			[neighbour, newId(), foreign]
		);
		const [left, gone, bare] = ['198001012005011001', '198001012005011002', '198001012005011003'];
		for (const [nip, active, until] of [
			[left, false, '2025-07-01'],
			[gone, false, null],
			[bare, true, 'none']
		] as const) {
			const id = newId();
			await it.owner.query(
				`insert into people.person (agency_id, id, nip, name, sex, employment_kind, active) values ($1, $2, $3, 'dulu', 'male', 'PNS', $4)`,
				[it.agencyId, id, nip, active]
			);
			if (until !== 'none')
				await it.owner.query(
					`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from, valid_to) values ($1, $2, $3, $4, 'Staf', 'general', '06', '2020-01-01', $5)`,
					[it.agencyId, newId(), id, it.unit.pelayanan, until]
				);
		}
		expect(
			await codes([
				line('ani', '2026-03', 10),
				{ nip: '1,98503E+17', month: '2026-03', value: 10 },
				{ nip: '12345', month: '2026-03', value: 10 },
				{ nip: '198503122010011999', month: '2026-03', value: 10 },
				{ nip: foreign, month: '2026-03', value: 10 },
				{ nip: left, month: '2025-06', value: 10 },
				{ nip: left, month: '2025-07', value: 10 },
				{ nip: gone, month: '2025-07', value: 10 },
				{ nip: bare, month: '2025-07', value: 10 },
				line('budi', '2099-01', 10),
				line('budi', 'TW I 2026', 10),
				line('budi', '2026-03', '1.234'),
				line('budi', '2026-03', 'banyak'),
				line('ani', '03/2026', 11)
			])
		).toEqual([
			'2 impact.import.nipRounded',
			'3 impact.import.nip',
			'4 impact.import.personUnknown',
			'5 impact.import.personUnknown',
			'7 impact.import.personLeft',
			'8 impact.import.personGone',
			'9 impact.import.personNoPost',
			'10 impact.import.future',
			'11 impact.import.otherCadence',
			'12 impact.import.valueAmbiguous',
			'13 impact.import.value',
			'14 impact.import.twice'
		]);
		await expect(
			bring([line('ani', '2026-03', 10), { nip: foreign, month: '2026-03', value: 1 }])
		).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'rows.2', code: 'impact.import.personUnknown' }]
		});
	});

	test('another figure needs a reason, and what was stays for whom it is about', async () => {
		await bring([line('ani', '2026-03', 10)]);
		await expect(bring([line('ani', '2026-03', 11)])).rejects.toMatchObject({
			issues: [{ path: 'reason' }]
		});
		await bring([line('ani', '2026-03', 11)], { reason: 'Salah hitung di loket' });
		const [change] = await it.sees((db) => peopleCorrectionsOf(db, office(), indicatorId));
		expect(change).toMatchObject({ unit: 'ani', was: 10, becomes: 11, changedBy: 'officer' });
		expect(await it.sees((db) => peopleCorrectionsOf(db, reader(), indicatorId))).toEqual([]);
		const own = await it.sees((db) => figuresAbout(db, it.who('ani')));
		expect(own.corrected).toContainEqual(expect.objectContaining({ was: 10, becomes: 11 }));
	});

	test('is for whoever edits indicators and sees everybody, and stays out of series of units', async () => {
		const rows = [line('ani', '2026-03', 10)];
		await expect(
			it.does(it.as('officer', ['impact.edit', 'impact.read'], ''), recordPeopleMeasurements, {
				indicatorId,
				rows
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			it.does(office(), recordMeasurements, {
				indicatorId,
				rows: [{ unit: it.unit.plaju, month: '2026-03', value: 1 }]
			})
		).rejects.toMatchObject({ code: 'impact.indicator.ofPeople' });
		const ofUnits = await anIndicator({ subject: 'unit' });
		await expect(
			it.does(office(), recordPeopleMeasurements, { indicatorId: ofUnits, rows })
		).rejects.toMatchObject({ code: 'impact.indicator.ofUnits' });
		await expect(it.does(office(), checkMeasurements, { indicatorId, rows: [] })).rejects.toMatchObject({
			kind: 'invalid'
		});
		await expect(
			it.owner.query(
				`insert into impact.measurement (agency_id, indicator_id, unit_id, period, value) values ($1, $2, $3, '2026-01-01', 1)`,
				[it.agencyId, indicatorId, it.unit.plaju]
			)
		).rejects.toMatchObject({ code: 'AS001' });
	});

	test('whose figures they are may change only as long as there are none', async () => {
		const fields = { indicatorId, name: 'Berkas selesai', source: 'register' };
		await it.does(office(), changeIndicator, { ...fields, subject: 'unit' });
		await it.does(office(), changeIndicator, { ...fields, subject: 'person' });
		await bring([line('ani', '2026-03', 10)]);
		await it.does(office(), changeIndicator, { ...fields, subject: 'person' });
		await expect(it.does(office(), changeIndicator, { ...fields, subject: 'unit' })).rejects.toMatchObject({
			code: 'impact.indicator.subjectStays'
		});
		await expect(
			it.owner.query(`update impact.indicator set subject = 'unit' where id = $1`, [indicatorId])
		).rejects.toMatchObject({ code: 'AS001' });
	});
});

describe('figures that are there already', () => {
	test('predicates come from the records of people, the annual one before a quarter', async () => {
		indicatorId = await anIndicator({ cadence: 'year', lowest: 1, highest: 5 });
		for (const [name, year, period, predicate] of [
			['ani', 2024, 'year', 2],
			['ani', 2024, 'q4', 4],
			['ani', 2025, 'q1', 3],
			['ani', 2025, 'm04', 1],
			['budi', 2025, 'year', 1]
		] as const)
			await it.owner.query(
				`insert into people.performance_rating (agency_id, id, person_id, year, period, predicate) values ($1, $2, $3, $4, $5, $6)`,
				[it.agencyId, newId(), it.who(name), year, period, predicate]
			);
		const take = (more: Record<string, unknown> = {}) =>
			it.does(office(), takePredicates, { indicatorId, from: 2024, to: 2025, ...more });
		expect(await take()).toEqual({ rows: 3, written: 3 });
		expect(await take()).toEqual({ rows: 3, written: 0 });
		const own = await it.sees((db) => figuresOfPerson(db, it.as('ani'), it.who('ani')));
		expect(own.figures.find(({ id }) => id === indicatorId)?.points).toEqual([
			{ month: '2024-01-01', value: 4 },
			{ month: '2025-01-01', value: 5 }
		]);
		await it.owner.query(
			`update people.performance_rating set predicate = 2 where person_id = $1 and year = 2025`,
			[it.who('budi')]
		);
		await expect(take()).rejects.toMatchObject({ issues: [{ path: 'reason' }] });
		expect(await take({ reason: 'Predikat dikoreksi BKN' })).toEqual({ rows: 3, written: 1 });
		await expect(take({ from: 2030, to: 2031 })).rejects.toMatchObject({
			issues: [{ code: 'impact.predicates.none' }]
		});
		indicatorId = await anIndicator();
		await expect(take()).rejects.toMatchObject({ code: 'impact.predicates.yearly' });
	});

	test('a register is counted by officer; whom they served is not kept', async () => {
		const table = [
			['NIP', 'Tanggal', 'Pemohon', 'Jumlah'],
			[it.nip('ani'), '2026-03-02', 'Warga A', ''],
			[it.nip('ani'), '2026-03-09', 'Warga B', '3'],
			[it.nip('budi'), '2026-04-01', 'Warga C', '1.200'],
			['198503122010011999', '2026-04-01', 'Warga D', '1']
		].map((cells, at) => ({ row: at + 1, cells }));
		const counted = await it.does(office(), countServices, { indicatorId, table });
		expect(counted.problems.map(({ code }) => code)).toEqual(['impact.import.personUnknown']);
		const clean = await it.does(office(), countServices, { indicatorId, table: table.slice(0, 3) });
		expect(clean).toMatchObject({ added: 1, text: `nip,month,value\n${it.nip('ani')},2026-03,4.0000` });
		expect(JSON.stringify(counted)).not.toContain('Warga');
	});
});

describe('who sees what', () => {
	const people = [...TEAM, 'kasi', 'camat', 'officer', 'trainer', 'coach', 'stranger'];
	const value = new Map(people.map((name, at) => [name, 10 + at * 3]));
	beforeEach(async () => {
		await bring(people.map((name) => line(name, '2026-03', value.get(name) ?? 0)));
	});

	test('one by one: oneself, and whoever may in the unit where they work', async () => {
		const names = async (actor: ReturnType<typeof it.as>) =>
			(await it.sees((db) => peopleSeriesOf(db, actor, indicatorId, LIST))).series
				.map(({ name }) => name)
				.sort();
		expect(await names(office())).toEqual([...people].sort());
		expect(await names(camat())).toEqual(['camat', 'kasi', ...TEAM].sort());
		expect(await names(it.as('kasi', ['impact.readPeople'], 'kota.marelan.pelayanan'))).toEqual(
			[...TEAM, 'kasi'].sort()
		);
		expect(await names(reader())).toEqual(['trainer']);
		expect(await names(it.as('ani'))).toEqual(['ani']);
	});

	test('another unit’s person cannot be read by any id; the own page is the person’s', async () => {
		const opens = (actor: ReturnType<typeof it.as>, name: string) =>
			it
				.sees((db) => figuresOfPerson(db, actor, it.who(name)))
				.then(
					() => true,
					(error: { kind?: string }) => error.kind
				);
		expect(await opens(it.as('ani'), 'ani')).toBe(true);
		expect(await opens(it.as('ani'), 'budi')).toBe('missing');
		expect(await opens(reader(), 'ani')).toBe('missing');
		expect(await opens(camat(), 'ani')).toBe(true);
		expect(await opens(camat(), 'stranger')).toBe('missing');
		expect(await opens(it.as('stranger', ['impact.read', 'impact.readPeople']), 'ani')).toBe('missing');
		await it.owner.query('update people.person set restricted = true where id = $1', [it.who('ani')]);
		expect(await opens(camat(), 'ani')).toBe('missing');
		expect(await opens(it.as('ani'), 'ani')).toBe(true);
		await it.owner.query('update people.person set restricted = false where id = $1', [it.who('ani')]);
		await expect(it.sees((db) => figuresOfPerson(db, office(), newId()))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('groups: parts of five and more; smaller ones and their difference are nowhere', async () => {
		// Marelan 8, BKPSDM 3, Plaju 1: the last two are the rest, of four, so that Marelan joins them.
		const whole = await it.sees((db) => peopleGroupsOf(db, reader(), indicatorId));
		expect(whole.groups.map(({ name, people: n }) => [name, n])).toEqual([[null, 12]]);
		expect(whole.totals).toMatchObject([{ people: 12, quarters: null }]);
		// Whoever reads a part of it reads nothing: with the whole it would give away the four others.
		const part = await it.sees((db) => peopleGroupsOf(db, it.as('camat', ['impact.read']), indicatorId));
		expect(part).toEqual({ totals: [], groups: [], latest: null });
		expect(
			(await it.sees((db) => indicatorsFor(db, reader()))).find(({ id }) => id === indicatorId)
		).toMatchObject({
			units: 12,
			mean: whole.totals[0]?.mean
		});
		expect(
			await it.sees((db) => indicatorById(db, it.as('camat', ['impact.read']), indicatorId))
		).toMatchObject({
			units: 0,
			mean: null
		});
		expect(await it.sees((db) => indicatorsFor(db, it.as('ani')))).toEqual([]);
	});

	test('groups: with a rest of five the parts stand alone, and every difference is five and more', async () => {
		const [first, second] = ['198001012005011011', '198001012005011012'];
		for (const nip of [first, second]) {
			const id = newId();
			await it.owner.query(
				`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, 'tamu', 'male', 'PNS') on conflict do nothing`,
				[it.agencyId, id, nip]
			);
			await it.owner.query(
				`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) select $1, $2, p.id, $4, 'Staf', 'general', '06', '2020-01-01'
				from people.person p where p.agency_id = $1 and p.nip = $3`,
				[it.agencyId, newId(), nip, it.unit.plaju]
			);
		}
		await bring([first, second].map((nip, at) => ({ nip, month: '2026-03', value: 100 + at })));
		const { groups, totals } = await it.sees((db) => peopleGroupsOf(db, reader(), indicatorId));
		expect(groups.map(({ name, people: n }) => [name, n])).toEqual([
			['Unit marelan', 8],
			[null, 6]
		]);
		expect(totals).toMatchObject([{ people: 14 }]);
		const own = await it.sees((db) => peopleGroupsOf(db, it.as('camat', ['impact.read']), indicatorId));
		expect(own.groups.map(({ name, people: n }) => [name, n])).toEqual([['Unit marelan', 8]]);
		// Five who all have the same figure are as good as named.
		await bring(
			[...TEAM, 'kasi', 'camat']
				.map((name) => line(name, '2026-04', 50))
				.concat([line('officer', '2026-04', 1)])
		);
		const april = await it.sees((db) => peopleGroupsOf(db, it.as('camat', ['impact.read']), indicatorId));
		expect(april.groups).toEqual([]);
		expect(april.totals.map(({ period }) => period)).toEqual(['2026-03-01']);
	});

	test('whatever the units and figures: everybody is in one part of five and more, for all viewers the same', async () => {
		const crowd = Array.from({ length: 40 }, () => newId());
		for (const [at, id] of crowd.entries())
			await it.owner.query(
				`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, 'banyak', 'female', 'PNS')`,
				[it.agencyId, id, `19770101200001${String(2001 + at)}`]
			);
		const units = Object.values(it.unit);
		const random = randomFrom(7);
		for (let world = 0; world < 25; world++) {
			const indicator = await anIndicator();
			const size = 3 + Math.floor(random() * 38);
			const spread = 1 + Math.floor(random() * units.length);
			const levels = 1 + Math.floor(random() * 4);
			await it.owner.query(
				`insert into impact.person_measurement (agency_id, indicator_id, person_id, period, unit_id, value)
				select $1, $2, x.id, '2026-05-01', x.unit_id, x.value from unnest($3::uuid[], $4::uuid[], $5::numeric[]) as x(id, unit_id, value)`,
				[
					it.agencyId,
					indicator,
					crowd.slice(0, size),
					crowd.slice(0, size).map(() => units[Math.floor(random() ** 2 * spread)]),
					crowd.slice(0, size).map(() => Math.floor(random() * levels))
				]
			);
			const whole = await it.sees((db) => peopleGroupsOf(db, reader(), indicator));
			for (const { people: n } of whole.groups) expect(n).toBeGreaterThanOrEqual(5);
			const covered = whole.groups.reduce((sum, { people: n }) => sum + n, 0);
			expect([0, size]).toContain(covered);
			expect(whole.totals[0]?.people ?? 0).toBe(covered);
			for (const at of ['kota.marelan', 'kota.bkpsdm', 'kota.plaju', 'kota.marelan.pelayanan']) {
				const part = await it.sees((db) =>
					peopleGroupsOf(db, it.as('trainer', ['impact.read'], at), indicator)
				);
				expect(part.groups.length).toBeLessThanOrEqual(1);
				for (const group of part.groups) expect(whole.groups).toContainEqual(group);
			}
		}
	});
});
