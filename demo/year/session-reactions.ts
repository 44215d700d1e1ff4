import { addDays, todayIn } from '#kernel/time.ts';
import { setProgramForms } from '#slices/evaluation/server/commands/program-forms.ts';
import { reactToSessionsInBulk, type BulkSessionReaction } from '#slices/evaluation/server/bulk-sessions.ts';
import { shippedForm } from '#slices/evaluation/server/form-items.ts';
import { SESSION_ITEMS } from '#slices/evaluation/reaction-items.ts';
import { SESSION_REACTION_DAYS } from '#slices/evaluation/model.ts';
import type { GivenAnswer } from '#slices/evaluation/rules.ts';
import { normal, type Random } from '../random.ts';
import type { HeldClass } from './attendance.ts';
import { UNCLEAR } from './catalogue/remarks.ts';
import { act, randomOf, read, write, type City, type World } from './world.ts';

/** The program whose facilitators ask after every session. */
const ASKS = 'PPP';
/** And one whose classes all do by themselves, with people of the printed accounts in one that goes on. */
const ASKS_NOW = 'ELP';

/** Short forms after the sessions of some classes: the first sessions are hard to follow, later ones less so. */
export async function reactToSessions(
	world: World,
	city: City,
	classes: readonly HeldClass[]
): Promise<void> {
	const { clock } = world;
	const reactions: BulkSessionReaction[] = [];
	for (const one of classes) {
		if (one.code !== ASKS || !['certified', 'finished'].includes(one.planned.stage)) continue;
		for (const [at, session] of (await sessionsOf(world, city, one.classId)).entries()) {
			const day = todayIn('Asia/Jakarta', session.endsAt);
			if (addDays(day, SESSION_REACTION_DAYS) >= clock.today) continue;
			for (const person of one.people) {
				const random = randomOf(world, city, 'session', one.index, at, person.nip);
				if (!random.chance(0.7)) continue;
				const givenOn = addDays(day, random.chance(0.8) ? 0 : 1);
				const answers = answersOf(3.4 + Math.min(at, 4) * 0.18, random);
				reactions.push({ sessionId: session.id, personId: person.id, givenOn, answers });
			}
		}
	}
	if (reactions.length > 0)
		await write(world, city, (tx) => reactToSessionsInBulk(tx, city.agencyId, reactions, clock.today));
	const sessionVersionId = await write(world, city, (tx) => shippedForm(tx, 'session'));
	const running = classes
		.filter(({ code, planned }) => code === ASKS_NOW && planned.stage === 'running')
		.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
	for (const { program, startsOn } of running.slice(0, 1))
		await act(world, setProgramForms, city.actors.trainingAdmin, clock.at(addDays(startsOn, -5), '10:00'), {
			programId: program.programId,
			sessionVersionId
		});
}

const sessionsOf = (world: World, city: City, classId: string) =>
	read(world, city, (db) =>
		db
			.selectFrom('classes.session')
			.select(['id', 'ends_at as endsAt'])
			.where('agency_id', '=', city.agencyId)
			.where('class_id', '=', classId)
			.where('cancelled_at', 'is', null)
			.orderBy('starts_at')
			.execute()
	);

function answersOf(quality: number, random: Random): GivenAnswer[] {
	const mark = (mean: number) => Math.min(5, Math.max(1, Math.round(mean + normal(random) * 0.7)));
	return SESSION_ITEMS.map(({ code, kind }): GivenAnswer => {
		if (kind === 'text')
			return random.chance(0.2) ? { item: code, remark: random.pick(UNCLEAR) } : { item: code };
		if (kind !== 'confidence') return { item: code, score: mark(quality) };
		// Some do not say: a pair may be left empty.
		if (!random.chance(0.9)) return { item: code };
		const before = mark(quality - 1.2);
		return { item: code, before, score: Math.max(before, mark(quality)) };
	});
}
