import { missing, refused, type Facts } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canSplit } from '../../cohort-access.ts';
import { MoveInSplit } from '../../cohort-input.ts';
import { roomFor, type Reason } from '../../cohorts/check.ts';
import { assignmentOf, loadSplit, type LoadedSplit } from '../cohorts/load-split.ts';
import { lockSplit, stillOpen } from '../cohorts/lock-split.ts';

/** What nobody can decide away: a chair, a room, or being in two places. The others are for people to weigh. */
const IMPOSSIBLE: readonly Reason['kind'][] = ['notHeld', 'noRoom', 'noFacilitator', 'away', 'full', 'share'];

/**
 * Puts somebody into a class by hand, or nowhere; solving again leaves whom it put. Refuses: applied; seats full, no room or
 * facilitator free, on leave or in another class; and, unless `anyway`, a counter below its minimum (which, on which day), a wish against it,
 * the mixing of units.
 */
export const moveInSplit = command(
	'classes.moveInSplit',
	MoveInSplit,
	async ({ tx, actor, permit, note }, { splitId, personId, classId, anyway }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		const loaded = await loadSplit(tx, splitId);
		const person = loaded.problem.people.find(({ id }) => id === personId);
		if (!person || (classId !== undefined && !loaded.classes.some(({ id }) => id === classId)))
			throw missing();
		const moved = loaded.people.find(({ id }) => id === personId);
		if (moved?.seatedIn) throw refused('classes.split.seated');
		if (classId !== undefined) {
			const others = Object.fromEntries(
				loaded.people.flatMap((one) =>
					one.id === personId || (one.seatedIn ?? one.classId) === null
						? []
						: [[one.id, one.seatedIn ?? one.classId ?? '']]
				)
			);
			const reasons = roomFor(loaded.problem, assignmentOf(loaded, others)).reasons(person, classId);
			const hard = reasons.find(({ kind }) => IMPOSSIBLE.includes(kind));
			const first = hard ?? (anyway ? undefined : reasons[0]);
			if (first) throw refused(REFUSAL[first.kind], factsOf(first, loaded));
		}
		await tx
			.updateTable('classes.split_person')
			.set({ class_id: classId ?? null, by_hand: classId !== undefined })
			.where('agency_id', '=', actor.agencyId)
			.where('split_id', '=', splitId)
			.where('person_id', '=', personId)
			.execute();
		note({ splitId, personId });
		return { splitId, name: moved?.name ?? '' };
	},
	{ summary: 'Put somebody into a class of a split by hand' }
);

const REFUSAL: Record<Reason['kind'], string> = {
	notHeld: 'classes.split.notHeld',
	noRoom: 'classes.split.noRoom',
	noFacilitator: 'classes.split.noFacilitator',
	away: 'classes.split.away',
	full: 'classes.split.full',
	share: 'classes.split.share',
	forbidden: 'classes.split.forbidden',
	short: 'classes.split.short',
	mixing: 'classes.split.mixed'
};

function factsOf(reason: Reason, { staffing }: LoadedSplit): Facts {
	switch (reason.kind) {
		case 'away':
			return { day: reason.span.day };
		case 'noRoom':
		case 'noFacilitator':
			return { day: reason.cohort.wants?.spans[0]?.day ?? '', seats: reason.cohort.seats };
		case 'full':
			return { seats: reason.seats };
		case 'share':
			return { seats: reason.share.most };
		case 'short':
			return {
				unit: staffing.find(({ unitId }) => unitId === reason.counter.unitId)?.unitName ?? '',
				role: reason.counter.roles.join(' + '),
				day: reason.counter.day,
				present: reason.present,
				required: reason.counter.required
			};
		default:
			return {};
	}
}
