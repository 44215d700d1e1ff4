import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { openKysely, openPool } from '#platform/db/db.ts';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { deliverEvents } from '#platform/work/events.ts';
import { changeGroup, holdGroup } from '#slices/evaluation/server/commands/focus-groups.ts';
import { nameOwner } from '#slices/evaluation/server/commands/name-owner.ts';
import { writeFinding } from '#slices/evaluation/server/commands/write-finding.ts';
import { findingById, findingList } from '#slices/evaluation/server/finding-list.ts';
import { saidAndChanged } from '#slices/evaluation/server/said.ts';
import { outcomeTag } from '#slices/evaluation/ui/finding-words.ts';
import { kindOf, noticeFacts } from '#slices/notices/model.ts';
import { noticeWords } from '#slices/notices/server/words.ts';
import { changeRequestsOn } from '#slices/programs/server/change-requests.ts';
import { decideChange } from '#slices/programs/server/commands/changes.ts';
import { town } from '../../../tests/make/town.ts';
import { wireEvents } from './wiring.ts';

let it: Awaited<ReturnType<typeof town>>;
let worker: ReturnType<typeof openKysely>;
const classId = newId();
const author = () => it.as('officer', ['programs.edit'], '');

beforeAll(async () => {
	it = await town();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
	wireEvents();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	// Two people of the office may edit programs; one over a single unit may not.
	for (const [who, unit] of [
		['officer', it.unit.kota],
		['coach', it.unit.kota],
		['camat', it.unit.marelan]
	] as const)
		await put(
			`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, 'trainingAdmin', $4, '2020-01-01', 'uji')`,
			newId(),
			it.who(who),
			unit
		);
	await put(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'K-1', 'Pelayanan prima', $3, 'KL03', 'class', 'finished', 30, '2026-03-06', '2026-03-06', 'uji', '2026-01-01')`,
		classId,
		it.need.versionId
	);
	await put(
		`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, facilitator_id, learning_hours)
		values ($1, $2, $3, 1, 'Antrean', 'class', '2026-03-06 08:00+07', '2026-03-06 10:00+07', $4, 2)`,
		newId(),
		classId,
		it.who('trainer')
	);
	await put(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'passed', '2026-02-01')`,
		newId(),
		classId,
		it.who('ani')
	);
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

/** Everybody who was told since, with the words they read and where these lead. */
async function heard(): Promise<string[]> {
	while ((await deliverEvents(worker, it.db)) > 0);
	const stuck = await it.owner.query('select name, error from platform.event where delivered_at is null');
	expect(stuck.rows).toEqual([]);
	const { rows } = await it.owner.query<{ name: string; kind: string; facts: unknown; href: string }>(
		`with gone as (delete from notices.notice returning *)
		select p.name, n.kind, n.facts, n.href from gone n join people.person p on p.agency_id = n.agency_id and p.id = n.person_id order by 1`
	);
	return rows.map(({ name, kind, facts, href }) => {
		const known = kindOf(kind);
		if (known === null) throw new Error(kind);
		const { title, text } = inLanguage('id', () => noticeWords(known, noticeFacts(facts)));
		return [name, title, text, href].join(' | ');
	});
}

/** What a participant reads on "Kata Anda, yang kami ubah". */
const page = async () => {
	const { findings } = await it.sees((db) => saidAndChanged(db, it.as('ani'), classId));
	return inLanguage('id', () =>
		findings.map(({ statement, decision, answer }) => [statement, outcomeTag(decision).label, answer])
	);
};
const state = async (findingId: string) => {
	const { decision, decidedBy } = await it.sees((db) => findingById(db, it.as('trainer'), findingId));
	const { counts } = await it.sees((db) =>
		findingList(db, it.as('trainer'), { state: 'open', size: 10, offset: 0 })
	);
	return { decision, decidedBy, ...counts };
};

