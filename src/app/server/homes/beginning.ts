import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { accountsIn } from '#platform/auth/auth.ts';
import type { Db } from '#platform/db/db.ts';

/** What a city does before its first year turns by itself, in this order; `done` is counted, never ticked off. */
export type BeginningStep = {
	step: 'people' | 'deciders' | 'access' | 'programs' | 'survey' | 'plan';
	href: string;
	done: boolean;
};
export type Beginning = { steps: BeginningStep[]; accounts: number; people: number };

type Facts = Record<'decides' | 'programs' | 'surveyed', boolean> & {
	/** All with a post, and of them those a staff list brings: an elected official is in none. */
	people: number;
	staff: number;
};

/** Null as soon as one plan was decreed: then the cycle itself says what is next. */
export async function beginningOf(db: Db, { agencyId }: Actor, today: string): Promise<Beginning | null> {
	// Asked by itself: every later look at the home pays for this one row alone.
	const decreed = await db
		.selectFrom('plans.plan')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('status', '=', 'decreed')
		.limit(1)
		.executeTakeFirst();
	if (decreed) return null;
	const holds = (role: string) => sql`exists (select from people.role_grant g where g.agency_id = ${agencyId}
		and g.role = ${role} and g.valid_from <= ${today}::date and (g.valid_to is null or g.valid_to > ${today}::date))`;
	const { rows } = await sql<Facts>`
		select ${holds('authorizedOfficial')} and ${holds('leadership')} as decides,
			exists (select from programs.program where agency_id = ${agencyId} and version_id is not null) as programs,
			exists (select from needs.campaign where agency_id = ${agencyId} and status <> 'draft') as surveyed,
			count(*)::int as people, (count(*) filter (where employment_kind <> 'OFFICIAL'))::int as staff
		from people.staff where agency_id = ${agencyId}`.execute(db);
	const city = rows[0];
	if (!city) return null;
	const accounts = await accountsIn(agencyId);
	// One person: whoever set Asah up.
	const peopled = city.staff > 1;
	return {
		accounts,
		people: city.people,
		steps: [
			{ step: 'people', href: '/people/import', done: peopled },
			{
				step: 'deciders',
				href: city.people > city.staff ? '/people/roles' : '/people/official',
				done: city.decides
			},
			{ step: 'access', href: '/people/roles', done: peopled && accounts >= city.people },
			{ step: 'programs', href: '/programs', done: city.programs },
			{ step: 'survey', href: '/needs', done: city.surveyed },
			{ step: 'plan', href: '/plans', done: false }
		]
	};
}
