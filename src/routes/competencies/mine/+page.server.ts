import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { dictionaryOn, levelsOfAll } from '#slices/competencies/server/queries/dictionary.ts';
import { askedOfPost, postOfPerson } from '#slices/competencies/server/queries/required.ts';

export const load = page(async ({ db, actor, today }) => {
	if (actor.personId === null) throw missing();
	const post = await postOfPerson(db, actor.personId);
	const asked = await askedOfPost(db, today, post);
	const { competencies } = await dictionaryOn(db, today);
	const levels = await levelsOfAll(
		db,
		asked.map(({ competencyId }) => competencyId)
	);
	const byId = new Map(asked.map((one) => [one.competencyId, one]));
	return {
		post,
		can: partsFor(actor),
		asked: competencies.flatMap((competency) => {
			const one = byId.get(competency.id);
			if (one === undefined) return [];
			const text = levels.get(competency.id)?.find(({ level }) => level === one.level);
			return [
				{
					...competency,
					level: one.level,
					rule: one.rule,
					headline: text?.headline ?? '',
					indicators: text?.indicators ?? []
				}
			];
		})
	};
});
