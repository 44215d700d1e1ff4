import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import type { ItemKind } from './model.ts';
import { seedReactionForms } from './server/seed.ts';

/** A town whose agency has the reaction forms that Asah ships, and a key that opens their boxes. */
export async function townWithForms() {
	process.env['REACTION_KEY'] = 'a key of the tests only';
	const it = await town();
	await writing(it.agencyId, (tx) => seedReactionForms(tx, it.agencyId), it.db);
	return it;
}

/** A whole form as Asah ships it: one mark for every statement, surer by that much than before, the same words to every question. */
export const answersOf = (
	items: readonly { code: string; kind: ItemKind }[],
	score: number,
	remark: string
) =>
	items.map(({ code, kind }) => {
		if (kind === 'text') return { item: code, remark };
		return kind === 'confidence' ? { item: code, before: 1, score } : { item: code, score };
	});
