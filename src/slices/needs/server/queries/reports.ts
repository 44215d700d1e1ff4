import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadForums } from '../../proposal-access.ts';

/** Reports that were made, newest first. Refuses: missing, for whoever does not read the whole agency. */
export async function reportsOf(db: Db, actor: Actor) {
	if (!canReadForums(actor)) throw missing();
	return db
		.selectFrom('needs.report as r')
		.innerJoin('needs.campaign as c', (join) =>
			join.onRef('c.agency_id', '=', 'r.agency_id').onRef('c.id', '=', 'r.campaign_id')
		)
		.innerJoin('platform.file as f', (join) =>
			join.onRef('f.agency_id', '=', 'r.agency_id').onRef('f.id', '=', 'r.file_id')
		)
		.select([
			'r.id',
			'r.kind',
			'c.name as campaign',
			'f.name',
			'f.size',
			'r.by_name as who',
			'r.made_at as at'
		])
		.where('r.agency_id', '=', actor.agencyId)
		.orderBy('r.made_at', 'desc')
		.limit(100)
		.execute();
}

/** A report's file. Refuses: missing. */
export async function reportFile(db: Db, actor: Actor, id: string) {
	if (!canReadForums(actor)) throw missing();
	const file = await db
		.selectFrom('needs.report as r')
		.innerJoin('platform.file as f', (join) =>
			join.onRef('f.agency_id', '=', 'r.agency_id').onRef('f.id', '=', 'r.file_id')
		)
		.select(['f.name', 'f.mime', 'f.content'])
		.where('r.agency_id', '=', actor.agencyId)
		.where('r.id', '=', id)
		.executeTakeFirst();
	if (file === undefined) throw missing();
	return file;
}
