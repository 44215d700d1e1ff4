import { invalidField } from '#kernel/errors.ts';
import { fieldsOf, formAction } from '#platform/http/form-action.ts';
import { MOST_PICTURE_BYTES } from '#slices/content/picture.ts';
import { saveLesson } from '#slices/content/server/commands/lessons.ts';

/** The fields with the chosen picture as base64; read before the command so that its transaction holds only database work. */
async function lessonInput(form: FormData) {
	const { picture: _, ...fields } = fieldsOf(form);
	const picture = form.get('picture');
	if (!(picture instanceof File) || picture.size === 0) return fields;
	if (picture.size > MOST_PICTURE_BYTES) throw invalidField('picture', 'content.picture.tooLarge');
	const base64 = Buffer.from(await picture.arrayBuffer()).toString('base64');
	return { ...fields, picture: { name: picture.name.slice(0, 255) || 'gambar', base64 } };
}

export const createLesson = formAction(saveLesson, {
	input: lessonInput,
	then: ({ lessonId }) => ({ to: `/content/lesson/${lessonId}` })
});

export const changeLesson = formAction(saveLesson, {
	input: lessonInput,
	then: () => ({ say: 'content.lesson.saved' })
});
