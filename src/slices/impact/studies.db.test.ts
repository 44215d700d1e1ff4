import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipOf } from '#platform/documents/zip.ts';
import { town } from '../../../tests/make/town.ts';
import { monthOf } from './model.ts';
import { bundleOf } from './report/bundle.ts';
import { briefData, briefPdf } from './report/brief.ts';
import { createStudy, discardStudy } from './server/commands/design.ts';
import { recordMeasurements } from './server/commands/measure.ts';
import { drawLots, freezeStudy } from './server/commands/plan.ts';
import { amendStudy, commentStudy } from './server/commands/remark.ts';
import { studyFilesOf } from './server/queries/study-files.ts';
import { studySheet } from './server/queries/study-sheet.ts';
import { studyById } from './server/queries/studies.ts';
import { pageCount } from './test-pages.ts';
import { districts, minutesIndicators } from './test-units.ts';

const FIRST = 2024 * 12;
const BEFORE = new Date('2024-12-01T03:00:00Z');
const COUNT = 16;

let it: Awaited<ReturnType<typeof town>>;
const units: string[] = [];
let indicators: Record<string, string> = {};
const office = () => it.as('officer', ['impact.read', 'impact.edit'], '');

beforeAll(async () => {
	it = await town();
	units.push(...(await districts(it, COUNT)));
	indicators = await minutesIndicators(it, office(), ['ANTRE', 'TENANG']);
});
afterAll(() => it.close());

/** Two years of months; six minutes less from January 2025 on in `trained`. */
async function measure(trained: readonly string[], code = 'ANTRE', effect = -6) {
	const rows = units.flatMap((unit, at) =>
		Array.from({ length: 24 }, (_, month) => ({
			unit,
			month: monthOf(FIRST + month).slice(0, 7),
			value:
				30 +
				((at * 5) % 9) +
				((at * 7 + month * 11 + at * month * 3) % 21) / 10 +
				(trained.includes(unit) && month >= 12 ? effect : 0)
		}))
	);
	await it.does(office(), recordMeasurements, {
		indicatorId: indicators[code],
		rows,
		reason: 'Angka lain untuk uji'
	});
}

const plan = (over: Record<string, unknown> = {}) => ({
	indicatorId: indicators['ANTRE'],
	programId: it.need.programId,
	question: 'Apakah antrean lebih singkat?',
	design: 'lottery',
	startsFrom: '2025-01',
	units: units.map((unitId) => ({ unitId, role: 'applicant' })),
	...over
});
const sheet = (studyId: string) => it.sees((db) => studyById(db, office(), studyId));

async function lottery(over: Record<string, unknown> = {}, seed = 2024) {
	const { studyId } = await it.does(office(), createStudy, plan(over), { now: BEFORE });
	await it.does(office(), drawLots, { studyId, places: 8, seed }, { now: BEFORE });
	const drawn = (await sheet(studyId)).units.filter(({ treated }) => treated).map(({ unitId }) => unitId);
	return { studyId, drawn };
}

describe('a lottery', () => {
	test('is drawn once, can be checked, and the draw is part of the fixed plan', async () => {
		const { studyId } = await it.does(office(), createStudy, plan(), { now: BEFORE });
		await expect(it.does(office(), freezeStudy, { studyId })).rejects.toMatchObject({
			code: 'impact.study.notDrawn'
		});
		await expect(it.does(office(), drawLots, { studyId, places: COUNT })).rejects.toMatchObject({
			kind: 'invalid'
		});
		await it.does(office(), drawLots, { studyId, places: 8, seed: 77 }, { now: BEFORE });
		await expect(it.does(office(), drawLots, { studyId, places: 8, seed: 78 })).rejects.toMatchObject({
			code: 'impact.study.alreadyDrawn'
		});
		const page = await sheet(studyId);
		expect(page).toMatchObject({ drawHolds: true, study: { draw: { seed: 77, by: 'officer' } } });
		expect(page.units.filter(({ treated }) => treated)).toHaveLength(8);
		await it.owner.query(
			`update impact.study_unit set treated = not treated, treated_from = case when treated then null else '2025-01-01'::date end
			where study_id = $1 and lot in (1, 16)`,
			[studyId]
		);
		expect((await sheet(studyId)).drawHolds).toBe(false);
	});

	test('finds what was planted among those drawn, and puts it down to the training', async () => {
		const { studyId, drawn } = await lottery();
		await measure(drawn);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const { finding, bootstrap } = await sheet(studyId);
		expect(finding?.analysis.main).toMatchObject({ method: 'adjusted' });
		expect(finding?.analysis.main.interval?.lower).toBeLessThan(-6);
		expect(finding?.analysis.main.interval?.upper).toBeGreaterThan(-6);
		expect(finding?.verdict).toMatchObject({ verdict: 'better', claim: 'lot' });
		expect(finding?.analysis.dealtAgain?.pValue).toBeLessThan(0.01);
		expect(bootstrap?.interval?.upper).toBeLessThan(0);
	});

	test('is not drawn once the training has begun, and lots of then decided nothing', async () => {
		const late = await it.does(office(), createStudy, plan(), { now: BEFORE });
		await expect(
			it.does(office(), drawLots, { ...late, places: 8 }, { now: new Date('2025-01-10T03:00:00Z') })
		).rejects.toMatchObject({ code: 'impact.study.drawnLate' });
		const { studyId, drawn } = await lottery();
		await measure(drawn);
		// In Jakarta the first of January has come, in London it has not.
		await it.owner.query(`update impact.study set drawn_at = '2024-12-31T18:00:00Z' where id = $1`, [
			studyId
		]);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const { finding } = await sheet(studyId);
		expect(finding?.analysis.followed).toBe('before_after_comparison');
		expect(finding?.verdict).toMatchObject({ claim: 'compared' });
		expect(finding?.verdict.cautions).toContain('impact.caution.drawNotKept');
	});
});