describe('from what was found to what was changed', () => {
	const adopted = 'Latihan terlalu jauh dari pekerjaan di loket.';
	const declined = 'Ruang kelas terlalu panas pada siang hari.';
	const handed = 'Contoh kasusnya dari kantor lain.';
	let [first, second] = ['', ''];

	test('a finding becomes a change request, and whoever may edit programs is told, nobody else', async () => {
		({ findingId: first } = await it.does(it.as('trainer'), writeFinding, {
			classId,
			statement: adopted,
			severity: 'high'
		}));
		const words = `Permintaan perubahan kurikulum: Program PPP | Evaluasi menemukan pada versi 1: ${adopted} | /programs/version/${it.need.versionId}#changes`;
		expect(await heard()).toEqual([`coach | ${words}`, `officer | ${words}`]);
		expect(await it.sees((db) => changeRequestsOn(db, it.agencyId, it.need.versionId))).toMatchObject([
			{ id: first, decision: null }
		]);
		expect(await page()).toEqual([[adopted, 'Menunggu jawaban', null]]);
		expect(await state(first)).toEqual({ decision: null, decidedBy: null, open: 1, decided: 0 });
	});

	test('decided, it is closed: its owner is told, and participants read what was changed', async () => {
		const answer = 'Latihan kini memakai antrean sungguhan.';
		await it.does(author(), decideChange, { changeId: first, decision: 'adopted', answer });
		expect(await heard()).toEqual([
			`ani | Kata Anda dijawab: Program PPP | Peserta menyampaikan: “${adopted}” Lihat apa yang diubah karenanya. | /evaluation/said/${classId}`,
			`trainer | Temuan Anda diikuti: Program PPP | Kurikulum diubah. Temuan: ${adopted} | /evaluation/findings/${first}`
		]);
		expect(await state(first)).toEqual({ decision: 'adopted', decidedBy: 'officer', open: 0, decided: 1 });
		expect(await page()).toEqual([[adopted, 'Diubah', answer]]);
	});

	test('handed to another, that one is told and hears the answer with its writer', async () => {
		const { findingId } = await it.does(it.as('trainer'), writeFinding, {
			classId,
			statement: handed,
			severity: 'low'
		});
		expect(await heard()).toHaveLength(2);
		for (const who of ['camat', 'ani'])
			await expect(
				it.does(author(), nameOwner, { findingId, ownerId: it.who(who), reason: 'Coba saja.' })
			).rejects.toMatchObject({ kind: 'invalid' });
		await it.does(it.as('trainer'), nameOwner, {
			findingId,
			ownerId: it.who('coach'),
			reason: 'Menyusun versi berikutnya.'
		});
		expect(await heard()).toEqual([
			`coach | Anda kini mengawal sebuah temuan: Program PPP | Kawal sampai dijawab (versi 1): ${handed} | /evaluation/findings/${findingId}`
		]);
		await it.does(author(), decideChange, {
			changeId: findingId,
			decision: 'partly',
			answer: 'Satu contoh diganti.'
		});
		expect((await heard()).map((line) => line.split(' | ')[0])).toEqual(['ani', 'coach', 'trainer']);
		await it.owner.query('delete from evaluation.finding where id = $1', [findingId]);
		await it.owner.query('delete from programs.change_request where id = $1', [findingId]);
	});

	test('rejected, it is closed too, and both its owner and the participants read why', async () => {
		({ findingId: second } = await it.does(it.as('trainer'), writeFinding, {
			classId,
			statement: declined,
			severity: 'low'
		}));
		expect(await heard()).toHaveLength(2);
		const answer = 'Bukan soal kurikulum; sudah diteruskan ke pengelola gedung.';
		await it.does(author(), decideChange, { changeId: second, decision: 'declined', answer });
		const [participant, told, ...more] = await heard();
		expect(more).toEqual([]);
		expect(participant).toContain('ani | Kata Anda dijawab: Program PPP');
		expect(told).toContain('trainer | Temuan Anda tidak diikuti: Program PPP');
		expect(await state(second)).toEqual({ decision: 'declined', decidedBy: 'officer', open: 0, decided: 2 });
		expect(await page()).toEqual(expect.arrayContaining([[declined, 'Tidak diubah', answer]]));
	});

	test('who writes a finding of their own program is not told of it, nor of their own answer', async () => {
		const { findingId } = await it.does(author(), writeFinding, {
			classId,
			statement: 'Modul kedua terlalu panjang.',
			severity: 'medium'
		});
		expect((await heard()).map((line) => line.split(' | ')[0])).toEqual(['coach']);
		await it.does(author(), decideChange, {
			changeId: findingId,
			decision: 'partly',
			answer: 'Dipersingkat.'
		});
		expect((await heard()).map((line) => line.split(' | ')[0])).toEqual(['ani']);
	});
});

test('who is asked to code a focus group again is told, once', async () => {
	const group = {
		about: `class:${classId}`,
		title: 'Petugas loket',
		heldOn: '2026-03-08',
		people: 7,
		questions: 'Apa yang menghalangi?'
	};
	const { groupId } = await it.does(author(), holdGroup, { ...group, secondCoderNip: it.nip('fitri') });
	expect(await heard()).toEqual([
		`fitri | Anda diminta memberi kode kedua: Petugas loket | Beri kode kutipannya tanpa melihat kode pertama, lalu serahkan. | /evaluation/focus-groups/${groupId}`
	]);
	const { about: _, ...head } = group;
	const change = { ...head, groupId, seen: 1, secondCoderNip: it.nip('fitri') };
	await it.does(author(), changeGroup, change);
	expect(await heard()).toEqual([]);
	await it.does(author(), changeGroup, { ...change, seen: 2, secondCoderNip: it.nip('eko') });
	expect((await heard()).map((line) => line.split(' | ')[0])).toEqual(['eko']);
});
