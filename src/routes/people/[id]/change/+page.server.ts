import { isId } from '#kernel/ids.ts';
import { missing } from '#kernel/errors.ts';
import { POST_LEVELS } from '#kernel/posts.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { canOrganise, canReadPerson } from '#slices/people/access.ts';
import { endAssignment } from '#slices/people/server/commands/appoint-acting.ts';
import { cancelOrder } from '#slices/people/server/commands/cancel-order.ts';
import { endException, exceptSupervisor } from '#slices/people/server/commands/except-supervisor.ts';
import { leaveStaff, moveStaff } from '#slices/people/server/commands/order-movement.ts';
import { setStanding } from '#slices/people/server/commands/set-standing.ts';
import {
	leaderChoices,
	officeChoices,
	officeOf,
	unitChoices,
	whoIn
} from '#slices/people/server/queries/choices.ts';
import { personPage } from '#slices/people/server/queries/people.ts';
import { placeOf } from '#slices/people/server/queries/places.ts';
import { personAssignments, personExceptions, personOrders } from '#slices/people/server/queries/timeline.ts';

export const load = page(async ({ db, actor, id, url, today }) => {
	const personId = id('id');
	const place = await placeOf(db, personId);
	if (!canReadPerson(actor, place) || !canOrganise(actor, place.unitPath)) throw missing();
	const { person } = await personPage(db, actor, personId, today);
	const asked = url.searchParams.get('office') ?? '';
	const who = whoIn(url);
	const own = person.unitId === null ? null : await officeOf(db, person.unitId);
	const office = isId(asked) ? asked : own;
	return {
		today,
		person: { id: person.id, name: person.name, title: person.title, grade: person.grade },
		office,
		chosen: isId(asked),
		offices: await officeChoices(db, actor),
		units: office === null ? [] : await unitChoices(db, actor, office),
		who,
		leaders: (person.unitId === null ? [] : await leaderChoices(db, actor, person.unitId, who)).filter(
			(choice) => choice.id !== personId
		),
		levels: Object.entries(POST_LEVELS).map(([code, { key }]) => ({
			value: code,
			label: say(`competencies.postLevel.${key}`)
		})),
		orders: (await personOrders(db, personId)).map((order) => ({
			...order,
			failureText: order.failure === null ? null : say(order.failure)
		})),
		exceptions: await personExceptions(db, personId, today),
		assignments: await personAssignments(db, personId, today)
	};
});

const ordered = ({ waits }: { waits: boolean }) => ({
	say: waits ? 'people.order.waits' : 'people.order.done'
});

export const actions = formActions({
	move: formAction(moveStaff, { then: ordered }),
	leave: formAction(leaveStaff, { then: ordered }),
	standing: formAction(setStanding, { then: () => ({ say: 'people.standing.saved' }) }),
	except: formAction(exceptSupervisor, { then: () => ({ say: 'people.exception.saved' }) }),
	endException: formAction(endException, { then: () => ({ say: 'people.exception.ended' }) }),
	endAssignment: formAction(endAssignment, { then: () => ({ say: 'people.acting.ended' }) }),
	cancel: formAction(cancelOrder, { then: () => ({ say: 'people.order.cancelled' }) })
});
