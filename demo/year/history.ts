import { sql } from 'kysely';
import { systemActor } from '#app/server/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/time.ts';
import { reading, writing } from '#platform/db/pools.ts';
import type { Command } from '#platform/work/command.ts';
import { run } from '#platform/work/run.ts';
import { appointActing } from '#slices/people/server/commands/appoint-acting.ts';
import { exceptSupervisor } from '#slices/people/server/commands/except-supervisor.ts';
import { moveStaff } from '#slices/people/server/commands/order-movement.ts';
import { mergeUnits, renameUnit } from '#slices/people/server/commands/reorganise-units.ts';
import type { z } from 'zod';
import type { World } from './world.ts';

/** Kept as it is: the offices of the people whose accounts are printed. */
const KEPT = [
	'Kecamatan Medan Marelan',
	'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
	'Inspektorat'
];
const REASON = 'Penataan organisasi (contoh)';

type Led = { unitId: string; unit: string; aboveId: string; headId: string; head: string; standIn: string };

/**
 * What happened to units and posts in the finished year, by the product's own orders: some heads went and somebody
 * stands in, one office's division got another name, two sections became one, and a few people answer to somebody else
 * for a time. Before the accounts are made, so that everything after it sees the city as it is now.
 */
export async function liveHistory(world: World, agencyId: string): Promise<void> {
	const { clock } = world;
	const actor = systemActor(agencyId);
	const does = <Shape extends z.ZodType, Answer>(
		work: Command<Shape, Answer>,
		input: z.input<Shape>,
		by: Actor = actor
	) => run(work, { actor: by, input, now: clock.now, kysely: world.app });

	const wards = await led(world, agencyId, 'kelurahan', clock.day(-30), 4);
	for (const [at, ward] of wards.entries()) {
		const went = clock.day(-30 + at * 6);
		if (at === wards.length - 1) {
			await does(appointActing, {
				unitId: ward.unitId,
				personId: ward.standIn,
				holding: 'plh',
				title: `Plh. Lurah ${ward.unit.replace('Kelurahan ', '')}`,
				validFrom: clock.day(0),
				lastDay: clock.day(1, 4),
				orderNumber: '800.1.11/412 (contoh)',
				reason: 'Lurah mengikuti pelatihan'
			});
			continue;
		}
		await does(moveStaff, {
			personId: ward.headId,
			unitId: ward.aboveId,
			title: 'Analis Kebijakan Ahli Muda',
			kind: 'functional',
			level: '22',
			effectiveOn: went,
			reason: 'Penyetaraan jabatan',
			orderNumber: `821.2/${at + 101} (contoh)`
		});
		// The last of them has nobody yet: a vacant place is seen as one.
		if (at === 2) continue;
		await does(appointActing, {
			unitId: ward.unitId,
			personId: ward.standIn,
			holding: 'plt',
			title: `Plt. Lurah ${ward.unit.replace('Kelurahan ', '')}`,
			validFrom: addDays(went, 3),
			orderNumber: `800.1.3.1/${at + 201} (contoh)`
		});
	}

	const [renamed] = await leaves(world, agencyId, 'Dinas Sosial');
	if (renamed)
		await does(renameUnit, {
			unitId: renamed.id,
			name: `${renamed.name} dan Kemitraan`,
			effectiveOn: clock.day(-36),
			reason: REASON,
			orderNumber: 'Perwal 12 (contoh)'
		});
	const [one, other] = await leaves(world, agencyId, 'Dinas Ketenagakerjaan');
	if (one && other)
		await does(mergeUnits, {
			unitId: one.id,
			withIds: [other.id],
			intoId: one.id,
			effectiveOn: clock.day(-20),
			reason: REASON,
			orderNumber: 'Perwal 27 (contoh)'
		});

	for (const { personId, supervisorId } of await answeringElsewhere(world, agencyId))
		await does(exceptSupervisor, {
			personId,
			supervisorId,
			validFrom: clock.day(-4),
			lastDay: clock.day(12, 4),
			reason: 'Tim percepatan layanan digital (contoh)'
		});
	await needAtCounters(world, agencyId);
}

