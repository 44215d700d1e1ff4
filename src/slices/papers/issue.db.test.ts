import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBack } from '#platform/documents/read-back.ts';
import { paperPdf } from './document/paper-pdf.ts';
import { readFacts } from './facts.ts';
import { changeDraft, discardDraft, issuePaper } from './server/commands/write-paper.ts';
import { setNumbering } from './server/commands/settings.ts';
import { gapless, paperOffice } from './test-office.ts';

let it: Awaited<ReturnType<typeof paperOffice>>;
beforeAll(async () => void (it = await paperOffice()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const aClass = async (...names: string[]) => {
	const { classId } = await it.aClass({ seats: 20 });
	await it.enrolled(classId, ...names);
	return classId;
};
const stored = async (paperId: string) => {
	const { rows } = await it.owner.query(
		'select number, status, facts, reason from papers.paper where agency_id = $1 and id = $2',
		[it.agencyId, paperId]
	);
	return rows[0];
};

describe('numbers', () => {
	test('of twenty issued at once neither repeat nor skip, and a withdrawn one is not used again', async () => {
		const classId = await aClass('ani');
		const drafts = await Promise.all(
			Array.from({ length: 20 }, () => it.draft(classId, 'assignment', 'pelayanan'))
		);
		await Promise.all(drafts.map((id) => it.publish(id)));
		expect(gapless(await it.counters('assignment'))).toBe(true);
		const first = drafts[0] ?? '';
		const { number } = await stored(first);
		await it.withdraw(first);
		const next = await it.draft(classId, 'assignment', 'pelayanan');
		await it.publish(next);
		const after = await stored(next);
		expect(after.number).not.toBe(number);
		expect((await stored(first)).number).toBe(number);
		const counters = await it.counters('assignment');
		expect(counters).toHaveLength(21);
		expect(gapless(counters)).toBe(true);
	});

	test('leave no hole where issuing failed', async () => {
		const classId = await aClass('ani');
		const before = (await it.counters('assignment')).length;
		const draft = await it.draft(classId, 'assignment', 'pelayanan');
		// Whoever was to be sent has lost the seat since.
		await it.owner.query(`update classes.registration set status = 'withdrawn' where class_id = $1`, [
			classId
		]);
		await expect(it.publish(draft)).rejects.toMatchObject({ code: 'papers.paper.nobody' });
		await it.owner.query(`update classes.registration set status = 'enrolled' where class_id = $1`, [
			classId
		]);
		await it.publish(draft);
		expect(await it.counters('assignment')).toHaveLength(before + 1);
		expect(gapless(await it.counters('assignment'))).toBe(true);
	});

	test('printed alike by two series are refused, whoever set them so', async () => {
		const classId = await aClass('ani');
		for (const kind of ['nominative', 'terms'])
			await it.does(it.clerk, setNumbering, {
				kind,
				validFrom: '2026-01-01',
				pattern: '090/{no}/{tahun}'
			});
		await it.publish(await it.draft(classId, 'nominative'));
		const second = await it.draft(classId, 'terms');
		await expect(it.publish(second)).rejects.toMatchObject({ code: 'papers.number.taken' });
		// One agenda for both, and the next number is free.
		await it.does(it.clerk, setNumbering, {
			kind: 'terms',
			validFrom: '2026-01-01',
			pattern: '090/{no}/{tahun}',
			series: 'nominative'
		});
		await it.publish(second);
		expect((await stored(second)).number).toMatch(/^090\/2\//u);
	});
});

describe('an issued paper', () => {
	test('is the same to the byte after the class, the person and the letterhead have changed', async () => {
		const classId = await aClass('ani', 'budi');
		const id = await it.draft(classId, 'assignment', 'pelayanan');
		await it.publish(id);
		const once = await paperPdf(readFacts((await stored(id)).facts), null);
		await it.owner.query(`update classes.class set name = 'Lain', place = 'Lain' where id = $1`, [classId]);
		await it.owner.query(`update people.person set back_title = 'M.Si' where id = $1`, [it.who('ani')]);
		expect(await paperPdf(readFacts((await stored(id)).facts), null)).toEqual(once);
		await it.owner.query(`update people.person set back_title = null where id = $1`, [it.who('ani')]);
		const { pages, structure } = readBack(once);
		expect(structure).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>A</su);
		const text = pages.join('\n');
		for (const words of ['SURAT TUGAS', 'ani', 'budi', 'Kepala BKPSDM,', 'camat', 'Wali Kota Uji'])
			expect(text).toContain(words);
	});

	test('can be changed by nobody: not by its own command, nor by a statement of the app', async () => {
		const classId = await aClass('ani');
		const id = await it.draft(classId, 'assignment', 'pelayanan');
		await it.does(it.clerk, changeDraft, { paperId: id, parts: { basis: 'Baru', purpose: 'Belajar' } });
		await it.publish(id);
		for (const again of [
			() => it.does(it.clerk, changeDraft, { paperId: id, parts: {} }),
			() => it.does(it.clerk, issuePaper, { paperId: id }),
			() => it.does(it.clerk, discardDraft, { paperId: id })
		])
			await expect(again()).rejects.toMatchObject({ code: 'papers.paper.alreadyIssued' });
		for (const statement of [
			`update papers.paper set facts = '{}' where id = $1`,
			`update papers.paper set counter = 999 where id = $1`,
			'delete from papers.paper where id = $1'
		])
			await expect(it.owner.query(statement, [id])).rejects.toMatchObject({ code: 'AS001' });
		await it.withdraw(id);
		expect(await stored(id)).toMatchObject({ status: 'withdrawn', reason: 'Tanggal kegiatan berubah.' });
		await expect(it.withdraw(id)).rejects.toMatchObject({ code: 'papers.paper.alreadyWithdrawn' });
	});

	test('issued twice at the same moment takes one number', async () => {
		const classId = await aClass('ani');
		const id = await it.draft(classId, 'assignment', 'pelayanan');
		const both = await Promise.allSettled([it.publish(id), it.publish(id)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(gapless(await it.counters('assignment'))).toBe(true);
	});
});

test('a paper is the office’s to make: nobody else drafts or issues', async () => {
	const classId = await aClass('ani');
	const id = await it.draft(classId, 'assignment', 'pelayanan');
	await expect(it.does(it.as('kasi', ['papers.read']), issuePaper, { paperId: id })).rejects.toMatchObject({
		kind: 'forbidden'
	});
	await expect(it.does(it.as('kasi', ['papers.issue']), issuePaper, { paperId: id })).rejects.toMatchObject({
		kind: 'forbidden'
	});
});
