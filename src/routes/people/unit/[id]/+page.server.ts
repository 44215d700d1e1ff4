import { mayIn } from '#kernel/actor.ts';
import { addDays, isValidDate } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { canOpenAccess, canOrganise, canSetMinimum, canSetNeighbours } from '#slices/people/access.ts';
import { dayAsked } from '#slices/people/history.ts';
import { cancelOrder } from '#slices/people/server/commands/cancel-order.ts';
import { removeMinimum, setMinimum } from '#slices/people/server/commands/set-minimum.ts';
import { setNeighbours } from '#slices/people/server/commands/set-neighbours.ts';
import { neighboursOf, subdistricts } from '#slices/people/server/queries/neighbours.ts';
import { unitMembers } from '#slices/people/server/queries/people.ts';
import {
	minimumStaffOf,
	unitAssignments,
	unitHistory,
	unitOrders
} from '#slices/people/server/queries/unit-history.ts';
import { unitEnd, unitPage } from '#slices/people/server/queries/units.ts';
import { unitMembersOn, unitPageOn } from '#slices/people/server/queries/units-on.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today, id: param }) => {
	const unitId = param('id');
	const list = listQuery(url, { sorts: ['name'], size: 50 });
	const end = await unitEnd(db, unitId);
	// A unit that has ended is shown as it was on its last day: old reports lead here.
	const day =
		dayAsked(url.searchParams.get('on'), today, isValidDate) ?? (end === null ? null : addDays(end.on, -1));
	const { place, ...unit } =
		day === null ? await unitPage(db, actor, unitId, today) : await unitPageOn(db, actor, unitId, day);
	const members =
		day === null
			? await unitMembers(db, actor, unitId, list)
			: await unitMembersOn(db, actor, { unitId, place }, day, list);
	const stands = end === null && day === null;
	const isSubdistrict = stands && unit.unit.kind === 'kecamatan';
	return {
		list,
		...unit,
		...members,
		day,
		today,
		end,
		beside: (stands ? await unitAssignments(db, unitId, today) : []).filter(
			({ isHead, from }) => !isHead && from <= today
		),
		minimum: stands ? await minimumStaffOf(db, unitId) : [],
		neighbours: isSubdistrict
			? {
					adjoining: await neighboursOf(db, actor, unitId),
					choices: canSetNeighbours(actor) ? (await subdistricts(db)).filter(({ id }) => id !== unitId) : []
				}
			: null,
		history: await unitHistory(db, unitId),
		orders: (stands ? await unitOrders(db, unitId) : []).map((order) => ({
			...order,
			failureText: order.failure === null ? null : say(order.failure)
		})),
		can: {
			needs: stands && mayIn(actor, 'needs.read', place),
			calendar:
				stands &&
				(['classes.read', 'classes.approveTeam', 'classes.manage'] as const).some((one) =>
					mayIn(actor, one, place)
				),
			openAccess: stands && canOpenAccess(actor, place),
			organise: stands && canOrganise(actor, place),
			setMinimum: stands && canSetMinimum(actor, place)
		}
	};
});

export const actions = formActions({
	setMinimum: formAction(setMinimum, { then: () => ({ say: 'people.minimum.saved' }) }),
	removeMinimum: formAction(removeMinimum, { then: () => ({ say: 'people.minimum.removed' }) }),
	setNeighbours: formAction(setNeighbours, { then: () => ({ say: 'people.neighbours.saved' }) }),
	cancel: formAction(cancelOrder, { then: () => ({ say: 'people.order.cancelled' }) })
});
