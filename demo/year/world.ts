import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import type { DB, Db, Tx } from '#platform/db/db.ts';
import type { Command } from '#platform/work/command.ts';
import { run } from '#platform/work/run.ts';
import { randomFor, type Random } from '../random.ts';
import type { Agency, AgencyKey } from '../people/model.ts';
import type { Personas } from '../people/personas.ts';
import type { Clock } from './clock.ts';

/** What every stage works with. `owner` is the connecting role (set-up only), `app` the role that the product runs as. */
export type World = {
	seed: number;
	/** Share of the usual answers to campaigns; 1 outside tests. */
	answers: number;
	clock: Clock;
	owner: Kysely<DB>;
	app: Kysely<DB>;
	/** The owner's own connections, for the accounts, which belong to another role than the app. */
	sender: pg.Pool;
	say: (line: string) => void;
};

/** A member of staff as the product knows them after the import. */
export type Staff = {
	id: string;
	nip: string;
	name: string;
	post: string;
	kind: string;
	level: string;
	isHead: boolean;
	unitId: string;
	unitName: string;
	/** Office (dinas, badan, kecamatan, …) that the unit belongs to: its name, and what kind of unit the own one is. */
	office: string;
	unitKind: string;
	/** Materialised path of the unit. */
	path: string;
	supervisorId: string | null;
};

export type Role = keyof Personas | 'leadership';

/** An agency of the demo once it stands. */
export type City = {
	key: AgencyKey;
	agencyId: string;
	source: Agency;
	/** Everybody, in order of NIP, so that draws do not depend on ids. */
	staff: readonly Staff[];
	personas: Personas;
	/** Each persona in the hat of their role. */
	actors: Readonly<Record<Role, Actor>>;
	system: Actor;
	/** Person → account, and the username of each role. */
	accountOf: ReadonlyMap<string, string>;
	usernames: Readonly<Record<string, string>>;
};

export const randomOf = (world: World, city: City, ...name: readonly (string | number)[]): Random =>
	randomFor(world.seed, city.key, 'year', ...name);

/** Runs one of the product's own commands as somebody, on a day of the finished year. */
export function act<Shape extends z.ZodType, Answer>(
	world: World,
	work: Command<Shape, Answer>,
	actor: Actor,
	now: Date,
	input: z.input<Shape>
): Promise<Answer> {
	return run(work, { actor, input, now, kysely: world.app });
}

export const write = <T>(world: World, city: City, work: (tx: Tx) => Promise<T>): Promise<T> =>
	writing(city.agencyId, work, world.app);

export const read = <T>(world: World, city: City, work: (db: Db) => Promise<T>): Promise<T> =>
	reading(city.agencyId, work, world.app);

/** A year's rows come in a minute: the planner is told what autovacuum would tell it between one class and the next. */
export const refreshed = (world: World, ...tables: readonly `${string}.${string}`[]): Promise<void> =>
	refreshStatistics(world.owner, ...tables);

export const staffBy = (city: Pick<City, 'staff'>, nip: string): Staff => {
	const found = city.staff.find((person) => person.nip === nip);
	if (!found) throw new Error(`nobody has the NIP ${nip} in this city`);
	return found;
};

export const personaOf = (city: City, role: keyof Personas): Staff => staffBy(city, city.personas[role].nip);

/** Anybody, acting for themselves: no hat, so only what is their own or their team's. */
export const actorOf = (city: City, person: Pick<Staff, 'id' | 'name' | 'path'>): Actor => ({
	agencyId: city.agencyId,
	accountId: city.accountOf.get(person.id) ?? '',
	personId: person.id,
	name: person.name,
	unitPath: person.path,
	hat: null,
	grants: []
});
