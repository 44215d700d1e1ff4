import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import { readBack } from '#platform/documents/read-back.ts';
import { town } from '../../../tests/make/town.ts';
import { akpkDocument, akpkSheets } from './report/akpk.ts';
import { minutesDocument } from './report/minutes.ts';
import { officePdf } from './report/office-document.ts';
import { reportData } from './report/report-data.ts';
import { workbookOf } from './report/workbook.ts';
import { acceptedNeeds } from './public.server.ts';
import { consolidateNeeds } from './server/commands/consolidate-needs.ts';
import { closeForum, decideInForum, openForum, putOnAgenda } from './server/commands/hold-forum.ts';
import { makeReport } from './server/commands/make-report.ts';
import { addNeed, changeNeed, passOver, submitNeed, takeNeed } from './server/commands/propose-need.ts';
import { importServices, recordPerformance, recordService } from './server/commands/record-need-sources.ts';
import { decideIdp, saveIdp, submitIdp } from './server/commands/write-idp.ts';
import { forumSheet } from './server/queries/forums.ts';
import { idpsIn, idpSheet, idpsWaitingFor, ownIdp } from './server/queries/idps.ts';
import { proposalSheet, proposalsFor } from './server/queries/proposals.ts';
import { rankingOf } from './server/queries/ranking.ts';
import { reportFile, reportsOf } from './server/queries/reports.ts';

let it: Awaited<ReturnType<typeof town>>;
let officer: Actor;
let camat: Actor;
let kasi: Actor;
const now = new Date('2026-06-10T03:00:00Z');
const today = '2026-06-10';
const facts = { people: 3, form: 'training', quarter: 2, reason: 'Antrean di loket makin panjang' };
beforeAll(async () => {
	it = await town();
	officer = it.as('officer', ['needs.run', 'needs.read', 'needs.propose'], '');
	camat = it.as('camat', ['needs.propose', 'needs.read'], 'kota.marelan');
	kasi = it.as('kasi', ['needs.rateTeam', 'needs.read', 'needs.propose'], 'kota.marelan.pelayanan');
	await it.owner.query(
		`insert into needs.service_band (agency_id, id, from_index, grade, weak, legal_basis, valid_from)
		select $1, gen_random_uuid(), b.* , 'uji', '2017-01-01' from (values (88.31, 'A', false), (76.61, 'B', false), (65, 'C', true), (25, 'D', true)) b`,
		[it.agencyId]
	);
});
afterAll(() => it.close());

const does: typeof it.does = (actor, work, input) => it.does(actor, work, input, { now });
const ranking = (unit: 'marelan' | 'pelayanan' | 'plaju') =>
	it.sees((db) =>
		rankingOf(db, {
			campaign: { id: it.need.campaignId, year: 2027 },
			unit: { id: it.unit[unit], path: unit === 'pelayanan' ? 'kota.marelan.pelayanan' : `kota.${unit}` },
			today
		})
	);
const take = (actor: Actor, unit: 'marelan' | 'pelayanan') =>
	does(actor, takeNeed, {
		unitId: it.unit[unit],
		campaignId: it.need.campaignId,
		subject: `competency:${it.need.competencyId}`,
		...facts
	});
const refusal = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error: unknown) => (error instanceof AppError ? `${error.kind} ${error.code}` : String(error))
	);

