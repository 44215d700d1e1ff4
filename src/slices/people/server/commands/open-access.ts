import { missing, refused } from '#kernel/errors.ts';
import { issueFirstCodes } from '#platform/auth/access-code.ts';
import { command } from '#platform/work/command.ts';
import { canOpenAccess } from '../../access.ts';
import { OpenAccess } from '../../input.ts';
import { FIRST_CODES } from '../../model.ts';
import { newcomersOf } from '../queries/newcomers.ts';
import { unitPlace } from '../queries/units.ts';

/**
 * First access for a unit and everything below it: an account and a one-time code for everybody who never came in, up
 * to as many as fit on a few sheets of paper; shown once. Again: for those whose code was never used, which ends it.
 * Refuses: a unit out of reach, nobody left.
 */
export const openAccess = command(
	'people.openAccess',
	OpenAccess,
	async ({ tx, actor, now, today, permit, note }, { unitId, again }) => {
		const unit = await unitPlace(tx, unitId);
		if (!unit) throw missing();
		permit(canOpenAccess(actor, unit.path));
		// Two who press at once: the second is given who is left.
		await tx
			.selectFrom('people.unit')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', unitId)
			.forUpdate()
			.execute();
		const { fresh, waiting } = await newcomersOf(tx, actor, unit.path, { today, now });
		const newcomers = again ? waiting : fresh;
		if (newcomers.length === 0) throw refused('people.access.everybodyHas');
		const served = newcomers.slice(0, FIRST_CODES);
		const { codes, expiresAt } = await issueFirstCodes(tx, actor.agencyId, served, {
			madeBy: actor.accountId,
			now
		});
		note({ unitId, people: served.length });
		return {
			slips: served.map(({ name, unit: where, username }, at) => ({
				name,
				unit: where,
				username,
				code: codes[at] ?? ''
			})),
			expiresAt: expiresAt.toISOString(),
			left: newcomers.length - served.length
		};
	},
	{
		keepAnswer: false,
		summary: 'Make first access codes for everybody in a unit who never came in; shown once'
	}
);
