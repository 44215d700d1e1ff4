import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { canDecide, canSee, canSeeParticipant, type Taking } from './access.ts';
import { CLASS_STATUSES, type ClassStatus } from './model.ts';
import { decidable, visibleClass, visibleParticipant } from './server/visible.ts';

let it: Awaited<ReturnType<typeof town>>;
const NAMES = ['officer', 'trainer', 'coach', 'camat', 'kasi', 'stranger', 'ani', 'budi', 'citra'];
const PATHS = ['', 'kota', 'kota.bkpsdm', 'kota.marelan', 'kota.marelan.pelayanan', 'kota.plaju'];
const ABILITIES: Ability[] = [
	'classes.read',
	'classes.manage',
	'classes.approveTeam',
	'classes.teach',
	'people.read'
];

/** One class of each status; everybody is in the open one, and some have left the office since. */
beforeAll(async () => {
	it = await town();
	for (const status of CLASS_STATUSES) {
		const classId = newId();
		await it.owner.query(
			`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
			values ($1, $2, $3, 'Kelas', $4, 'KL03', 'class', $3, 20, '2027-01-01', '2027-01-01', 'uji', now())`,
			[it.agencyId, classId, status, it.need.versionId]
		);
		await it.owner.query(
			`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
			values ($1, $2, $3, 1, 'Antrean', 'class', '2027-01-01 08:00+07', '2027-01-01 10:00+07', $4, 0)`,
			[it.agencyId, newId(), classId, status === 'planned' ? it.who('trainer') : null]
		);
		for (const name of status === 'open' ? NAMES : status === 'planned' ? ['budi'] : [])
			await it.owner.query(
				`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'requested', now())`,
				[it.agencyId, newId(), classId, it.who(name)]
			);
	}
	await it.owner.query('update people.person set active = false where agency_id = $1 and id = $2', [
		it.agencyId,
		it.who('citra')
	]);
});
afterAll(() => it.close());

const actors = fc
	.record({
		name: fc.constantFrom(...NAMES),
		grants: fc.array(
			fc.record({ ability: fc.constantFrom(...ABILITIES), unitPath: fc.constantFrom(...PATHS) }),
			{ maxLength: 4 }
		),
		nobody: fc.boolean()
	})
	.map(({ name, grants, nobody }): Actor => ({
		...it.as(name),
		grants,
		...(nobody ? { personId: null } : {})
	}));

type Row = Taking & { class: ClassStatus };

async function rowsWhere(actor: Actor, condition: 'participant' | 'teaching' | 'decide'): Promise<string[]> {
	const where =
		condition === 'decide' ? decidable(actor) : visibleParticipant(actor, condition === 'teaching');
	const rows = await it.sees((db) =>
		sql<{ person_id: string }>`
			select r.person_id from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status = 'open'
			left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
			where r.agency_id = ${it.agencyId} and ${where} order by r.person_id`.execute(db)
	);
	return rows.rows.map((row) => row.person_id);
}

async function takings(): Promise<Row[]> {
	const rows = await it.sees((db) =>
		sql<Row>`
			select r.person_id as "personId", s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId", c.status as class
			from classes.registration r join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status = 'open'
			left join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
			where r.agency_id = ${it.agencyId} order by r.person_id`.execute(db)
	);
	return rows.rows;
}

test('who sees and who decides is the same in SQL and in the predicates, for any person in any hat', async () => {
	const all = await takings();
	expect(all).toHaveLength(NAMES.length);
	await fc.assert(
		fc.asyncProperty(actors, async (actor) => {
			const ids = (may: (taking: Taking) => boolean) => all.filter(may).map((taking) => taking.personId);
			expect(await rowsWhere(actor, 'participant')).toEqual(
				ids((taking) => canSeeParticipant(actor, taking, false))
			);
			expect(await rowsWhere(actor, 'teaching')).toEqual(
				ids((taking) => canSeeParticipant(actor, taking, true))
			);
			expect(await rowsWhere(actor, 'decide')).toEqual(ids((taking) => canDecide(actor, taking)));
		}),
		{ numRuns: 60 }
	);
});

test('which classes are seen is the same in SQL and in the predicate', async () => {
	await fc.assert(
		fc.asyncProperty(actors, async (actor) => {
			const seen = await it.sees((db) =>
				sql<{ status: ClassStatus }>`
					select c.status from classes.class c where c.agency_id = ${it.agencyId} and ${visibleClass(actor)}`.execute(
					db
				)
			);
			const expected = CLASS_STATUSES.filter((status) =>
				canSee(actor, {
					status,
					mine: status === 'planned' && actor.personId === it.who('budi'),
					teaching: status === 'planned' && actor.personId === it.who('trainer')
				})
			);
			expect(seen.rows.map((row) => row.status).sort()).toEqual([...expected].sort());
		}),
		{ numRuns: 60 }
	);
});