describe('from the ranking to the decision', () => {
	const ids: Record<string, string> = {};

	test('the ranking counts from rows, and a plan of one’s own adds to the reach', async () => {
		const before = await ranking('marelan');
		expect(before.needs).toHaveLength(1);
		expect(before.needs[0]).toMatchObject({
			rank: 1,
			likely: 3,
			counted: { probability: 1, size: 2, reach: 3, importance: 1, goal: 1 }
		});
	});

	test('a unit head takes a need once, with how it ranked', async () => {
		ids['upper'] = (await take(camat, 'marelan')).proposalId;
		ids['lower'] = (await take(kasi, 'pelayanan')).proposalId;
		expect(await refusal(take(camat, 'marelan'))).toBe('refused needs.need.takenAlready');
		expect(await refusal(take(it.as('stranger', ['needs.propose'], 'kota.plaju'), 'marelan'))).toBe(
			'forbidden kernel.forbidden'
		);
		const kept = await it.owner.query(
			'select decision, rank, reason, by_name from needs.priority_decision where unit_id = $1',
			[it.unit.marelan]
		);
		expect(kept.rows).toEqual([{ decision: 'taken', rank: 1, reason: facts.reason, by_name: 'camat' }]);
	});

	test('passing over needs a reason, and is kept', async () => {
		const passing = {
			unitId: it.unit.marelan,
			campaignId: it.need.campaignId,
			subject: `competency:${it.need.competencyId}`
		};
		expect(await refusal(does(camat, passOver, { ...passing, reason: '' }))).toBe('invalid kernel.invalid');
		await does(camat, passOver, { ...passing, reason: 'Menunggu mutasi pegawai' });
	});

	test('the unit changes, hands in, revises after a note; then it lies with BKPSDM', async () => {
		const lower = { proposalId: ids['lower'] };
		await does(kasi, changeNeed, { ...lower, ...facts, people: 4 });
		await does(kasi, submitNeed, lower);
		expect(await refusal(does(kasi, changeNeed, { ...lower, ...facts }))).toBe(
			'refused needs.need.already.submitted'
		);
		const back = { proposalIds: [ids['lower']], step: 'revise' };
		expect(await refusal(does(kasi, consolidateNeeds, { ...back, note: 'Sebutkan loketnya' }))).toBe(
			'forbidden kernel.forbidden'
		);
		expect(await refusal(does(officer, consolidateNeeds, { ...back, note: '' }))).toBe(
			'invalid kernel.invalid'
		);
		await does(officer, consolidateNeeds, { ...back, note: 'Sebutkan loketnya' });
		const told = await it.owner.query(
			`select 1 from platform.event where name = 'needs.sentBack' and payload->>'proposalId' = $1`,
			[ids['lower']]
		);
		expect(told.rows).toHaveLength(1);
		await does(kasi, submitNeed, lower);
		await does(camat, submitNeed, { proposalId: ids['upper'] });
	});

	test('the same need of two units is merged, parts kept, and decided in a forum', async () => {
		const both = [ids['upper'], ids['lower']];
		expect(await refusal(does(officer, consolidateNeeds, { proposalIds: both, step: 'merge' }))).toBe(
			'refused needs.need.mergeNotVerified'
		);
		await does(officer, consolidateNeeds, { proposalIds: both, step: 'verified' });
		const { proposalId } = await does(officer, consolidateNeeds, { proposalIds: both, step: 'merge' });
		ids['whole'] = proposalId ?? '';
		const sheet = await it.sees((db) => proposalSheet(db, officer, ids['whole'] ?? ''));
		expect(sheet.proposal).toMatchObject({ people: 7, unit: 'Unit marelan', parts: 2 });
		const own = await does(camat, addNeed, {
			unitId: it.unit.marelan,
			year: 2027,
			topic: '=Bahasa isyarat',
			...facts
		});
		await does(camat, submitNeed, own);
		await does(officer, consolidateNeeds, { proposalIds: [own.proposalId], step: 'verified' });
		const { forumId } = await does(officer, openForum, {
			title: 'FGD kebutuhan 2027',
			year: 2027,
			heldOn: today,
			place: 'Aula',
			chair: 'Kepala BKPSDM',
			participants: 'Ani, Kecamatan Marelan\nBudi, Bappeda'
		});
		expect(await refusal(does(officer, closeForum, { forumId, number: 'BA/1' }))).toBe(
			'refused needs.fgd.empty'
		);
		await does(officer, putOnAgenda, { forumId, proposalIds: [ids['whole'], own.proposalId] });
		expect(await refusal(does(officer, closeForum, { forumId, number: 'BA/1' }))).toBe(
			'refused needs.fgd.undecided'
		);
		await does(officer, decideInForum, {
			forumId,
			items: [
				{ proposalId: ids['whole'], outcome: 'accepted', note: '' },
				{ proposalId: own.proposalId, outcome: 'deferred', note: 'Tahun depan' }
			]
		});
		await does(officer, closeForum, { forumId, number: 'BA/1/2026' });
		const { rows } = await it.owner.query('select id, status from needs.proposal order by created_at');
		expect(Object.fromEntries(rows.map((row) => [row.id, row.status]))).toEqual({
			[ids['upper'] ?? '']: 'accepted',
			[ids['lower'] ?? '']: 'accepted',
			[ids['whole'] ?? '']: 'accepted',
			[own.proposalId]: 'deferred'
		});
		const minutes = await it.sees((db) => forumSheet(db, officer, forumId));
		const text = readBack(await officePdf(minutesDocument(minutes), now)).pages.join('\n');
		for (const word of ['BA/1/2026', 'Kompetensi 1', 'Diterima', 'Ditunda', 'Bappeda'])
			expect(text).toContain(word);
		expect(
			await refusal(
				does(officer, decideInForum, { forumId, items: [{ proposalId: ids['whole'], note: '' }] })
			)
		).toBe('refused needs.fgd.closedAlready');
	});

	test('an accepted need is what plans draw from, with its frozen evidence', async () => {
		expect(await it.sees((db) => acceptedNeeds(db, 2027))).toMatchObject([
			{ id: ids['whole'], gapPeople: 3, gapMean: 2, people: 7 }
		]);
		await it.owner.query('update needs.gap set supervisor_level = 3 where person_id = $1', [it.who('ani')]);
		expect(await it.sees((db) => acceptedNeeds(db, 2027))).toMatchObject([{ gapPeople: 3, gapMean: 2 }]);
		await it.owner.query('update needs.gap set supervisor_level = 1 where person_id = $1', [it.who('ani')]);
	});

	test('not even the owner changes the snapshot, its people, the need or the minutes', async () => {
		for (const statement of [
			`update needs.snapshot set facts = '{}'`,
			'delete from needs.snapshot',
			'update needs.snapshot_person set level = 5',
			'delete from needs.snapshot_person',
			`insert into needs.snapshot_person select agency_id, proposal_id, '${it.who('dewi')}', unit_id, required, level, sd, p_gap, shortfall from needs.snapshot_person limit 1`,
			`update needs.proposal set people = 1 where status = 'accepted'`,
			`update needs.forum set place = 'lain'`,
			`update needs.forum_item set note = 'lain'`
		])
			await expect(it.owner.query(statement), statement).rejects.toMatchObject({ code: 'AS001' });
	});

	test('people behind it are for whoever answers for them', async () => {
		const whole = ids['whole'] ?? '';
		expect((await it.sees((db) => proposalSheet(db, camat, whole))).people).toHaveLength(3);
		const clerk = it.as('budi', ['needs.propose'], 'kota.marelan');
		expect((await it.sees((db) => proposalSheet(db, clerk, whole))).people).toBeNull();
		expect(
			await refusal(
				it.sees((db) => proposalSheet(db, it.as('stranger', ['needs.read'], 'kota.plaju'), whole))
			)
		).toBe('missing kernel.missing');
	});

	test('a list holds what opens: one’s units, whole or part', async () => {
		const filter = { year: 2027, status: null, unitId: null, search: '', codes: [], limit: 50, offset: 0 };
		const listed = async (actor: Actor) =>
			(await it.sees((db) => proposalsFor(db, actor, filter))).proposals.map(({ id }) => id).sort();
		expect(await listed(it.as('stranger', ['needs.read'], 'kota.plaju'))).toEqual([]);
		// The section reads its own part, and not the whole that belongs to the district.
		expect(await listed(kasi)).toEqual([ids['lower']]);
		expect(await listed(officer)).toContain(ids['whole']);
		expect(await listed(officer)).not.toContain(ids['lower']);
	});
});

