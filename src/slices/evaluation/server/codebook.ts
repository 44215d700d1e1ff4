import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canKeepCodes, canReadCodes } from '../focus-access.ts';
import type { ThemeCode } from '../focus-model.ts';

/** The agency's codes in the order of the alphabet, those in use first; asked by pages that guard themselves. */
export async function codesOf(db: Db): Promise<ThemeCode[]> {
	const { rows } = await sql<ThemeCode>`
		select k.id, k.code, k.name, k.definition, k.example, k.proposes, k.active,
			case when t.id is null then null else jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name) end as "mergedInto",
			(select count(*)::int from evaluation.passage_code x where x.agency_id = k.agency_id and x.code_id = k.id and x.round = 1) as passages
		from evaluation.theme_code k
		left join evaluation.theme_code t on t.agency_id = k.agency_id and t.id = k.merged_into
		where k.agency_id = platform.current_agency()
		order by not k.active, k.code`.execute(db);
	return rows;
}

/** The codebook. Refuses: missing, for whoever reads no results of others. */
export async function codebook(
	db: Db,
	actor: Actor
): Promise<{ codes: ThemeCode[]; can: { keep: boolean } }> {
	if (!canReadCodes(actor)) throw missing();
	return { codes: await codesOf(db), can: { keep: canKeepCodes(actor) } };
}