describe('a fixed plan', () => {
	test('keeps its words and their SHA-256, says what could be seen, and cannot be edited', async () => {
		const { studyId, drawn } = await lottery({ monthsBefore: 10, monthsAfter: 6, spillover: 'Tidak ada.' });
		await measure(drawn);
		expect((await sheet(studyId)).detectable?.found).toMatchObject({ draws: expect.any(Number) });
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const { study, finding } = await sheet(studyId);
		expect(study.fixed?.hash).toBe(hash('sha256', study.fixed?.text ?? ''));
		for (const words of [
			'rancangan: undian di antara pendaftar',
			'benih undian: 2024',
			'bulan sebelum: 10',
			'kemungkinan rembesan ke pembanding: Tidak ada.',
			'ditetapkan sebelum pelatihan: ya'
		])
			expect(study.fixed?.text).toContain(words);
		expect(study.fixed?.text).toMatch(/dapat terlihat \(daya 80%\): \d+\.\d{3}/);
		expect(finding?.result).toMatchObject({ prePeriods: 10, postPeriods: 6 });
		for (const again of [freezeStudy, discardStudy])
			await expect(it.does(office(), again, { studyId })).rejects.toMatchObject({
				code: 'impact.study.alreadyFrozen'
			});
		await expect(it.does(office(), drawLots, { studyId, places: 3 })).rejects.toMatchObject({
			code: 'impact.study.alreadyFrozen'
		});
		for (const statement of [
			`update impact.study set plan_text = 'x' where id = $1`,
			'update impact.study set months_after = 3 where id = $1',
			'update impact.study_unit set lot = 3 where study_id = $1',
			`insert into impact.study_outcome (agency_id, study_id, indicator_id, placebo)
				select agency_id, id, '${indicators['TENANG'] ?? ''}'::uuid, false from impact.study where id = $1`
		])
			await expect(it.owner.query(statement, [studyId])).rejects.toMatchObject({ code: 'AS001' });
	});

	test('is amended and commented on beside it, by who may, and neither is taken back', async () => {
		const { studyId, drawn } = await lottery();
		const amendment = { studyId, words: 'Dua kecamatan dilatih sebulan kemudian.', reason: 'Banjir.' };
		await expect(it.does(office(), amendStudy, amendment)).rejects.toMatchObject({
			code: 'impact.study.notFrozen'
		});
		await measure(drawn);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const text = (await sheet(studyId)).study.fixed?.text;
		await it.does(office(), amendStudy, amendment);
		const owner = it.as('trainer', ['impact.read', 'programs.edit'], '');
		const comment = { studyId, words: 'Loketnya juga diganti pada bulan itu.' };
		await it.does(owner, commentStudy, comment);
		await expect(it.does(it.as('camat', ['impact.read'], ''), commentStudy, comment)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			it.does(it.as('trainer', ['programs.edit'], ''), commentStudy, comment)
		).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.does(owner, amendStudy, amendment)).rejects.toMatchObject({ kind: 'forbidden' });
		const page = await sheet(studyId);
		expect(page.remarks).toMatchObject([
			{ kind: 'amendment', by: 'officer', reason: 'Banjir.' },
			{ kind: 'comment', by: 'trainer', reason: null }
		]);
		expect(page.study.fixed?.text).toBe(text);
		for (const statement of [
			`update impact.study_remark set words = 'Semuanya baik.' where study_id = $1`,
			'delete from impact.study_remark where study_id = $1'
		])
			await expect(it.owner.query(statement, [studyId])).rejects.toMatchObject({ code: 'AS001' });
	});

	test('refuses one indicator twice, applicants without a lottery, and nobody to compare with', async () => {
		const outcomes = [{ indicatorId: indicators['ANTRE'], kind: 'outcome' }];
		await expect(it.does(office(), createStudy, plan({ outcomes }))).rejects.toMatchObject({
			issues: [{ code: 'impact.study.outcomeTwice' }]
		});
		await expect(it.does(office(), createStudy, plan({ design: 'matched' }))).rejects.toMatchObject({
			issues: [{ code: 'impact.study.applicantsOnly' }]
		});
		const everybody = { design: 'matched', units: units.map((unitId) => ({ unitId, role: 'treated' })) };
		const { studyId } = await it.does(office(), createStudy, plan(everybody));
		await expect(it.does(office(), freezeStudy, { studyId })).rejects.toMatchObject({
			code: 'impact.study.noComparison'
		});
		const plain = await it.does(office(), createStudy, plan({ ...everybody, design: 'before_after' }));
		await measure(units);
		await it.does(office(), freezeStudy, { studyId: plain.studyId });
		expect((await sheet(plain.studyId)).finding?.verdict).toMatchObject({
			messageKey: 'impact.verdict.beforeAfterOnly'
		});
	});

	test('a test indicator that moves with the training overrules the answer', async () => {
		const sides = units.map((unitId, at) => ({ unitId, role: at % 2 === 0 ? 'treated' : 'comparison' }));
		const trained = units.filter((_, at) => at % 2 === 0);
		await measure(trained);
		await measure(trained, 'TENANG', -4);
		const { studyId } = await it.does(
			office(),
			createStudy,
			plan({
				design: 'before_after_comparison',
				units: sides,
				outcomes: [{ indicatorId: indicators['TENANG'], kind: 'placebo' }]
			}),
			{ now: BEFORE }
		);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		expect((await sheet(studyId)).finding?.verdict).toMatchObject({
			messageKey: 'impact.verdict.placeboMoved'
		});
	});
});