/** Units of a kind with a head who was there before a day, one a parent, and the head beside who could stand in. */
const led = async (
	world: World,
	agencyId: string,
	kind: string,
	before: string,
	many: number
): Promise<Led[]> =>
	reading(
		agencyId,
		async (db) =>
			(
				await sql<Led>`
				select distinct on (o.code) u.id as "unitId", u.name as unit, o.id as "aboveId", h.id as "headId", h.name as head, s.head_person_id as "standIn"
				from people.unit u
				join people.unit o on o.agency_id = u.agency_id and o.id = u.parent_id and o.name <> all(${KEPT})
				join people.person h on h.agency_id = u.agency_id and h.id = u.head_person_id
				join people.posting j on j.agency_id = h.agency_id and j.person_id = h.id and j.valid_to is null and j.valid_from < ${before}::date and j.unit_id = u.id
				join people.unit s on s.agency_id = u.agency_id and s.parent_id = o.id and s.name = 'Seksi Pemerintahan' and s.head_person_id is not null
				where u.kind = ${kind} order by o.code, u.code limit ${many}`.execute(db)
			).rows,
		world.app
	);

/** The first sections of an office that sit beside each other, by code, and have held their people for the year. */
const leaves = async (
	world: World,
	agencyId: string,
	office: string
): Promise<{ id: string; name: string }[]> =>
	reading(
		agencyId,
		async (db) =>
			(
				await sql<{ id: string; name: string }>`
				with section as (
					select u.id, u.name, u.code, u.parent_id, min(u.code) over (partition by u.parent_id) as first, count(*) over (partition by u.parent_id) as beside
					from people.unit u
					join people.unit o on o.agency_id = u.agency_id and o.name = ${office} and u.path <@ o.path
					where u.name like 'Seksi %' and not exists (select from people.unit c where c.agency_id = u.agency_id and c.parent_id = u.id)
				)
				select id, name from section where beside > 1 order by first, code limit 2`.execute(db)
			).rows,
		world.app
	);

/** Three clerks of one office answer to the head of another. */
const answeringElsewhere = (world: World, agencyId: string) =>
	reading(
		agencyId,
		async (db) =>
			(
				await sql<{ personId: string; supervisorId: string }>`
				select s.person_id as "personId", o.head_person_id as "supervisorId" from people.staff s
				join people.unit d on d.agency_id = s.agency_id and d.name = 'Dinas Sosial' and s.unit_path <@ d.path
				join people.unit o on o.agency_id = s.agency_id and o.name = 'Dinas Komunikasi dan Informatika'
				where not s.is_head and s.post_level = '06' and o.head_person_id is not null
				order by s.nip limit 3`.execute(db)
			).rows,
		world.app
	);

/** What `people.setMinimum` would write for the counters of 21 kecamatan and 41 puskesmas, in one statement. */
async function needAtCounters(world: World, agencyId: string): Promise<void> {
	await writing(
		agencyId,
		async (tx) => {
			const { rows } = await sql<{ id: string; clinic: boolean }>`
				select u.id, u.name like 'UPT Puskesmas%' or u.name like 'Puskesmas%' as clinic from people.unit u
				left join people.unit o on o.agency_id = u.agency_id and o.id = u.parent_id
				where u.agency_id = ${agencyId} and (u.name like '%Puskesmas%' or (u.name = 'Seksi Pelayanan Umum' and o.kind = 'kecamatan'))
				order by u.code`.execute(tx);
			const needs = rows.flatMap(({ id, clinic }) =>
				clinic
					? [
							{ id, role: 'Petugas pendaftaran', days: 63, to: '14:00', people: 1 },
							{ id, role: 'Perawat jaga', days: 63, to: '14:00', people: 2 }
						]
					: [{ id, role: 'Petugas loket', days: 31, to: '16:00', people: 2 }]
			);
			await tx
				.insertInto('people.minimum_staff')
				.values(
					needs.map(({ id, role, days, to, people }) => ({
						agency_id: agencyId,
						id: newId(),
						unit_id: id,
						role_name: role,
						weekdays: days,
						from_time: '08:00',
						to_time: to,
						people
					}))
				)
				.execute();
		},
		world.app
	);
}
