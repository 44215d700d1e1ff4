import { page } from '#platform/http/page.ts';
import {
	canClaim,
	canHandOver,
	canSetRules,
	hasClaimsToVerify,
	seesAll
} from '#slices/credentials/access.ts';
import { jpTargetOf } from '#slices/credentials/public.server.ts';
import { ledgerOf } from '#slices/credentials/server/queries/claims.ts';
import { personKind } from '#slices/credentials/server/ledger.ts';
import { aboveCeiling, targetsOf } from '#slices/credentials/server/queries/hours.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const asked = Number(url.searchParams.get('year'));
	const thisYear = Number(today.slice(0, 4));
	const year = Number.isInteger(asked) && asked >= 2010 && asked <= thisYear ? asked : thisYear;
	const kind = await personKind(db, actor.personId);
	return {
		year,
		thisYear,
		today: year === thisYear ? today : `${year}-12-31`,
		target: kind === null ? null : await jpTargetOf(db, kind, `${year}-12-31`),
		personId: actor.personId,
		ceiling: kind === null ? null : (await targetsOf(db, kind, year)).ceiling,
		above: await aboveCeiling(db, actor, year),
		entries: await ledgerOf(db, actor, year),
		can: {
			claim: canClaim(actor),
			office: seesAll(actor),
			verify: hasClaimsToVerify(actor),
			rules: canSetRules(actor),
			handOver: canHandOver(actor)
		}
	};
});