describe('what is taken away', () => {
	test('the bundle names no unit, carries the plan and its numbers; the brief has two pages at most', async () => {
		const { studyId, drawn } = await lottery({
			outcomes: [{ indicatorId: indicators['TENANG'], kind: 'placebo' }]
		});
		await measure(drawn);
		await measure(drawn, 'TENANG', 0);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		for (let at = 0; at < 5; at++)
			await it.does(office(), amendStudy, {
				studyId,
				words: 'Loket pindah gedung. '.repeat(20),
				reason: 'Renovasi.'
			});
		const files = await it.sees((db) => studyFilesOf(db, office(), studyId));
		const entries = bundleOf(files);
		const text = (name: string) =>
			Buffer.from(entries.find((entry) => entry.name === name)?.content ?? []).toString('utf8');
		expect(entries.map(({ name }) => name)).toEqual([
			'data.csv',
			'rencana.txt',
			'hasil.json',
			'cara.txt',
			'ulang.R'
		]);
		const lines = text('data.csv').trim().split('\n');
		expect(lines).toHaveLength(1 + 2 * COUNT * 24);
		expect(text('data.csv')).not.toContain('Kecamatan');
		for (const unit of units) expect(text('data.csv')).not.toContain(unit);
		expect(hash('sha256', text('rencana.txt'))).toBe(files.study.fixed?.hash);
		expect(JSON.parse(text('hasil.json'))).toMatchObject({
			main: { method: 'adjusted', estimate: files.finding.analysis.main.estimate },
			verdict: { verdict: 'better' }
		});
		expect(zipOf(entries).subarray(0, 2).toString('latin1')).toBe('PK');
		const pdf = Buffer.from(await briefPdf(files, BEFORE)).toString('latin1');
		expect(pageCount(pdf)).toBe(2);
		expect(briefData(files, BEFORE).outcomes).toMatchObject([
			[
				'Indikator TENANG (menit)',
				'Seharusnya tidak berubah',
				expect.stringContaining('…'),
				expect.any(String)
			]
		]);
		await expect(
			it.sees((db) => studyFilesOf(db, it.as('camat', ['impact.read']), studyId))
		).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('a unit that is merged while the study runs', () => {
	test('is left out as a whole, and the page says into what it went', async () => {
		const { studyId, drawn } = await lottery({}, 5);
		await measure(drawn);
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const [gone = '', into = ''] = units;
		await it.owner.query(`update people.unit set valid_to = '2025-06-01' where id = $1`, [gone]);
		await it.owner.query(
			`insert into people.unit_lineage (agency_id, predecessor_id, successor_id, on_date, kind) values ($1, $2, $3, '2025-06-01', 'merge')`,
			[it.agencyId, gone, into]
		);
		const offered = (await it.sees((db) => studySheet(db, office(), indicators['ANTRE'] ?? ''))).units;
		expect(offered.at(-1)).toMatchObject({ unitId: gone, endedOn: '2025-06-01' });
		expect(offered.filter(({ endedOn }) => endedOn !== null)).toHaveLength(1);
		const page = await sheet(studyId);
		expect(page.units.find(({ unitId }) => unitId === gone)).toMatchObject({
			endedOn: '2025-06-01',
			followedBy: 'Kecamatan 2'
		});
		expect(page.panel.some(({ unit }) => unit === gone)).toBe(false);
		expect(page.finding?.verdict.verdict).toBe('better');
		const files = await it.sees((db) => studyFilesOf(db, office(), studyId));
		expect(files.question.rows).toHaveLength((COUNT - 1) * 24);
		const name = page.units.find(({ unitId }) => unitId === gone)?.name;
		expect(briefData(files, BEFORE).cautions.at(-1)).toBe(
			`Tidak dihitung, karena berakhir selama studi: ${name}.`
		);
	});
});
