import { addDays } from '#kernel/time.ts';
import { reactInBulk, type BulkReaction } from '#slices/evaluation/server/bulk.ts';
import { REACTION_ITEMS } from '#slices/evaluation/reaction-items.ts';
import type { GivenAnswer } from '#slices/evaluation/rules.ts';
import { normal, type Random } from '../random.ts';
import type { HeldClass } from './attendance.ts';
import { ANY_USE, SHOULD_CHANGE, WILL_USE } from './catalogue/remarks.ts';
import { randomOf, write, type City, type World } from './world.ts';

/** Items that people judge more or less kindly than the rest of the form. */
const ITEM_LEAN: Readonly<Record<string, number>> = {
	'O.01': -0.1,
	'S.01': -0.35,
	'F.01': 0.3,
	'M.01': -0.15,
	'R.01': 0.1
};

/** Reactions after every class that has ended: most people answer, few write. */
export async function react(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const { clock } = world;
	const personas = new Set(Object.values(city.personas).map(({ nip }) => nip));
	const reactions: BulkReaction[] = [];
	for (const one of classes) {
		if (!['certified', 'finished', 'held'].includes(one.planned.stage)) continue;
		const mood = randomOf(world, city, 'mood', one.index);
		const quality = 3.25 + normal(mood) * 0.2;
		const share = 0.62 + mood.next() * 0.28;
		for (const person of one.people) {
			const random = randomOf(world, city, 'reaction', one.index, person.nip);
			// People with printed accounts have this still before them, if it is not too late.
			if (!random.chance(share) || personas.has(person.nip)) continue;
			const givenOn = addDays(one.endsOn, Math.min(7, Math.floor(-Math.log(1 - random.next()) * 1.5)));
			if (givenOn >= clock.today) continue;
			reactions.push({
				classId: one.classId,
				personId: person.id,
				givenOn,
				answers: answersOf(one.code, quality, random)
			});
		}
	}
	await write(world, city, (tx) => reactInBulk(tx, city.agencyId, reactions, clock.today));
}

function answersOf(code: string, quality: number, random: Random): GivenAnswer[] {
	const own = normal(random) * 0.4;
	return REACTION_ITEMS.flatMap((item): GivenAnswer[] => {
		if (item.kind === 'text') {
			const remark = remarkOf(item.code, code, random);
			return remark === null ? [] : [{ item: item.code, remark }];
		}
		const felt = quality + own + (ITEM_LEAN[item.code] ?? 0) + normal(random) * 0.45;
		// A pair of 1 to 5, which may be left empty: surer after a class that was liked, and sometimes less sure than before.
		if (item.kind === 'confidence') {
			if (random.chance(0.06)) return [];
			const before = 2.6 + own + normal(random) * 0.7;
			return [{ item: item.code, before: ofFive(before), score: ofFive(before + 0.5 * (felt - 1.4)) }];
		}
		return [{ item: item.code, score: Math.min(4, Math.max(1, Math.round(felt))) }];
	});
}

const ofFive = (felt: number) => Math.min(5, Math.max(1, Math.round(felt)));

function remarkOf(item: string, code: string, random: Random): string | null {
	if (item === 'A.02') return random.chance(0.4) ? random.pick(WILL_USE[code] ?? ANY_USE) : null;
	return random.chance(0.22) ? random.pick(SHOULD_CHANGE) : null;
}
