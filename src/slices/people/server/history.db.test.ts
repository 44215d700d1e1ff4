import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../../tests/make/town.ts';
import { appointActing, endAssignment } from './commands/appoint-acting.ts';
import { cancelOrder } from './commands/cancel-order.ts';
import { exceptSupervisor } from './commands/except-supervisor.ts';
import { leaveStaff, moveStaff, welcomeStaff } from './commands/order-movement.ts';
import { setStanding } from './commands/set-standing.ts';
import { turnDay } from './commands/turn-day.ts';
import { supervisorOn } from './queries/supervisor.ts';
import { careerOf, stateOn } from './queries/timeline.ts';
import { unitMembersOn, unitPageOn } from './queries/units-on.ts';

let it: Awaited<ReturnType<typeof town>>;
const open = async () => void (it = await town());
beforeAll(open);
afterAll(() => it.close());
// Each test begins in the town as it was: another database costs less than remembering what was changed.
beforeEach(async () => {
	await it.close();
	await open();
}, 30_000);

/** Ten in the morning of a day, in the agency's zone. */
const at = (day: string) => ({ now: new Date(`${day}T03:00:00Z`) });
const office = () => it.as('officer', ['people.organise', 'people.read'], '');
const system = () => ({ ...office(), personId: null });
const supervisor = async (name: string): Promise<string | null> => {
	const found = await it.sees((db) =>
		sql<{
			name: string | null;
		}>`select v.name from people.staff s left join people.person v on v.agency_id = s.agency_id and v.id = s.supervisor_id
			where s.person_id = ${it.who(name)}`.execute(db)
	);
	return found.rows[0]?.name ?? null;
};
const supervisorThen = async (name: string, day: string) =>
	(await it.sees((db) => supervisorOn(db, it.who(name), day)))?.name ?? null;
const move = (name: string, unit: keyof typeof it.unit, effectiveOn: string, more: object = {}) => ({
	personId: it.who(name),
	unitId: it.unit[unit],
	title: 'Analis Muda',
	kind: 'functional',
	level: '22',
	effectiveOn,
	reason: 'Mutasi',
	...more
});
const unitThen = async (name: string, day: string) =>
	(await it.sees((db) => stateOn(db, it.who(name), day))).unitName;
const acting = (name: string, unit: keyof typeof it.unit, more: object) => ({
	personId: it.who(name),
	unitId: it.unit[unit],
	title: 'Plt. Kepala',
	orderNumber: '800/1',
	...more
});

