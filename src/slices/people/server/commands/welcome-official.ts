import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canOrganise } from '../../access.ts';
import { WelcomeOfficial } from '../../history-input.ts';
import { lockOrders } from '../history/effective.ts';
import { order } from './order-movement.ts';

/**
 * An elected head or deputy takes office at the top of the agency: no civil servant, so no NIP, and in no SIASN file.
 * Who leads takes the place that files give to the secretary. Refuses: another elected head there.
 */
export const welcomeOfficial = command(
	'people.welcomeOfficial',
	WelcomeOfficial,
	async (beam, input) => {
		const { tx, actor, permit, now } = beam;
		await lockOrders(tx, actor.agencyId);
		permit(canOrganise(actor, ''));
		const top = await tx
			.selectFrom('people.unit')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('parent_id', 'is', null)
			.where('valid_to', 'is', null)
			.orderBy('id')
			.executeTakeFirst();
		if (!top) throw missing();
		const personId = newId();
		await tx
			.insertInto('people.person')
			.values({
				agency_id: actor.agencyId,
				id: personId,
				name: input.name,
				front_title: input.frontTitle ?? null,
				back_title: input.backTitle ?? null,
				sex: input.sex,
				employment_kind: 'OFFICIAL',
				// Works here from the day of taking office, which may be to come.
				active: false,
				created_at: now,
				changed_at: now
			})
			.execute();
		// Above the levels of civil servants: no standard asks anything of an elected official.
		const post = { unitId: top.id, title: input.title, kind: 'official', level: '00', isHead: input.isHead };
		return order(beam, 'arrive', { ...input, personId }, post);
	},
	{ summary: 'Order that an elected official, who has no NIP, takes office at the top of the agency' }
);
