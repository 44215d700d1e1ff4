import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { pictureMime } from '#platform/files/file-kind.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { withoutMetadata } from '#platform/files/strip-metadata.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEdit } from '../../access.ts';
import { OneLesson, SaveLesson } from '../../input.ts';
import { MOST_PICTURE_BYTES } from '../../picture.ts';

constraintMeans('lesson_agency_id_module_id_fkey', 'content.lesson.moduleHasLessons');
constraintMeans('lesson_view_agency_id_lesson_id_fkey', 'content.lesson.alreadyRead');

async function lockLesson(tx: Tx, agencyId: string, lessonId: string) {
	const lesson = await tx
		.selectFrom('content.lesson')
		.select(['id', 'module_id as moduleId', 'sort', 'picture_id as pictureId', 'changed_at as changedAt'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', lessonId)
		.forUpdate()
		.executeTakeFirst();
	if (!lesson) throw missing();
	return lesson;
}

/**
 * A lesson of a module: text with a few marks (lesson-text.ts), minutes, one picture with its words. It may change while
 * its curriculum is in force. Refuses: changed by somebody else meanwhile, a file that is no PNG, JPEG or WebP (found
 * from its content), over 5 MB, a picture without words.
 */
export const saveLesson = command(
	'content.saveLesson',
	SaveLesson,
	async ({ tx, actor, now, permit, note }, input) => {
		const before = input.lessonId === undefined ? null : await lockLesson(tx, actor.agencyId, input.lessonId);
		permit(canEdit(actor));
		if (before !== null && input.seenAt !== undefined && before.changedAt.toISOString() !== input.seenAt)
			throw refused('content.lesson.changedMeanwhile');
		const moduleId = before?.moduleId ?? input.moduleId;
		const kept = input.removePicture ? null : (before?.pictureId ?? null);
		const pictureId = input.picture === undefined ? kept : await storePicture(tx, actor, now, input.picture);
		if (pictureId !== null && input.pictureAlt === '')
			throw invalidField('pictureAlt', 'content.picture.altMissing');

		const lessonId = before?.id ?? newId();
		const written = {
			title: input.title,
			body: input.body,
			minutes: input.minutes,
			picture_id: pictureId,
			picture_alt: pictureId === null ? null : input.pictureAlt,
			changed_at: now,
			changed_by: actor.accountId
		};
		if (before === null) {
			await mustBeModule(tx, actor.agencyId, moduleId);
			const sort = await nextSort(tx, actor.agencyId, moduleId);
			await tx
				.insertInto('content.lesson')
				.values({ agency_id: actor.agencyId, id: lessonId, module_id: moduleId, sort, ...written })
				.execute();
		} else
			await tx
				.updateTable('content.lesson')
				.set(written)
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', lessonId)
				.execute();
		note({ lessonId, moduleId });
		return { lessonId, moduleId };
	},
	{ summary: 'Save a lesson with its picture' }
);

async function mustBeModule(tx: Tx, agencyId: string, moduleId: string): Promise<void> {
	// Locked, so that two new lessons do not get the same place.
	const module = await tx
		.selectFrom('programs.module')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('id', '=', moduleId)
		.forUpdate()
		.executeTakeFirst();
	if (!module) throw missing();
}

async function nextSort(tx: Tx, agencyId: string, moduleId: string): Promise<number> {
	const last = await tx
		.selectFrom('content.lesson')
		.select((eb) => eb.fn.max('sort').as('sort'))
		.where('agency_id', '=', agencyId)
		.where('module_id', '=', moduleId)
		.executeTakeFirst();
	return (last?.sort ?? 0) + 1;
}

async function storePicture(
	tx: Tx,
	actor: Beam['actor'],
	now: Date,
	picture: { name: string; base64: string }
) {
	const content = Buffer.from(picture.base64, 'base64');
	const mime = pictureMime(content);
	if (mime === null) throw invalidField('picture', 'content.picture.wrongKind');
	if (content.length > MOST_PICTURE_BYTES) throw invalidField('picture', 'content.picture.tooLarge');
	// A phone's photo would tell everybody who reads the lesson where it was taken.
	return storeFile(tx, actor, now, {
		room: 'content',
		name: picture.name,
		mime,
		content: Buffer.from(withoutMetadata(content))
	});
}

/** Removes a lesson. Refuses: somebody has opened it in a class (the record of what was read stays). */
export const removeLesson = command(
	'content.removeLesson',
	OneLesson,
	async ({ tx, actor, permit, note }, { lessonId }) => {
		const lesson = await lockLesson(tx, actor.agencyId, lessonId);
		permit(canEdit(actor));
		const module = await tx
			.selectFrom('programs.module')
			.select('version_id as versionId')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', lesson.moduleId)
			.executeTakeFirstOrThrow();
		await tx
			.deleteFrom('content.lesson')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', lessonId)
			.execute();
		note({ lessonId, moduleId: lesson.moduleId });
		return module;
	},
	{ summary: 'Remove a lesson that nobody has opened' }
);

/** One place up within its module; the first stays first. */
export const raiseLesson = command(
	'content.raiseLesson',
	OneLesson,
	async ({ tx, actor, permit, note }, { lessonId }) => {
		const lesson = await lockLesson(tx, actor.agencyId, lessonId);
		permit(canEdit(actor));
		await mustBeModule(tx, actor.agencyId, lesson.moduleId);
		const above = await tx
			.selectFrom('content.lesson')
			.select(['id', 'sort'])
			.where('agency_id', '=', actor.agencyId)
			.where('module_id', '=', lesson.moduleId)
			.where('sort', '<', lesson.sort)
			.orderBy('sort', 'desc')
			.limit(1)
			.executeTakeFirst();
		const place = (id: string, sort: number) =>
			tx
				.updateTable('content.lesson')
				.set({ sort })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', id)
				.execute();
		if (above) {
			await place(above.id, lesson.sort);
			await place(lesson.id, above.sort);
		}
		note({ lessonId });
		return { moduleId: lesson.moduleId };
	},
	{ summary: 'Move a lesson one place up in its module' }
);
