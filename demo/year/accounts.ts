import { actorIn, hatsOf, systemActor } from '#app/server/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { createAccounts } from '#platform/auth/auth.ts';
import { reading } from '#platform/db/pools.ts';
import type { Agency } from '../people/model.ts';
import { personasOf } from '../people/personas.ts';
import { mayorOf } from './mayors.ts';
import { readStaff } from './staff.ts';
import { staffBy, type City, type Role, type World } from './world.ts';

/** The same for everybody in the demo, and printed at every start: nothing here is worth protecting. */
export const PASSWORD = 'asah-demo-2026';

/** Roles that do not follow from a post, and where they hold: everywhere, or in the persona's own office. */
const GRANTED: readonly { role: Role; where: 'agency' | 'office' }[] = [
	{ role: 'leadership', where: 'agency' },
	{ role: 'trainingAdmin', where: 'agency' },
	{ role: 'agencyHead', where: 'agency' },
	{ role: 'authorizedOfficial', where: 'agency' },
	{ role: 'auditor', where: 'agency' },
	{ role: 'facilitator', where: 'agency' },
	{ role: 'unitAdmin', where: 'office' }
];

type Persona = { role: Role; personId: string; username: string; name: string };

/** Opens the doors: an account for everybody who works here and the mayor, and the roles that posts do not give. */
export async function openDoors(world: World, agencyId: string, source: Agency): Promise<City> {
	const staff = await reading(agencyId, readStaff, world.app);
	const personas = personasOf(source);
	const mayor = mayorOf(source);
	const { id: mayorId } = await world.owner
		.selectFrom('people.person')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('employment_kind', '=', 'OFFICIAL')
		.executeTakeFirstOrThrow();

	const everybody = [
		...staff.map(({ id, nip, name }) => ({
			agencyId,
			personId: id,
			username: nip,
			name,
			password: PASSWORD
		})),
		{ agencyId, personId: mayorId, username: mayor.username, name: mayor.name, password: PASSWORD }
	];
	const ids = await createAccounts(everybody, world.sender);
	const accountOf = new Map(everybody.map(({ personId }, index) => [personId, ids[index] ?? '']));

	const people: Persona[] = [
		...Object.entries(personas).map(([role, { nip }]) => {
			const person = staffBy({ staff }, nip);
			return { role: roleOf(role), personId: person.id, username: nip, name: person.name };
		}),
		{ role: 'leadership', personId: mayorId, username: mayor.username, name: mayor.name }
	];
	await grantRoles(world, agencyId, people);
	const actors: Partial<Record<Role, Actor>> = {};
	for (const person of people) {
		const identity = { ...person, agencyId, accountId: accountOf.get(person.personId) ?? '' };
		const hats = await reading(agencyId, (db) => hatsOf(db, person.personId, world.clock.today), world.app);
		const hat = hats.find(({ role }) => role === person.role);
		if (!hat) throw new Error(`${person.name} has no hat of ${person.role}`);
		actors[person.role] = actorIn(identity, hats, hat.key);
	}
	return {
		key: source.key,
		agencyId,
		source,
		staff,
		personas,
		actors: complete(actors),
		accountOf,
		usernames: Object.fromEntries(people.map(({ role, username }) => [role, username])),
		system: systemActor(agencyId)
	};
}

async function grantRoles(world: World, agencyId: string, people: readonly Persona[]): Promise<void> {
	for (const { role, where } of GRANTED) {
		const person = people.find((one) => one.role === role);
		if (!person) throw new Error(`nobody is ${role}`);
		const unit = await world.owner
			.selectFrom('people.unit as u')
			.innerJoin('people.posting as j', (join) =>
				join.onRef('j.agency_id', '=', 'u.agency_id').on('j.person_id', '=', person.personId)
			)
			.innerJoin('people.unit as own', (join) =>
				join.onRef('own.agency_id', '=', 'j.agency_id').onRef('own.id', '=', 'j.unit_id')
			)
			.select('u.id')
			.where('u.agency_id', '=', agencyId)
			.where('j.valid_to', 'is', null)
			.where((eb) =>
				where === 'agency'
					? eb('u.parent_id', 'is', null)
					: eb(eb.fn('subpath', ['own.path', eb.val(0), eb.val(2)]), '=', eb.ref('u.path'))
			)
			.executeTakeFirstOrThrow();
		await world.owner
			.insertInto('people.role_grant')
			.values({
				agency_id: agencyId,
				id: newId(),
				person_id: person.personId,
				role,
				unit_id: unit.id,
				valid_from: world.clock.day(-104),
				reason: 'Surat tugas (contoh)',
				made_by: 'demo'
			})
			.execute();
	}
}

const ROLES: readonly Role[] = [
	'trainingAdmin',
	'agencyHead',
	'authorizedOfficial',
	'unitHead',
	'unitAdmin',
	'supervisor',
	'employee',
	'facilitator',
	'auditor',
	'leadership'
];

function roleOf(text: string): Role {
	const role = ROLES.find((known) => known === text);
	if (!role) throw new Error(`no such role: ${text}`);
	return role;
}

function complete(actors: Partial<Record<Role, Actor>>): Record<Role, Actor> {
	const { trainingAdmin, agencyHead, authorizedOfficial, unitHead, unitAdmin } = actors;
	const { supervisor, employee, facilitator, auditor, leadership } = actors;
	if (!trainingAdmin || !agencyHead || !authorizedOfficial || !unitHead || !unitAdmin)
		throw new Error('an office has no persona');
	if (!supervisor || !employee || !facilitator || !auditor || !leadership)
		throw new Error('a role has no persona');
	return {
		trainingAdmin,
		agencyHead,
		authorizedOfficial,
		unitHead,
		unitAdmin,
		supervisor,
		employee,
		facilitator,
		auditor,
		leadership
	};
}
