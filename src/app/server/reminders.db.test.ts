import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { carrying } from '#platform/mail/carrying.ts';
import { useMailer } from '#platform/mail/mail.ts';
import { openSmtp } from '#platform/mail/smtp.ts';
import { header, post, reply } from '#platform/mail/test-post.ts';
import { closeCampaign } from '#slices/needs/server/commands.ts';
import { remindNeeds } from '#slices/needs/server/commands/remind.ts';
import { campaignById } from '#slices/needs/server/queries/campaigns.ts';
import { unitMessage } from '#slices/needs/server/queries/message.ts';
import { chooseLanguage } from '#slices/people/server/commands/choose-language.ts';
import { remindersOf } from '#slices/needs/server/queries/reminders.ts';
import { unitInView } from '#slices/needs/server/queries/units.ts';
import { instrumentSurvey } from '#slices/needs/test-instrument.ts';
import { now, today } from '#slices/needs/test-survey.ts';
import { todayHome } from './homes/today.ts';
import { letterKinds } from './letters.ts';
import { remindAll } from './reminders.ts';

let city: Awaited<ReturnType<typeof instrumentSurvey>>;
let worker: ReturnType<typeof openKysely>;
let server: Awaited<ReturnType<typeof post>>;
let smtp: ReturnType<typeof openSmtp>;
let refuse: (address: string) => Error | null = () => null;
beforeAll(async () => {
	city = await instrumentSurvey('short', ['self', 'supervisor']);
	await city.open();
	worker = openKysely(openPool(city.url, 'asah_worker', 1));
});
afterAll(async () => {
	await worker.destroy();
	await city.close();
});
beforeEach(async () => {
	refuse = () => null;
	server = await post({ onRcptTo: ({ address }, _session, done) => done(refuse(address)) });
	smtp = openSmtp(server.settings());
	useMailer(smtp.send);
	for (const table of ['platform.letter', 'needs.reminder'])
		await city.owner.query(`delete from ${table} where agency_id = $1`, [city.agencyId]);
	await city.owner.query(`update people.person set email = null where agency_id = $1`, [city.agencyId]);
	await give('ani', 'ani@uji.example');
	await give('kasi', 'kasi@uji.example');
});
afterEach(async () => {
	useMailer(null);
	smtp.close();
	await server.close();
});

const LIST = { size: 50, offset: 0 };
const give = (who: string, email: string) =>
	city.owner.query('update people.person set email = $2 where id = $1', [city.who(who), email]);
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const press = (at = now, key = newId()) => city.does(city.officer(), remindNeeds, {}, { now: at, key });
const sheet = (at = today) =>
	city.sees((db) => remindersOf(db, city.officer(), city.asked.campaignId, at, LIST));
/** Carries whatever is due; answers to whom. */
async function carryAll(at = now): Promise<string[]> {
	const carry = carrying({
		worker,
		app: city.db,
		kinds: letterKinds('https://asah.uji.example'),
		send: smtp.send
	});
	const before = server.arrived.length;
	while ((await carry(at)) !== 'nothing');
	return server.arrived.slice(before).flatMap(({ to }) => to);
}

test('whoever is waited for gets a letter that names the survey, its last day and where the form is', async () => {
	const counts = await press();
	expect(counts.byEmail).toBe(2);
	expect(counts.inApp).toBe(counts.byEmail + counts.withoutAddress);
	expect((await carryAll()).toSorted()).toEqual(['ani@uji.example', 'kasi@uji.example']);
	const ani = server.arrived.find(({ to }) => to.includes('ani@uji.example'));
	expect(header(ani, 'subject')).toEqual(['Survei AKPK 2028 menunggu Anda']);
	expect(ani?.text).toContain('Yth. ani,');
	expect(ani?.text).toContain('31 Mei 2026');
	expect(ani?.text).toContain('\n\nhttps://asah.uji.example/needs/rate\n\n');
	const kasi = server.arrived.find(({ to }) => to.includes('kasi@uji.example'));
	expect(kasi?.text).toMatch(/Penilaian orang lain dalam survei AKPK 2028 .*: \d+\./);
});

test('a letter speaks the language that its reader chose while signed in', async () => {
	await city.does(city.as('ani'), chooseLanguage, { language: 'en' }, { now });
	await press();
	await carryAll();
	const subjects = server.arrived.map((letter) => [letter.to[0], ...header(letter, 'subject')]);
	expect(subjects.toSorted()).toEqual([
		['ani@uji.example', 'The survey AKPK 2028 waits for you'],
		['kasi@uji.example', 'Survei AKPK 2028 menunggu Anda']
	]);
	expect(server.arrived.find(({ to }) => to.includes('ani@uji.example'))?.text).toContain('31 May 2026');
	await city.does(city.as('ani'), chooseLanguage, { language: 'id' }, { now });
});

test('two presses at once, a third later and the hourly round make one letter each', async () => {
	const key = newId();
	const [first, second] = await Promise.all([press(now, key), press(now, key)]);
	expect(second).toEqual(first);
	await Promise.all([press(), press(hours(1))]);
	expect(await remindAll(worker, city.db, hours(2))).toBe(0);
	expect((await carryAll()).toSorted()).toEqual(['ani@uji.example', 'kasi@uji.example']);
	expect((await press(hours(3))).byEmail).toBe(0);
	expect(await sheet()).toMatchObject({
		today: 2,
		letters: { sent: 2, waiting: 0, failed: 0, trouble: null }
	});
});

