import { z } from 'zod';
import { KINDS, MOST_CHOICES, PURPOSES } from './model.ts';
import { MOST_PICTURE_BYTES } from './picture.ts';

const Id = z.uuid();
const Text = (maximum: number, minimum = 1) => z.string().trim().min(minimum).max(maximum);

/** A file in a command: base64, so that the same command serves forms and machines. */
export const Picture = z.object({
	name: Text(255),
	base64: z.base64().max(Math.ceil(MOST_PICTURE_BYTES / 3) * 4, 'content.picture.tooLarge')
});

/** Without `lessonId` a new lesson at the end of its module. `seenAt`: when the lesson was last changed, as the form knew it. */
export const SaveLesson = z.object({
	lessonId: Id.optional(),
	moduleId: Id,
	seenAt: z.iso.datetime().optional(),
	title: Text(200, 2),
	body: Text(50_000),
	minutes: z.coerce.number().int().min(1).max(240),
	picture: Picture.optional(),
	pictureAlt: z.string().trim().max(500).default(''),
	removePicture: z.boolean().default(false)
});

export const OneLesson = z.object({ lessonId: Id });
export const CarryOver = z.object({ versionId: Id });

const QuizHead = {
	title: Text(200, 2),
	passPercent: z.coerce.number().int().min(0).max(100)
};
export const CreateQuiz = z.object({ versionId: Id, purpose: z.enum(PURPOSES), ...QuizHead });
/** `revision` is that of the quiz the form was made from. */
const OfQuiz = { quizId: Id, revision: z.coerce.number().int() };
export const SaveQuiz = z.object({ ...OfQuiz, ...QuizHead });

export const SaveQuestion = z.object({
	...OfQuiz,
	questionId: Id.optional(),
	stem: Text(2000, 3),
	kind: z.enum(KINDS),
	explanation: z.string().trim().max(2000).default(''),
	choices: z
		.array(z.object({ wording: z.string().trim().max(500).default(''), correct: z.boolean().default(false) }))
		.max(MOST_CHOICES * 2)
		.default([])
});
export const OneQuestion = z.object({ ...OfQuiz, questionId: Id });
export const OneQuiz = z.object({ quizId: Id });