describe('the database itself', () => {
	const posting = (from: string, to: string | null) =>
		it.owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from, valid_to) values ($1, $2, $3, $4, 'x', 'general', '06', $5, $6)`,
			[it.agencyId, newId(), it.who('ani'), it.unit.plaju, from, to]
		);
	test('refuses two definitive posts on one day, and takes them one after the other', async () => {
		await expect(posting('2024-01-01', '2024-06-01')).rejects.toThrow('posting_one_at_a_time');
		await expect(posting('2019-12-31', null)).rejects.toThrow(/posting_(one_at_a_time|current)/);
		await posting('2019-01-01', '2020-01-01');
	});
	test('refuses two acting heads of a unit on one day', async () => {
		const put = (who: string, from: string, to: string | null) =>
			it.owner.query(
				`insert into people.assignment (agency_id, id, person_id, unit_id, holding, title, is_head, valid_from, valid_to, order_number, made_by, made_at)
				values ($1, $2, $3, $4, 'plt', 'x', true, $5, $6, '1', 'uji', now())`,
				[it.agencyId, newId(), it.who(who), it.unit.kota, from, to]
			);
		await put('ani', '2026-01-01', '2026-02-01');
		await put('budi', '2026-02-01', null);
		await expect(put('citra', '2026-01-31', '2026-02-01')).rejects.toThrow('assignment_one_head');
	});
	test('has one version of a unit and one standing of a person a day, so that none can overlap', async () => {
		const again = (table: string, columns: string) =>
			it.owner.query(
				`insert into people.${table} (agency_id, ${columns}) select agency_id, ${columns} from people.${table} where agency_id = $1 limit 1`,
				[it.agencyId]
			);
		await expect(again('unit_version', 'unit_id, valid_from, name, kind')).rejects.toThrow(
			'unit_version_pkey'
		);
		await expect(again('standing', 'person_id, valid_from, employment_kind, seen')).rejects.toThrow(
			'standing_pkey'
		);
	});
});

describe('a movement', () => {
	test('is true on every day: before, on and after its own', async () => {
		await it.does(office(), moveStaff, move('ani', 'bkpsdm', '2026-03-01'), at('2026-06-01'));
		expect(await unitThen('ani', '2026-02-28')).toBe('Unit pelayanan');
		expect(await unitThen('ani', '2026-03-01')).toBe('Unit bkpsdm');
		expect(await supervisorThen('ani', '2026-02-28')).toBe('kasi');
		expect(await supervisorThen('ani', '2026-03-01')).toBe('officer');
		expect(await supervisor('ani')).toBe('officer');
		const page = await it.sees((db) => unitPageOn(db, office(), it.unit.pelayanan, '2026-02-28'));
		const then = await it.sees((db) =>
			unitMembersOn(db, office(), { unitId: page.unit.id, place: page.place }, '2026-02-28', {
				size: 50,
				offset: 0
			})
		);
		expect(then.members.map(({ name }) => name)).toContain('ani');
	});
	test('for a day to come waits, can be taken back, and is done when the day begins', async () => {
		const { orderId } = await it.does(
			office(),
			moveStaff,
			move('ani', 'bkpsdm', '2026-07-01'),
			at('2026-06-01')
		);
		expect(await supervisor('ani')).toBe('kasi');
		await expect(
			it.does(office(), moveStaff, move('ani', 'plaju', '2026-08-01'), at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.move.waiting' });
		await it.does(office(), cancelOrder, { orderId }, at('2026-06-02'));
		await it.does(office(), moveStaff, move('ani', 'plaju', '2026-08-01'), at('2026-06-02'));
		await it.does(system(), turnDay, {}, at('2026-07-31'));
		expect(await supervisor('ani')).toBe('kasi');
		await it.does(system(), turnDay, {}, at('2026-08-01'));
		expect(await supervisor('ani')).toBe('stranger');
		expect(await unitThen('ani', '2026-07-31')).toBe('Unit pelayanan');
	});
	test('of a head leaves the place vacant, and who comes as head takes it and ends the Plt', async () => {
		await it.does(office(), moveStaff, move('kasi', 'plaju', '2026-03-01'), at('2026-06-01'));
		expect(await supervisor('ani')).toBe('camat');
		await it.does(
			office(),
			appointActing,
			acting('budi', 'pelayanan', { holding: 'plt', validFrom: '2026-03-10' }),
			at('2026-06-01')
		);
		expect(await supervisor('ani')).toBe('budi');
		await it.does(
			office(),
			moveStaff,
			move('trainer', 'pelayanan', '2026-05-01', { isHead: true }),
			at('2026-06-01')
		);
		expect(await supervisor('ani')).toBe('trainer');
		expect(
			await Promise.all(
				['2026-02-28', '2026-03-05', '2026-03-10', '2026-04-30', '2026-05-01'].map((day) =>
					supervisorThen('ani', day)
				)
			)
		).toEqual(['kasi', 'camat', 'budi', 'budi', 'trainer']);
		await expect(
			it.does(
				office(),
				moveStaff,
				move('coach', 'pelayanan', '2026-05-05', { isHead: true }),
				at('2026-06-01')
			)
		).rejects.toMatchObject({ code: 'people.move.headThere', params: { name: 'trainer' } });
	});
	test('out of the agency ends posts and roles, and coming back opens them again', async () => {
		await it.does(
			office(),
			leaveStaff,
			{ personId: it.who('budi'), effectiveOn: '2026-04-01', reason: 'Pindah instansi' },
			at('2026-06-01')
		);
		expect(await supervisor('budi')).toBeNull();
		expect(await unitThen('budi', '2026-03-31')).toBe('Unit pelayanan');
		expect(await unitThen('budi', '2026-04-01')).toBeNull();
		const { nip: _nip, ...back } = { nip: '', ...move('budi', 'plaju', '2026-05-01'), personId: undefined };
		await it.does(office(), welcomeStaff, { ...back, nip: it.nip('budi'), name: 'budi' }, at('2026-06-01'));
		expect(await supervisor('budi')).toBe('stranger');
		await expect(
			it.does(office(), welcomeStaff, { ...back, nip: it.nip('ani'), name: 'ani' }, at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.move.worksHere' });
		const career = await it.sees((db) => careerOf(db, it.who('budi')));
		expect(career.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['arrive', 'leave', 'post']));
		await it.owner.query(
			`insert into people.education (agency_id, id, person_id, level, study, graduated) values ($1, gen_random_uuid(), $2, 'S1', 'Hukum', 2014)`,
			[it.agencyId, it.who('budi')]
		);
		await it.owner.query(
			`insert into people.performance_rating (agency_id, id, person_id, year, period, predicate) values ($1, gen_random_uuid(), $2, 2025, 'year', 2)`,
			[it.agencyId, it.who('budi')]
		);
		const marked = await it.sees((db) => careerOf(db, it.who('budi'), { performance: true }));
		expect(
			marked.filter(({ year }) => year !== null).map(({ kind, text, year }) => [kind, text, year])
		).toEqual([
			['performance', '2', 2025],
			['education', 'S1 Hukum', 2014]
		]);
		expect((await it.sees((db) => careerOf(db, it.who('budi')))).map(({ kind }) => kind)).not.toContain(
			'performance'
		);
	});
	test('is refused on a day before the post held, and out of reach', async () => {
		await expect(
			it.does(office(), moveStaff, move('ani', 'bkpsdm', '2020-01-01'), at('2026-06-01'))
		).rejects.toMatchObject({ code: 'people.move.beforePost' });
		await expect(
			it.does(
				it.as('camat', ['people.organise'], 'kota.marelan'),
				moveStaff,
				move('ani', 'bkpsdm', '2026-03-01'),
				at('2026-06-01')
			)
		).rejects.toMatchObject({ kind: 'forbidden' });
	});
});

describe('an acting head', () => {
	test('supervises exactly on the days of the order, and the head is supervised from above meanwhile', async () => {
		await it.does(
			office(),
			appointActing,
			acting('ani', 'pelayanan', {
				holding: 'plh',
				title: 'Plh. Kepala Seksi',
				validFrom: '2026-06-10',
				lastDay: '2026-06-12'
			}),
			at('2026-06-01')
		);
		const seen: Record<string, (string | null)[]> = {};
		for (const day of ['2026-06-09', '2026-06-10', '2026-06-12', '2026-06-13']) {
			await it.does(system(), turnDay, {}, at(day));
			seen[day] = await Promise.all(['budi', 'ani', 'kasi'].map(supervisor));
			expect(await Promise.all(['budi', 'ani', 'kasi'].map((name) => supervisorThen(name, day)))).toEqual(
				seen[day]
			);
		}
		expect(seen).toEqual({
			'2026-06-09': ['kasi', 'kasi', 'camat'],
			'2026-06-10': ['ani', 'camat', 'camat'],
			'2026-06-12': ['ani', 'camat', 'camat'],
			'2026-06-13': ['kasi', 'kasi', 'camat']
		});
	});
	test('is not whoever has an additional post that leads nothing: supervisors stay, also beside a Plh', async () => {
		const given = { title: 'Petugas arsip', holding: 'additional', validFrom: '2026-06-01' };
		expect(
			await it.does(office(), appointActing, acting('ani', 'pelayanan', given), at('2026-06-01'))
		).toMatchObject({ leads: false });
		expect(await Promise.all(['budi', 'ani', 'kasi'].map(supervisor))).toEqual(['kasi', 'kasi', 'camat']);
		const plh = { title: 'Plh.', holding: 'plh', validFrom: '2026-06-01', lastDay: '2026-06-02' };
		expect(
			await it.does(office(), appointActing, acting('budi', 'pelayanan', plh), at('2026-06-01'))
		).toMatchObject({ leads: true });
		expect(await Promise.all(['budi', 'ani'].map(supervisor))).toEqual(['camat', 'budi']);
	});
	test('fills a vacant place only as Plt, stands in for a head only as Plh with a last day, and one at a time', async () => {
		const ask = (input: object, day = '2026-06-01') => it.does(office(), appointActing, input, at(day));
		await expect(
			ask(acting('ani', 'pelayanan', { holding: 'plt', validFrom: '2026-06-01' }))
		).rejects.toMatchObject({ code: 'people.acting.notVacant' });
		await expect(
			ask(acting('ani', 'kota', { holding: 'plh', validFrom: '2026-06-01', lastDay: '2026-06-02' }))
		).rejects.toMatchObject({ code: 'people.acting.vacant' });
		await expect(
			ask(acting('ani', 'pelayanan', { holding: 'plh', validFrom: '2026-06-01' }))
		).rejects.toMatchObject({ issues: [{ code: 'people.acting.plhEnds' }] });
		await expect(
			ask(acting('kasi', 'pelayanan', { holding: 'plh', validFrom: '2026-06-01', lastDay: '2026-06-02' }))
		).rejects.toMatchObject({ code: 'people.acting.isHead' });
		const { assignmentId } = await ask(acting('ani', 'kota', { holding: 'plt', validFrom: '2026-06-01' }));
		await expect(
			ask(acting('budi', 'kota', { holding: 'plt', validFrom: '2026-06-05' }))
		).rejects.toMatchObject({ code: 'people.acting.anotherActs' });
		expect(await supervisor('camat')).toBe('ani');
		await it.does(office(), endAssignment, { assignmentId, lastDay: '2026-06-03' }, at('2026-06-04'));
		expect(await supervisor('camat')).toBeNull();
		await ask(acting('budi', 'kota', { holding: 'plt', validFrom: '2026-06-04' }), '2026-06-04');
	});
});

describe('an exception', () => {
	test('holds on its days only and is the reason that is told', async () => {
		await it.does(
			office(),
			exceptSupervisor,
			{
				personId: it.who('ani'),
				supervisorId: it.who('trainer'),
				validFrom: '2026-06-10',
				lastDay: '2026-06-20',
				reason: 'Tim percepatan'
			},
			at('2026-06-01')
		);
		expect(await supervisor('ani')).toBe('kasi');
		await it.does(system(), turnDay, {}, at('2026-06-10'));
		expect(await supervisor('ani')).toBe('trainer');
		expect(await it.sees((db) => supervisorOn(db, it.who('ani'), '2026-06-20'))).toMatchObject({
			why: 'exception',
			reason: 'Tim percepatan'
		});
		await it.does(system(), turnDay, {}, at('2026-06-21'));
		expect(await supervisor('ani')).toBe('kasi');
	});
	test('refuses oneself, a circle, and a second one on the same days', async () => {
		const ask = (who: string, by: string) =>
			it.does(
				office(),
				exceptSupervisor,
				{ personId: it.who(who), supervisorId: it.who(by), validFrom: '2026-06-01', reason: 'Uji coba' },
				at('2026-06-01')
			);
		await expect(ask('ani', 'ani')).rejects.toMatchObject({ issues: [{ code: 'people.exception.self' }] });
		await expect(ask('camat', 'ani')).rejects.toMatchObject({ code: 'people.exception.circle' });
		await ask('ani', 'trainer');
		await expect(ask('ani', 'coach')).rejects.toMatchObject({ code: 'people.exception.overlap' });
	});
});

describe('a grade', () => {
	test('holds from its day on, past or to come', async () => {
		const set = (grade: string, validFrom: string) =>
			it.does(
				office(),
				setStanding,
				{ personId: it.who('ani'), grade, validFrom, reason: 'SK 823' },
				at('2026-06-01')
			);
		await set('III/b', '2026-04-01');
		await set('III/a', '2022-04-01');
		await set('III/c', '2026-10-01');
		const gradeOn = async (day: string) => (await it.sees((db) => stateOn(db, it.who('ani'), day))).grade;
		expect(await Promise.all(['2022-03-31', '2022-04-01', '2026-03-31', '2026-04-01'].map(gradeOn))).toEqual([
			null,
			'III/a',
			'III/a',
			'III/b'
		]);
		const now = async () =>
			(
				await it.owner.query('select grade from people.person where agency_id = $1 and id = $2', [
					it.agencyId,
					it.who('ani')
				])
			).rows[0].grade;
		expect(await now()).toBe('III/b');
		await it.does(system(), turnDay, {}, at('2026-10-01'));
		expect(await now()).toBe('III/c');
		await expect(set('3c', '2026-05-01')).rejects.toMatchObject({
			issues: [{ code: 'people.standing.noGrade' }]
		});
	});
	test('that another file brings is dated by the day it was applied', async () => {
		await it.owner.query(
			`update people.person set grade = 'III/d', changed_at = '2026-05-05T20:00:00Z' where agency_id = $1 and id = $2`,
			[it.agencyId, it.who('budi')]
		);
		// 03.00 on the sixth by the agency's clock.
		expect((await it.sees((db) => stateOn(db, it.who('budi'), '2026-05-06'))).grade).toBe('III/d');
		expect((await it.sees((db) => stateOn(db, it.who('budi'), '2026-05-05'))).grade).toBeNull();
	});
});