test('the next day another goes, but none on top of one that came late', async () => {
	await press();
	// The mail server was away all day: yesterday's letter goes the next morning.
	expect(await carryAll(hours(21))).toHaveLength(2);
	expect((await press(hours(22))).byEmail).toBe(0);
	expect((await press(hours(46))).byEmail).toBe(2);
	expect(await carryAll(hours(46))).toHaveLength(2);
});

test('nobody is reminded of what they did while their letter waited, nor after the survey closed', async () => {
	await press();
	await city.owner.query('update needs.target set self_done_at = now() where person_id = $1', [
		city.who('ani')
	]);
	expect(await carryAll()).toEqual(['kasi@uji.example']);
	await press(hours(24));
	await city.owner.query(`update needs.campaign set status = 'closed' where id = $1`, [
		city.asked.campaignId
	]);
	expect(await carryAll(hours(24))).toEqual([]);
	await city.owner.query(`update needs.campaign set status = 'open' where id = $1`, [city.asked.campaignId]);
	await city.owner.query('update needs.target set self_done_at = null where person_id = $1', [
		city.who('ani')
	]);
});

test('who asked that processing be limited is left alone, by mail, in the app and in the group chat', async () => {
	const limit = (restricted: boolean) =>
		city.owner.query('update people.person set restricted = $2 where id = $1', [city.who('ani'), restricted]);
	const home = () => city.sees((db) => todayHome(db, city.who('ani'), today, now));
	const named = async () => {
		const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
		return city.sees(async (db) =>
			unitMessage(db, city.kasi(), campaign, await unitInView(db, city.kasi(), city.unit.pelayanan))
		);
	};
	const before = await sheet();
	expect((await home()).tasks.map(({ kind }) => kind)).toContain('rate');
	expect((await named()).waiting).toContain('ani');
	await press();
	await limit(true);
	try {
		// A letter that was put down before is dropped.
		expect(await carryAll()).toEqual(['kasi@uji.example']);
		expect(await press(hours(24))).toMatchObject({ byEmail: 1, restricted: 1 });
		expect(await carryAll(hours(24))).toEqual(['kasi@uji.example']);
		const after = await sheet();
		expect(after).toMatchObject({ restricted: 1, waiting: before.waiting - 1 });
		expect(after.unreached.map(({ name }) => name)).not.toContain('ani');
		const { tasks, restricted } = await home();
		expect(tasks.map(({ kind }) => kind)).not.toContain('rate');
		expect(restricted).toBe(`/people/${city.who('ani')}/data`);
		const message = await named();
		expect(message.waiting).not.toContain('ani');
		expect(message.waiting).toHaveLength(message.people - message.done - 1);
	} finally {
		await limit(false);
	}
});

test('a refused address is told, and left alone until it is another', async () => {
	refuse = (address) => (address === 'ani@uji.example' ? reply(550, '5.1.1 no such user') : null);
	await press();
	expect(await carryAll()).toEqual(['kasi@uji.example']);
	const told = await sheet();
	expect(told.letters).toMatchObject({ sent: 1, failed: 1 });
	expect(told.unreached.find(({ name }) => name === 'ani')).toMatchObject({
		why: 'platform.mail.refusedAddress'
	});
	expect(told.missed).toBe(told.withoutAddress + 1);
	expect(told.unreached.find(({ name }) => name === 'budi')).toMatchObject({ why: null });
	expect((await press(hours(24))).byEmail).toBe(1);
	await give('ani', 'ani.baru@uji.example');
	expect((await sheet()).unreached.map(({ name }) => name)).not.toContain('ani');
	expect((await press(hours(25))).byEmail).toBe(1);
	expect(await carryAll(hours(25))).toContain('ani.baru@uji.example');
});

test('without a mail server nothing is put down, and people are still counted', async () => {
	useMailer(null);
	const counts = await press();
	expect(counts).toMatchObject({ byEmail: 0 });
	expect(counts.inApp).toBeGreaterThan(2);
	expect(await remindAll(worker, city.db, now)).toBe(0);
	expect(await sheet()).toMatchObject({ today: 0, letters: { waiting: 0 } });
});

test('nobody is written to by night, nor reads who was who does not run campaigns', async () => {
	// Half past six in the morning in Jakarta.
	expect(await remindAll(worker, city.db, new Date('2026-04-10T23:30:00Z'))).toBe(0);
	expect(await remindAll(worker, city.db, new Date('2026-04-11T01:30:00Z'))).toBe(2);
	await expect(city.does(city.kasi(), remindNeeds, {}, { now })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(
		city.sees((db) => remindersOf(db, city.kasi(), city.asked.campaignId, today, LIST))
	).rejects.toMatchObject({ kind: 'missing' });
});

test('a closed survey reminds nobody', async () => {
	await city.does(city.officer(), closeCampaign, city.asked, { now });
	expect(await press()).toEqual({ inApp: 0, byEmail: 0, withoutAddress: 0, restricted: 0 });
});
