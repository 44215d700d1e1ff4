import { z } from 'zod';

const Id = z.uuid();

/** `openedAt`: when the page was shown, so that the time of reading is known without scripts. */
export const FinishLesson = z.object({ classId: Id, lessonId: Id, openedAt: z.iso.datetime().optional() });

export const StartQuiz = z.object({ classId: Id, quizId: Id });

/** `answeredAt`: when it was ticked, by the device's clock set to the server's. */
export const SaveAnswer = z.object({
	attemptId: Id,
	questionId: Id,
	choiceIds: z.array(Id).max(20).default([]),
	answeredAt: z.iso.datetime().optional()
});

export const FinishQuiz = z.object({ attemptId: Id });
