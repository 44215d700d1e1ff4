import { missing } from '#kernel/errors.ts';
import { lessonText } from '#slices/content/public.server.ts';
import { command } from '#platform/work/command.ts';
import { canLearn } from '../../access.ts';
import { FinishLesson } from '../../input.ts';
import { believedTime } from '../../rules.ts';
import { seatOf } from '../seat.ts';

const DAY_MS = 86_400_000;

/** "Selesai dibaca". Pressed twice keeps the first time. 404 for a class without a seat or a lesson of another curriculum. */
export const finishLesson = command(
	'learning.finishLesson',
	FinishLesson,
	async ({ tx, actor, now, permit, note }, { classId, lessonId, openedAt }) => {
		const seat = await seatOf(tx, actor.agencyId, classId, actor.personId);
		if (!seat) throw missing();
		permit(canLearn(actor, seat));
		const lesson = await lessonText(tx, actor.agencyId, lessonId);
		if (!lesson || lesson.versionId !== seat.versionId) throw missing();
		// A page left open for weeks was not read for weeks.
		const opened = believedTime(
			openedAt === undefined ? undefined : new Date(openedAt),
			new Date(now.getTime() - DAY_MS),
			now
		);
		await tx
			.insertInto('learning.lesson_view')
			.values({
				agency_id: actor.agencyId,
				class_id: classId,
				lesson_id: lessonId,
				person_id: seat.personId,
				opened_at: opened,
				finished_at: now
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		note({ classId, lessonId });
		return { classId, lessonId };
	},
	{ summary: 'Mark a lesson as read' }
);
