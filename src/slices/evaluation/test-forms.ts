import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { seedReactionForms } from './server/seed.ts';

/** A town whose agency has the reaction forms that Asah ships, and a key that opens their boxes. */
export async function townWithForms() {
	process.env['REACTION_KEY'] = 'a key of the tests only';
	const it = await town();
	await writing(it.agencyId, (tx) => seedReactionForms(tx, it.agencyId), it.db);
	return it;
}
