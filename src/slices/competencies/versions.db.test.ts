import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCampaign, openCampaign } from '#slices/needs/server/commands.ts';
import { movedGaps } from '#slices/needs/public.server.ts';
import { town } from '../../../tests/make/town.ts';
import {
	describeDictionary,
	draftDictionary,
	putDictionaryInForce,
	removeCompetency,
	saveCompetency
} from './server/commands/dictionary.ts';
import { decideProposal, proposeCompetency } from './server/commands/proposals.ts';
import { addRule, draftStandard, putStandardInForce } from './server/commands/standards.ts';
import { applyDictionarySheet, checkSheet } from './server/commands/sheets.ts';
import { affectedBy } from './server/queries/affected.ts';
import { competencyById, editionsOf, versionById, versionsFor } from './server/queries/dictionary.ts';
import { proposalById } from './server/queries/proposals.ts';
import { requiredRules, ruleById, titlesNobodyHolds } from './server/queries/required.ts';
import { DICTIONARY_COLUMNS, dictionaryCells } from './dictionary-sheet.ts';

const now = new Date('2026-04-10T03:00:00Z');
let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
	it = await town();
});
afterAll(() => it.close());

const editor = () => it.as('officer', ['competencies.edit', 'needs.run', 'needs.read'], '');
const levels = (word: string) =>
	[1, 2, 3, 4, 5].map((level) => ({ headline: `${word} level ${level}`, indicators: `Satu\n\n Dua ` }));
const technical = (change: object = {}) => ({
	code: 'T.01',
	area: 'Keuangan',
	name: 'Menatausahakan',
	definition: 'Kemampuan menatausahakan transaksi',
	levels: levels('Bukti'),
	...change
});
const does: typeof it.does = (actor, work, input) => it.does(actor, work, input, { now });

/** A technical dictionary in force from a day on, with one competency or other words for it. */
async function dictionary(validFrom: string, change: object = {}) {
	const { dictionaryId } = await does(editor(), draftDictionary, { kind: 'technical' });
	const { competencyId } = await does(editor(), saveCompetency, { dictionaryId, ...technical(change) });
	const head = { dictionaryId, name: 'Kamus teknis', legalBasis: `SK ${validFrom}`, validFrom };
	await does(editor(), describeDictionary, head);
	await does(editor(), putDictionaryInForce, { dictionaryId });
	return { dictionaryId, competencyId };
}

