import type { Kysely } from 'kysely';
import { openKysely, openPool, type DB } from '#platform/db/db.ts';
import { closeDatabase, database } from '#platform/db/pools.ts';
import { roomsLoadBy } from '#platform/work/constraint.ts';
import { startDelivery } from '#platform/work/events.ts';
import { installJobs } from '#platform/jobs/queue.ts';
import { startJobs } from '#platform/jobs/worker.ts';
import { mailSettings } from '#platform/mail/mail-settings.ts';
import { useMailer } from '#platform/mail/mail.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import { startMail } from '#platform/mail/start-mail.ts';
import { openPush } from '#platform/push/open-push.ts';
import { pushSettings } from '#platform/push/push-settings.ts';
import { usePusher } from '#platform/push/push.ts';
import { startPush } from '#platform/push/start-push.ts';
import { authSecret, closeAuth } from '#platform/auth/auth.ts';
import { looksWritten } from '#slices/people/public.server.ts';
import { startDays } from './days.ts';
import { JOB_KINDS } from './jobs.ts';
import { addRoomsImportKinds } from './import-kinds.ts';
import { letterKinds } from './letters.ts';
import { PUSH_KINDS } from './pushes.ts';
import { startFindingClock } from './finding-clock.ts';
import { startForgetting } from './old-imports.ts';
import { startNoticeClock } from './notice-clock.ts';
import { startReactionClock } from './reaction-clock.ts';
import { startReminders } from './reminders.ts';
import { startSeatClock } from './seat-clock.ts';
import { wireEvents } from './wiring.ts';

/** A letter under way when the stop is asked for gets this long; a mail server may trickle for minutes. */
const LAST_LETTER_MS = 5000;

let stop: (() => Promise<void>) | undefined;

/** Opens the database, wires rooms to events, starts delivery and jobs; once per process. */
export async function startApp(): Promise<void> {
	if (stop) return;
	const { url, kysely } = database();
	const worker = openKysely(openPool(url, 'asah_worker', 2));
	wireEvents();
	roomsLoadBy(() => import('./commands.ts'));
	addRoomsImportKinds();
	const stopDelivery = startDelivery(worker, kysely);
	await installJobs(url);
	const stopJobs = await startJobs(url, JOB_KINDS, kysely);
	const stopForgetting = startForgetting(worker, kysely);
	const stopDays = startDays(worker, kysely);
	const stopSeatClock = startSeatClock(worker, kysely);
	const stopReactionClock = startReactionClock(worker, kysely);
	const stopFindingClock = startFindingClock(worker, kysely);
	const stopNoticeClock = startNoticeClock(worker, kysely);
	const stopMail = openMail(worker, kysely);
	const stopPush = startPushing(worker, kysely);
	const stopReminders = startReminders(worker, kysely);
	stop = async () => {
		stopReminders();
		await Promise.all([stopMail(), stopPush()]);
		await stopForgetting();
		await stopJobs();
		await stopDays();
		await stopSeatClock();
		await stopReactionClock();
		await stopFindingClock();
		await stopNoticeClock();
		await looksWritten();
		await stopDelivery();
		await closeAuth();
		await worker.destroy();
		await closeDatabase();
	};
	process.once('sveltekit:shutdown', () => void stop?.());
}

/** Without a mail server nothing is carried: notices' letters wait to be sent by hand, reminders put none down. */
function openMail(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	const settings = mailSettings(process.env);
	if (settings === null) return () => Promise.resolve();
	const { send, close } = openSmtp(settings);
	useMailer(send);
	const stop = startMail({ worker, app, kinds: letterKinds(settings.home), send }, settings.perMinute);
	return async () => {
		useMailer(null);
		const cut = setTimeout(close, LAST_LETTER_MS);
		await stop();
		clearTimeout(cut);
		close();
	};
}

/** Switched off, nobody is offered it, and whoever would put letters down for it finds no device. */
function startPushing(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	const settings = pushSettings(process.env);
	if (settings === null) return () => Promise.resolve();
	const push = openPush({ ...settings, secret: authSecret() });
	usePusher(push);
	const stop = startPush({ worker, app, kinds: PUSH_KINDS, send: push.send });
	return async () => {
		usePusher(null);
		const cut = setTimeout(push.close, LAST_LETTER_MS);
		await stop();
		clearTimeout(cut);
		push.close();
	};
}