describe('sources of the organisation', () => {
	const scores = [3.2, 3.1, 2.5, 3.6, 3.1, 3.3, 3.4, 3.2, 3.1];
	test('a weak element of the survey ranks beside the gaps; the same period again replaces it', async () => {
		const input = {
			unitId: it.unit.marelan,
			year: 2026,
			half: 0,
			respondents: 120,
			scores,
			source: 'Laporan SKM 2026'
		};
		await does(camat, recordService, input);
		await does(camat, recordService, { ...input, respondents: 150 });
		expect((await ranking('marelan')).needs.map(({ key }) => key)).toContain('service:3');
		expect(await refusal(does(kasi, recordService, input))).toBe('forbidden kernel.forbidden');
		expect(await refusal(does(camat, recordService, { ...input, scores: scores.slice(1) }))).toBe(
			'invalid kernel.invalid'
		);
	});
	test('a sheet is taken whole or not at all, and only for one’s units', async () => {
		const row = (line: number, unit: string) => ({
			line,
			unit,
			year: 2025,
			half: 1,
			respondents: 30,
			scores,
			source: 'SKM'
		});
		expect(
			await refusal(does(camat, importServices, { rows: [row(2, 'Unit marelan'), row(3, 'Unit plaju')] }))
		).toBe('invalid kernel.invalid');
		expect((await it.owner.query('select from needs.service_result where year = 2025')).rowCount).toBe(0);
		expect(
			await does(officer, importServices, { rows: [row(2, 'unit MARELAN'), row(3, 'Unit plaju')] })
		).toEqual({ count: 2 });
	});
	test('a predicate below "Baik" opens a performance need, of one’s own people alone', async () => {
		const input = { nip: it.nip('ani'), year: 2026, kind: 'predicate', predicate: 4, source: 'e-Kinerja' };
		await does(kasi, recordPerformance, input);
		expect(await refusal(does(kasi, recordPerformance, input))).toBe('refused needs.need.predicateKnown');
		expect(await refusal(does(kasi, recordPerformance, { ...input, nip: it.nip('stranger') }))).toBe(
			'invalid kernel.invalid'
		);
		expect((await ranking('pelayanan')).needs.find(({ key }) => key === 'performance')).toMatchObject({
			counted: { reach: 1, size: 2 }
		});
	});
});

