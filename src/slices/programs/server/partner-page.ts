import type { Kysely } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { agencyOfSecret, hashOf } from '#platform/auth/agency-secret.ts';
import type { Db, DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { linkHolder } from '../access.ts';
import { changesBetween } from '../changes.ts';
import { learningHoursOf, linkState, mayChange } from '../rules.ts';
import { adviceOn, curriculumOf, versionOf } from './queries.ts';

export const REVIEW_PURPOSE = 'programs.review';

/** The link of a partner by the hash of its secret. 404 when there is none: guessing tells nothing. */
async function linkBehind(db: Db, agencyId: string, secret: string, now: Date) {
	const link = await db
		.selectFrom('platform.link as l')
		.innerJoin('programs.invitation as i', (join) =>
			join.onRef('i.agency_id', '=', 'l.agency_id').onRef('i.id', '=', 'l.id')
		)
		.innerJoin('platform.agency as a', 'a.agency_id', 'l.agency_id')
		.select([
			'l.id',
			'l.agency_id as agencyId',
			'l.holder',
			'l.expires_at as expiresAt',
			'l.revoked_at as revokedAt',
			'i.version_id as versionId',
			'i.organisation',
			'i.question',
			'a.name as agencyName'
		])
		.where('l.agency_id', '=', agencyId)
		.where('l.token_hash', '=', hashOf(secret))
		.where('l.purpose', '=', REVIEW_PURPOSE)
		.executeTakeFirst();
	if (!link) throw missing('platform.link.expired');
	return { ...link, state: linkState(link, now) };
}

/**
 * What a partner sees behind their link: the curriculum as it stands, what they are asked, their advice and what became
 * of it. After the link's time only that it has ended, for whom it was and whom to ask.
 */
export async function partnerPage(secret: string, now: Date, kysely?: Kysely<DB>) {
	const agencyId = agencyOfSecret(secret);
	if (agencyId === null) throw missing('platform.link.expired');
	return reading(
		agencyId,
		async (db) => {
			const { id, state, holder, organisation, question, expiresAt, versionId, agencyName } =
				await linkBehind(db, agencyId, secret, now);
			const head = { holder, organisation, agencyName, expiresAt };
			if (state !== 'open') return { ...head, state };
			const { version, program } = await versionOf(db, agencyId, versionId);
			const curriculum = await curriculumOf(db, agencyId, versionId);
			const before = version.basedOn === null ? null : await curriculumOf(db, agencyId, version.basedOn);
			return {
				...head,
				state,
				question,
				version: { number: version.number, status: version.status, basedOnNumber: version.basedOnNumber },
				program,
				curriculum,
				learningHours: learningHoursOf(curriculum.modules),
				changes: before === null ? null : changesBetween(before, curriculum),
				advice: (await adviceOn(db, agencyId, versionId, id)).map(({ decidedBy: _, ...kept }) => kept),
				mayAdvise: mayChange(version.status)
			};
		},
		kysely
	);
}

/** The actor behind a secret: the link's holder, with no abilities. 404 without such a link, whatever its state. */
export async function partnerActor(secret: string, now: Date, kysely?: Kysely<DB>) {
	const agencyId = agencyOfSecret(secret);
	if (agencyId === null) throw missing('platform.link.expired');
	return reading(agencyId, async (db) => linkHolder(await linkBehind(db, agencyId, secret, now)), kysely);
}
