import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { forgetFile, storeFile } from '#platform/files/store-file.ts';
import { withoutMetadata } from '#platform/files/strip-metadata.ts';
import { command } from '#platform/work/command.ts';
import { canMark } from '../../access.ts';
import { AddSheetPage, CloseSheet, OpenSheet, RemoveSheetPage } from '../../input.ts';
import { MOST_PAGES, paperKind, sheetOpenable } from '../../sheet.ts';
import { takesPeople } from '../../rules.ts';
import { newSecret } from '../codes.ts';
import { lockSession, sheetOf } from '../lock.ts';
import { teachingOf } from './mark-attendance.ts';

/**
 * Begins to take the attendance of a session by codes, or changes how: from when on somebody is late, and whether leaving
 * is taken too. The key of the codes stays the same. Refuses: called off, class over, sheet closed.
 */
export const openSheet = command(
	'classes.openSheet',
	OpenSheet,
	async ({ tx, actor, now, permit, note }, { sessionId, lateMinutes, checkOut }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canMark(actor, await teachingOf(tx, actor, session)));
		takesPeople(session.class.status);
		sheetOpenable(session, await sheetOf(tx, actor.agencyId, sessionId));
		await tx
			.insertInto('classes.sheet')
			.values({
				agency_id: actor.agencyId,
				session_id: sessionId,
				secret: newSecret(),
				late_minutes: lateMinutes,
				check_out: checkOut,
				opened_by: actor.personId,
				opened_at: now
			})
			.onConflict((conflict) =>
				conflict
					.columns(['agency_id', 'session_id'])
					.doUpdateSet({ late_minutes: lateMinutes, check_out: checkOut })
			)
			.execute();
		note({ classId: session.class.id, sessionId });
		return { classId: session.class.id, sessionId };
	},
	{ summary: 'Takes the attendance of a session by rotating codes' }
);

/**
 * Closes the sheet of a session: from now on a mark changes only by a request that somebody decides. Refuses: not yet
 * begun, called off, nobody marked, closed already.
 */
export const closeSheet = command(
	'classes.closeSheet',
	CloseSheet,
	async ({ tx, actor, now, permit, note }, { sessionId }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canMark(actor, await teachingOf(tx, actor, session)));
		takesPeople(session.class.status);
		sheetOpenable(session, await sheetOf(tx, actor.agencyId, sessionId));
		if (now < session.startsAt) throw refused('classes.attendance.tooEarly', { topic: session.topic });
		if (session.marks === 0) throw refused('classes.sheet.nobodyMarked', { topic: session.topic });
		await tx
			.insertInto('classes.sheet')
			.values({
				agency_id: actor.agencyId,
				session_id: sessionId,
				secret: newSecret(),
				late_minutes: 15,
				check_out: false,
				opened_by: actor.personId,
				opened_at: now,
				closed_by: actor.personId,
				closed_at: now
			})
			.onConflict((conflict) =>
				conflict
					.columns(['agency_id', 'session_id'])
					.doUpdateSet({ closed_by: actor.personId, closed_at: now })
			)
			.execute();
		note({ classId: session.class.id, sessionId });
		return { classId: session.class.id };
	},
	{ summary: 'Closes the attendance sheet of a session' }
);

/** Attaches a page of the signed list, as PDF or photo. Refuses: another kind of file, too large, too many. */
export const addSheetPage = command(
	'classes.addSheetPage',
	AddSheetPage,
	async ({ tx, actor, now, permit, note }, { sessionId, page, note: words }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canMark(actor, await teachingOf(tx, actor, session)));
		const mime = paperKind(page.bytes, 'page');
		const pages = await tx
			.selectFrom('classes.sheet_page')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('session_id', '=', sessionId)
			.execute();
		if (pages.length >= MOST_PAGES) throw refused('classes.paper.tooMany', { pages: MOST_PAGES });
		const fileId = await storeFile(tx, actor, now, {
			room: 'classes',
			name: page.name,
			mime,
			content: Buffer.from(withoutMetadata(page.bytes))
		});
		const pageId = newId(now.getTime());
		await tx
			.insertInto('classes.sheet_page')
			.values({
				agency_id: actor.agencyId,
				id: pageId,
				session_id: sessionId,
				file_id: fileId,
				note: words,
				added_by: actor.personId,
				added_at: now
			})
			.execute();
		note({ classId: session.class.id, sessionId, pageId });
		return { classId: session.class.id, pageId };
	},
	{ summary: 'Attaches a page of the signed attendance list' }
);

/** Takes a page away again while the sheet is open; afterwards it stays as proof. */
export const removeSheetPage = command(
	'classes.removeSheetPage',
	RemoveSheetPage,
	async ({ tx, actor, permit, note }, { sessionId, pageId }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canMark(actor, await teachingOf(tx, actor, session)));
		takesPeople(session.class.status);
		sheetOpenable(session, await sheetOf(tx, actor.agencyId, sessionId));
		const gone = await tx
			.deleteFrom('classes.sheet_page')
			.where('agency_id', '=', actor.agencyId)
			.where('session_id', '=', sessionId)
			.where('id', '=', pageId)
			.returning('file_id')
			.executeTakeFirst();
		if (!gone) throw missing();
		await forgetFile(tx, actor, 'classes', gone.file_id);
		note({ classId: session.class.id, sessionId, pageId });
		return { classId: session.class.id };
	},
	{ summary: 'Takes a page of the signed list away' }
);