describe('individual plans', () => {
	const line = {
		topic: 'Pelayanan prima',
		form: 'training',
		learningHours: 20,
		quarter: 2,
		reason: 'Sering menangani keluhan'
	};
	test('own gaps are suggested; the supervisor agrees in one press; others find nothing', async () => {
		const ani = it.as('ani');
		expect((await it.sees((db) => ownIdp(db, ani, 2027))).suggestions).toMatchObject([
			{ competencyId: it.need.competencyId }
		]);
		const empty = await does(ani, saveIdp, { year: 2027 });
		expect(await refusal(does(ani, submitIdp, empty))).toBe('refused needs.idp.noLines');
		const { idpId } = await does(ani, saveIdp, {
			year: 2027,
			careerTarget: 'Analis',
			lines: [null, { ...line, competencyId: it.need.competencyId }]
		});
		expect(idpId).toBe(empty.idpId);
		await does(ani, submitIdp, { idpId });
		expect(await refusal(does(it.as('budi'), decideIdp, { idpId, decision: 'agreed' }))).toBe(
			'forbidden kernel.forbidden'
		);
		expect((await it.sees((db) => idpsWaitingFor(db, kasi))).map(({ id }) => id)).toEqual([idpId]);
		expect(await refusal(does(kasi, decideIdp, { idpId, decision: 'revise' }))).toBe(
			'invalid kernel.invalid'
		);
		await does(kasi, decideIdp, { idpId, decision: 'agreed' });
		expect(await refusal(does(ani, saveIdp, { year: 2027, lines: [line] }))).toBe(
			'refused needs.idp.already.agreed'
		);
		expect(await refusal(it.sees((db) => idpSheet(db, it.as('budi'), idpId)))).toBe('missing kernel.missing');
		expect(
			(await it.sees((db) => idpsIn(db, kasi, { year: 2027, status: null, search: '', limit: 9, offset: 0 })))
				.counts
		).toEqual({ agreed: 1 });
		expect((await ranking('marelan')).needs.find(({ kind }) => kind === 'competency')).toMatchObject({
			asked: 1
		});
	});
	test('six lines are too many', async () => {
		expect(
			await refusal(
				does(it.as('budi'), saveIdp, { year: 2027, lines: Array.from({ length: 6 }, () => line) })
			)
		).toBe('invalid kernel.invalid');
	});
});

