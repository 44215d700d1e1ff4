import { addDays } from '#kernel/time.ts';
import { USUAL_SETTING, type RaterRole } from '#slices/followup/model.ts';
import {
	closeInBulk,
	evaluationsInBulk,
	ratingsInBulk,
	type RatingInBulk
} from '#slices/followup/server/bulk.ts';
import { normal } from '../random.ts';
import { MODEL, rated, type Abilities, type Competency } from './ability.ts';
import type { HeldClass } from './attendance.ts';
import { randomOf, write, type City, type World } from './world.ts';

/** Who answers: the alumnus and the supervisor mostly, peers less often. */
const ANSWERS: Readonly<Record<RaterRole, number>> = {
	self: 0.86,
	supervisor: 0.8,
	peer: 0.72,
	subordinate: 0.7
};
/** How each kind of rater strays from what people can do. */
const STRAYS: Readonly<Record<RaterRole, { leniency: number; noise: number }>> = {
	self: MODEL.self,
	supervisor: MODEL.supervisor,
	peer: { leniency: 0.1, noise: 0.5 },
	subordinate: { leniency: 0.05, noise: 0.5 }
};
/** The newest classes whose evaluation is over: enough to look at, and less than a second. */
const CLASSES = 4;

/** Evaluations after training that are over: 360 degrees, some raters silent, what was said handed to the estimator. */
export async function evaluateAlumni(
	world: World,
	city: City,
	competencies: readonly Competency[],
	levels: { before: Abilities; after: Abilities },
	held: readonly HeldClass[]
): Promise<void> {
	const opensOn = (one: HeldClass) => addDays(one.endsOn, USUAL_SETTING.evaluateAfterDays);
	const closesOn = (one: HeldClass) => addDays(opensOn(one), USUAL_SETTING.evaluateForDays);
	const over = held
		.filter((one) => one.planned.stage === 'certified' && closesOn(one) < world.clock.today)
		.toSorted((a, b) => (a.endsOn === b.endsOn ? a.index - b.index : a.endsOn < b.endsOn ? 1 : -1))
		.slice(0, CLASSES);
	const classes = new Map(over.map((one) => [one.classId, one]));
	const nips = new Map(city.staff.map(({ id, nip }) => [id, nip]));
	const places = new Map(competencies.map(({ id }, at) => [id, at]));
	await write(world, city, async (tx) => {
		const asked = await evaluationsInBulk(
			tx,
			over.map((one) => ({
				classId: one.classId,
				people: one.passed.map(({ id }) => id),
				opensOn: opensOn(one),
				closesOn: closesOn(one)
			}))
		);
		const ratings = asked.flatMap(
			({ evaluationId, classId, personId, raterId, role, trained }): RatingInBulk[] => {
				const one = classes.get(classId);
				const random = randomOf(
					world,
					city,
					'evaluation',
					one?.index ?? 0,
					nips.get(personId) ?? '',
					nips.get(raterId) ?? ''
				);
				if (one === undefined || !random.chance(ANSWERS[role])) return [];
				const ratedAt = world.clock.at(addDays(opensOn(one), random.int(1, 18)), '10:00');
				const { leniency, noise } = STRAYS[role];
				return trained.map((competencyId) => {
					const at = places.get(competencyId) ?? -1;
					const stray = leniency + normal(random) * noise;
					return {
						evaluationId,
						raterId,
						competencyId,
						before: rated((levels.before.get(personId)?.[at] ?? 2) + stray),
						now: rated((levels.after.get(personId)?.[at] ?? 2.6) + stray + normal(random) * 0.2),
						ratedAt
					};
				});
			}
		);
		await ratingsInBulk(tx, ratings);
		for (const one of over)
			await closeInBulk(
				tx,
				one.classId,
				addDays(closesOn(one), 1),
				world.clock.at(addDays(closesOn(one), 1), '06:00')
			);
	});
}