describe('a version of a dictionary', () => {
	let first: { dictionaryId: string; competencyId: string };
	test('comes in force on its day, and its competency keeps its identity through other names', async () => {
		first = await dictionary('2026-01-01');
		const second = await dictionary('2026-03-01', {
			competencyId: first.competencyId,
			code: 'K.01',
			name: 'Pembukuan'
		});
		expect(second.competencyId).toBe(first.competencyId);
		const seen = await it.sees((db) => competencyById(db, first.competencyId));
		expect(seen).toMatchObject({ code: 'K.01', name: 'Pembukuan', legalBasis: 'SK 2026-03-01' });
		expect(seen.history.map(({ number, code, validTo }) => [number, code, validTo])).toEqual([
			[2, 'K.01', null],
			[1, 'T.01', '2026-03-01']
		]);
		expect(seen.levels[0]).toEqual({ level: 1, headline: 'Bukti level 1', indicators: ['Satu', 'Dua'] });
		expect(await it.sees((db) => versionById(db, editor(), first.dictionaryId))).toMatchObject({
			status: 'superseded',
			validTo: '2026-03-01'
		});
	});

	test.each([
		['another word', `update competencies.edition set name = 'Lain' where dictionary_id = $1`],
		['another level', `update competencies.edition_level set headline = 'Lain' where dictionary_id = $1`],
		['a competency gone', `delete from competencies.edition where dictionary_id = $1`],
		['another day', `update competencies.dictionary set valid_from = '2020-02-02' where id = $1`],
		['a draft again', `update competencies.dictionary set status = 'draft' where id = $1`],
		['nothing at all', `delete from competencies.dictionary where id = $1`]
	])('once in force cannot become %s, not even by raw SQL', async (_, statement) => {
		const versions = await it.sees((db) => versionsFor(db, editor()));
		for (const { id } of versions.filter(({ kind }) => kind === 'technical'))
			await expect(it.owner.query(statement, [id])).rejects.toMatchObject({ code: 'AS001' });
	});

	test('is refused to editors too once it is in force, and names its number', async () => {
		await expect(
			does(editor(), saveCompetency, { dictionaryId: first.dictionaryId, ...technical() })
		).rejects.toMatchObject({ code: 'competencies.version.frozen', params: { number: 1 } });
	});

	test.each([
		['a day to come', '2026-05-01', 'SK', 'competencies.version.notYet'],
		['the day the one in force began', '2026-03-01', 'SK', 'competencies.version.notAfter']
	])('does not come in force on %s', async (_, validFrom, legalBasis, code) => {
		const { dictionaryId } = await does(editor(), draftDictionary, { kind: 'technical' });
		const head = { dictionaryId, name: 'Kamus teknis', legalBasis: `${legalBasis} 9`, validFrom };
		await does(editor(), describeDictionary, head);
		await expect(does(editor(), putDictionaryInForce, { dictionaryId })).rejects.toMatchObject({ code });
	});

	test('has one draft at a time, is not seen by others meanwhile, and gives each code once', async () => {
		const { dictionaryId } = await does(editor(), draftDictionary, { kind: 'technical' });
		expect((await does(editor(), draftDictionary, { kind: 'technical' })).dictionaryId).toBe(dictionaryId);
		await expect(it.sees((db) => versionById(db, it.as('ani'), dictionaryId))).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(
			does(editor(), saveCompetency, { dictionaryId, ...technical({ code: 'K.01' }) })
		).rejects.toMatchObject({ code: 'competencies.version.codeTaken' });
		await expect(
			does(it.as('kasi', ['competencies.edit']), draftDictionary, { kind: 'technical' })
		).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('carries a sheet in: the same again changes nothing, another word one competency', async () => {
		const { dictionaryId } = await does(editor(), draftDictionary, { kind: 'technical' });
		const rows = (cells: readonly string[][]) =>
			[[...DICTIONARY_COLUMNS], ...cells].map((row, at) => ({ row: at + 1, cells: row }));
		const bring = async (change: (cells: string[]) => string[]) => {
			const cells = dictionaryCells(await it.sees((db) => editionsOf(db, dictionaryId))).map(change);
			const sheet = { kind: 'technical', fileName: 'k.xlsx', rows: rows(cells) };
			return does(editor(), checkSheet, sheet);
		};
		const same = await bring((cells) => cells);
		await expect(does(editor(), applyDictionarySheet, { importId: same.importId })).rejects.toMatchObject({
			code: 'competencies.sheet.nothing'
		});
		const other = await bring((cells) => cells.map((cell, at) => (at === 4 ? 'Nama dari berkas' : cell)));
		expect(await does(editor(), applyDictionarySheet, { importId: other.importId })).toEqual({
			dictionaryId,
			changed: 1
		});
		const [edition] = await it.sees((db) => editionsOf(db, dictionaryId));
		expect(edition).toMatchObject({ competencyId: first.competencyId, name: 'Nama dari berkas' });
		await expect(does(editor(), applyDictionarySheet, { importId: other.importId })).rejects.toMatchObject({
			code: 'competencies.sheet.done'
		});
	});
});

describe('a proposal', () => {
	const proposal = () => ({
		unitId: it.unit.pelayanan,
		...technical({ name: 'Menjawab keluhan' }),
		code: undefined,
		reason: 'Banyak keluhan lisan tidak tercatat'
	});
	test('is made for the own unit, decided with a note, and joins the draft when approved', async () => {
		const kasi = it.as('kasi', ['competencies.propose'], 'kota.marelan.pelayanan');
		await expect(
			does(kasi, proposeCompetency, { ...proposal(), unitId: it.unit.plaju })
		).rejects.toMatchObject({ kind: 'forbidden' });
		const { proposalId } = await does(kasi, proposeCompetency, proposal());
		const decision = { proposalId, decision: 'approved', note: 'Dibutuhkan semua loket' };
		await expect(does(kasi, decideProposal, decision)).rejects.toMatchObject({ kind: 'forbidden' });
		const { dictionaryId } = await does(editor(), decideProposal, decision);
		const draft = await it.sees((db) => editionsOf(db, dictionaryId ?? ''));
		expect(draft.map(({ code, name }) => [code, name])).toContainEqual(['T.01', 'Menjawab keluhan']);
		await expect(does(editor(), decideProposal, decision)).rejects.toMatchObject({
			code: 'competencies.proposal.decided'
		});
		expect(await it.sees((db) => proposalById(db, kasi, proposalId))).toMatchObject({
			status: 'approved',
			note: 'Dibutuhkan semua loket',
			decidedBy: 'officer',
			decidedAt: now
		});
		await expect(
			it.sees((db) => proposalById(db, it.as('stranger', ['competencies.propose']), proposalId))
		).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('a decree on standards', () => {
	const decree = async (validFrom: string, rules: readonly object[], legalBasis = `SK ${validFrom}`) => {
		const { standardId } = await does(editor(), draftStandard, { name: 'Standar', legalBasis, validFrom });
		for (const rule of rules) await does(editor(), addRule, { standardId, ...rule });
		return standardId;
	};
	const service = (level: number) => ({ postLevel: '06', competencyId: it.need.competencyId, level });

	test('tells whom it touches before it is put in force, and which gaps open or close', async () => {
		await does(editor(), putStandardInForce, { standardId: await decree('2026-01-01', [service(1)]) });
		const standardId = await decree('2026-04-01', [
			service(2),
			{ postTitle: 'Widyaiswara Ahli Muda', competencyId: it.need.competencyId, level: 0 }
		]);
		const change = { kind: 'standard', on: '2026-04-01', standardId } as const;
		const affected = await it.sees((db) => affectedBy(db, change));
		expect(affected).toMatchObject({ higher: 11, lower: 1, people: 12, staff: 12 });
		expect(affected.posts.map(({ name, higher, lower }) => [name, higher, lower])).toEqual([
			['Pengadministrasi', 11, 0],
			['Widyaiswara Ahli Muda', 0, 1]
		]);
		expect(affected.units.map(({ name, people }) => [name, people])).toEqual([
			['Unit marelan', 8],
			['Unit bkpsdm', 3],
			['Unit plaju', 1]
		]);
		// ani, budi and citra were measured at level 1: enough for what is asked today, not for level 2.
		expect(await it.sees((db) => movedGaps(db, change))).toEqual({
			changed: 12,
			unmeasured: 9,
			opens: 3,
			closes: 0
		});
		await does(editor(), putStandardInForce, { standardId });
		expect(
			await it.sees((db) => affectedBy(db, { kind: 'days', from: '2026-03-31', to: '2026-04-01' }))
		).toMatchObject({ higher: 11, lower: 1 });
	});

	test('ends earlier rules about the same and overwrites none', async () => {
		const rules = (await it.sees((db) => requiredRules(db))).filter(({ postLevel }) => postLevel === '06');
		expect(rules.map(({ level, validFrom, validTo }) => [level, validFrom, validTo])).toEqual([
			[2, '2026-04-01', null],
			[1, '2026-01-01', '2026-04-01']
		]);
		const [newest] = rules;
		const { rule, decree: name, earlier } = await it.sees((db) => ruleById(db, newest?.id ?? ''));
		expect([rule.legalBasis, name, earlier.length]).toEqual(['SK 2026-04-01', 'Standar', 1]);
		await expect(
			does(editor(), putStandardInForce, { standardId: await decree('2026-02-01', [service(3)]) })
		).rejects.toMatchObject({ code: 'competencies.standard.notAfter', params: { from: '2026-04-01' } });
		for (const statement of [
			'update competencies.required_level set level = 5 where id = $1',
			'update competencies.required_level set valid_from = current_date where id = $1',
			'delete from competencies.required_level where id = $1'
		])
			await expect(it.owner.query(statement, [newest?.id])).rejects.toMatchObject({ code: 'AS001' });
		await expect(
			it.owner.query('delete from competencies.standard_rule where standard_id = $1', [newest?.standardId])
		).rejects.toMatchObject({ code: 'AS001' });
	});

	test.each([
		['no posts', {}, 'competencies.standard.oneScope'],
		['two ways to name them', { postLevel: '06', postKind: 'general' }, 'competencies.standard.oneScope']
	])('takes no rule with %s', async (_, scope, code) => {
		const standardId = await decree('2026-06-01', []);
		await expect(does(editor(), addRule, { standardId, level: 2, ...scope })).rejects.toMatchObject({
			issues: [{ code }]
		});
	});

	test('is asked about in a campaign only where it names the post', async () => {
		const [version] = (await it.sees((db) => versionsFor(db, editor()))).filter(
			({ kind, status }) => kind === 'technical' && status === 'in_force'
		);
		const [books] = await it.sees((db) => editionsOf(db, version?.id ?? ''));
		await does(editor(), putStandardInForce, {
			standardId: await decree('2026-04-05', [
				{ postTitle: 'Widyaiswara Ahli Muda', competencyId: books?.competencyId, level: 3 }
			])
		});
		const days = { opensOn: '2026-04-10', closesOn: '2026-05-31' };
		const { campaignId } = await does(editor(), createCampaign, { name: 'AKPK', year: 2028, ...days });
		await does(editor(), openCampaign, { campaignId });
		const { rows } = await it.owner.query<{ name: string; required: number }>(
			`select p.name, g.required from needs.gap g join people.person p on p.id = g.person_id
			where g.campaign_id = $1 and g.competency_id = $2`,
			[campaignId, books?.competencyId]
		);
		expect(rows).toEqual([{ name: 'trainer', required: 3 }]);
	});
});

test('a competency taken out of a draft is told as removed; what was measured in it stays', async () => {
	const { dictionaryId } = await does(editor(), draftDictionary, { kind: 'national' });
	await does(editor(), removeCompetency, { dictionaryId, competencyId: it.need.competencyId });
	const affected = await it.sees((db) =>
		affectedBy(db, { kind: 'dictionary', on: '2026-04-10', dictionaryId })
	);
	expect(affected).toMatchObject({ higher: 0, lower: 11 });
	const { rows } = await it.owner.query('select from needs.gap where competency_id = $1', [
		it.need.competencyId
	]);
	expect(rows.length).toBeGreaterThan(2);
});

test('a title that nobody holds is told, however it is written', async () => {
	const asked = ['pengadministrasi', 'Pengadminstrasi', null, 'Widyaiswara Ahli Muda', 'Pengadminstrasi'];
	expect(await it.sees((db) => titlesNobodyHolds(db, asked))).toEqual(['Pengadminstrasi']);
});