describe('reports', () => {
	test('hide groups under five in PDF and sheets alike, and neutralise formulas', async () => {
		const data = await it.sees((db) => reportData(db, it.need.campaignId, today));
		if (data === null) throw new Error('no report');
		// Three people measured: nowhere a figure of them.
		expect(
			data.units
				.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
				.filter(({ state }) => state === 'shown')
		).toEqual([]);
		const { pages, structure } = readBack(await officePdf(akpkDocument(data, today), now));
		const text = pages.join('\n');
		for (const word of [
			'I. Dasar dan',
			'II. Tingkat o',
			'III. Tingkat j',
			'IV. Tingkat i',
			'V. Usulan',
			'•',
			'<5'
		])
			expect(text).toContain(word);
		expect(structure).toMatch(/<pdfuaid:part>1</u);
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(new Uint8Array(await workbookOf(akpkSheets(data), now)).buffer);
		const sheets = 'Ringkasan,Organisasi,Jabatan,Peta kesenjangan,Usulan,Metode';
		expect(book.worksheets.map(({ name }) => name).join()).toBe(sheets);
		const map = book.getWorksheet('Peta kesenjangan');
		const figures = map?.getColumn(5).values.filter((value) => typeof value === 'number');
		expect(figures).toEqual([]);
		expect(book.getWorksheet('Usulan')?.getColumn(3).values).toContain("'=Bahasa isyarat");
	});
	test('five and more are shown, and a hidden neighbour stays hidden', async () => {
		for (const name of ['dewi', 'eko', 'fitri', 'trainer']) {
			const unit = name === 'trainer' ? it.unit.bkpsdm : it.unit.pelayanan;
			await it.owner.query(
				`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level) values ($1, $2, $3, $4, '06')`,
				[it.agencyId, it.need.campaignId, it.who(name), unit]
			);
			await it.owner.query(
				'insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level) values ($1, $2, $3, $4, $5, 3, 1)',
				[it.agencyId, it.need.campaignId, it.who(name), it.need.competencyId, unit]
			);
		}
		const data = await it.sees((db) => reportData(db, it.need.campaignId, today));
		const root = data?.units[0]?.rows ?? [];
		expect(root.map(({ name, kind, cells }) => [name, kind, cells[0]?.state])).toEqual([
			['Unit kota', 'total', 'shown'],
			['Unit bkpsdm', 'below', 'hidden'],
			['Unit marelan', 'below', 'hidden']
		]);
	});
	test.each(['akpk_pdf', 'akpk_xlsx', 'a4q1_pdf', 'a4q1_xlsx', 'a4q2_pdf', 'a4q2_xlsx'] as const)(
		'%s is made, listed and opened by whoever reads all',
		async (kind) => {
			const { reportId } = await does(officer, makeReport, { campaignId: it.need.campaignId, kind });
			const file = await it.sees((db) => reportFile(db, officer, reportId));
			expect(file.content.toString('latin1', 0, 4)).toBe(kind.endsWith('pdf') ? '%PDF' : 'PK\u0003\u0004');
			expect((await it.sees((db) => reportsOf(db, officer))).map(({ id }) => id)).toContain(reportId);
			expect(await refusal(it.sees((db) => reportFile(db, camat, reportId)))).toBe('missing kernel.missing');
			expect(await refusal(does(camat, makeReport, { campaignId: it.need.campaignId, kind }))).toBe(
				'forbidden kernel.forbidden'
			);
		}
	);
});
