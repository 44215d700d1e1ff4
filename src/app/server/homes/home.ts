import type { ServerLoadEvent } from '@sveltejs/kit';
import type { Actor } from '#kernel/actor.ts';
import { todayIn } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { sessionsTaughtBy } from '#slices/classes/public.server.ts';
import { linesToTrace } from '#slices/reports/public.server.ts';
import { isSetUp } from '../first-run.ts';
import { HOMES } from '../roles.ts';
import { beginningOf } from './beginning.ts';
import { cycleHome } from './cycle.ts';
import { resultsHome } from './results.ts';
import { teamHome } from './team.ts';
import { todayHome } from './today.ts';
import { unitHome } from './unit.ts';

/** What the hat sees first; nobody signed in sees what Asah is. */
export async function homeOf({ locals }: ServerLoadEvent) {
	const { actor, agency } = locals.ctx;
	if (!actor || !agency) return { home: (await isSetUp()) ? ('public' as const) : ('unset' as const) };
	const now = new Date();
	const today = todayIn(agency.timeZone, now);
	return reading(actor.agencyId, (db) => homeFor(db, actor, today, now));
}

async function homeFor(db: Db, actor: Actor, today: string, now: Date) {
	const { personId } = actor;
	switch (HOMES[actor.hat?.role ?? '']) {
		case 'cycle':
			return {
				home: 'cycle' as const,
				cycle: { ...(await cycleHome(db, today)), beginning: await beginningOf(db, actor, today) }
			};
		case 'results':
			return { home: 'results' as const, results: await resultsHome(db, actor, today) };
		case 'trace':
			return { home: 'trace' as const, lines: (await linesToTrace(db, actor)).slice(0, 12) };
		case 'unit':
			return {
				home: 'unit' as const,
				unitName: actor.hat?.unitName ?? '',
				unit: await unitHome(db, actor, today)
			};
		case 'team':
			return personId === null
				? nothing
				: { home: 'team' as const, team: await teamHome(db, { agencyId: actor.agencyId, personId }, today) };
		case 'classroom':
			return personId === null
				? nothing
				: { home: 'classroom' as const, now, sessions: await sessionsTaughtBy(db, personId, now) };
		default:
			return personId === null
				? nothing
				: { home: 'today' as const, today: await todayHome(db, personId, today, now) };
	}
}

/** An account without a role or person has no work here yet. */
const nothing = { home: 'nothing' as const };
