import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { canReadEverybody } from './access.ts';
import { monthOf } from './model.ts';
import { verdictsOf, verdictsOfUnit } from './public.server.ts';
import { balanceChart } from './report/balance-chart.ts';
import { briefData, briefPdf } from './report/brief.ts';
import { bundleOf } from './report/bundle.ts';
import { figuresAbout } from './server/own-figures.ts';
import { changeStudy, createStudy, discardStudy } from './server/commands/design.ts';
import { createIndicator } from './server/commands/indicator.ts';
import { recordPeopleMeasurements } from './server/commands/measure-people.ts';
import { drawLots, freezeStudy } from './server/commands/plan.ts';
import { measurePeopleInBulk } from './server/bulk-people.ts';
import { studyFilesOf } from './server/queries/study-files.ts';
import { studiesFor, studyById } from './server/queries/studies.ts';
import { draftById } from './server/queries/study-sheet.ts';
import { writing } from '#platform/db/pools.ts';
import { pageCount } from './test-pages.ts';

const FIRST = 2024 * 12;
const MONTHS = 24;
const BEFORE = new Date('2024-11-20T03:00:00Z');
const CLASS_ENDS = '2024-12-15';
const UNITS = 14;
const EACH = 8;
const OFFICE: readonly Ability[] = ['impact.read', 'impact.edit', 'impact.readPeople'];

let it: Awaited<ReturnType<typeof town>>;
let indicatorId = '';
/** Unit by unit; the first four of each passed the class, the next two wait for a place. */
const people: { id: string; nip: string; name: string; unit: number; at: number }[] = [];
const units: string[] = [];
const office = () => it.as('officer', OFFICE, '');

beforeAll(async () => {
	it = await town();
	const classId = newId();
	await it.owner.query(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'PPP-1', 'Kelas PPP', $3, 'KL03', 'class', 'finished', 200, '2024-12-09', $4, 'uji', '2024-11-01')`,
		[it.agencyId, classId, it.need.versionId, CLASS_ENDS]
	);
	for (let unit = 0; unit < UNITS; unit++) {
		const id = newId();
		units.push(id);
		await it.owner.query(
			`insert into people.unit (agency_id, id, name, kind, parent_id, label, path, valid_from) values ($1, $2, $3, 'kecamatan', $4, $5, $6, '2020-01-01')`,
			[it.agencyId, id, `Kecamatan Rahasia ${unit}`, it.unit.kota, `o${unit}`, `kota.o${unit}`]
		);
		for (let at = 0; at < EACH; at++) {
			const person = {
				id: newId(),
				nip: `19900101201501${String(1001 + unit * EACH + at)}`,
				name: `Nama Rahasia ${unit}-${at}`,
				unit,
				at
			};
			people.push(person);
			await it.owner.query(
				`insert into people.person (agency_id, id, nip, name, sex, employment_kind, grade, birth_date) values ($1, $2, $3, $4, 'male', 'PNS', $5, $6)`,
				[
					it.agencyId,
					person.id,
					person.nip,
					person.name,
					['III/a', 'III/b', 'III/c'][(unit + at) % 3],
					`${1970 + ((unit * 3 + at) % 25)}-01-01`
				]
			);
			await it.owner.query(
				`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Petugas loket', 'general', '06', '2020-01-01')`,
				[it.agencyId, newId(), person.id, id]
			);
			const status = at < 4 ? 'passed' : at < 6 ? 'waiting' : null;
			if (status !== null)
				await it.owner.query(
					`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at, waiting_since) values ($1, $2, $3, $4, $5, '2024-11-01', '2024-11-01')`,
					[it.agencyId, newId(), classId, person.id, status]
				);
		}
	}
	indicatorId = await anIndicator('LOKET', 4);
});
afterAll(() => it.close());

/** Files a month: a level of one's own, ups and downs of the office, and what the training adds to the first four. */
async function anIndicator(code: string, effect: number): Promise<string> {
	const made = await it.does(office(), createIndicator, {
		code,
		name: 'Berkas selesai per petugas',
		unitOfMeasure: 'berkas',
		better: 'higher',
		source: 'register',
		subject: 'person'
	});
	const rows = people.flatMap(({ id, unit, at }) =>
		Array.from({ length: MONTHS }, (_, month) => {
			const scatter = ((unit * 31 + at * 17 + month * 11 + unit * at * month * 3) % 41) / 10 - 2;
			const shared = ((unit * 13 + month * 7) % 17) / 10;
			const value = 30 + ((unit * 5 + at * 3) % 11) + scatter + shared + (at < 4 && month >= 12 ? effect : 0);
			return { personId: id, period: monthOf(FIRST + month), value: Math.round(value * 100) / 100 };
		})
	);
	await writing(it.agencyId, (tx) => measurePeopleInBulk(tx, it.agencyId, made.indicatorId, rows), it.db);
	return made.indicatorId;
}

const plan = (over: Record<string, unknown> = {}) => ({
	indicatorId,
	programId: it.need.programId,
	question: 'Apakah petugas yang dilatih menyelesaikan lebih banyak berkas?',
	design: 'before_after_comparison',
	startsFrom: '2025-01',
	people: { treatedBy: 'passed', comparedWith: 'unit', from: '2024-12-01', to: '2024-12-31' },
	...over
});
async function fixed(over: Record<string, unknown> = {}): Promise<string> {
	const { studyId } = await it.does(office(), createStudy, plan(over), { now: BEFORE });
	await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
	return studyId;
}
const sheet = (studyId: string, actor = office()) => it.sees((db) => studyById(db, actor, studyId));

describe('who takes part', () => {
	test('passed in the window against colleagues of the unit, the waiting list, or the same post', async () => {
		const counts = async (over: Record<string, unknown>) =>
			(await it.does(office(), createStudy, plan({ people: { ...plan().people, ...over } }))).people;
		// The waiting are of the same unit too, and not trained.
		expect(await counts({})).toEqual({ treated: 56, comparison: 56, applicants: 0 });
		expect(await counts({ comparedWith: 'waiting' })).toEqual({ treated: 56, comparison: 28, applicants: 0 });
		expect(await counts({ comparedWith: 'post' })).toMatchObject({ comparison: 56 });
		await expect(counts({ from: '2020-01-01', to: '2020-12-31' })).rejects.toMatchObject({
			issues: [{ code: 'impact.study.noneTreated' }]
		});
		await it.owner.query('update people.person set restricted = true where id = $1', [people[0]?.id]);
		expect(await counts({})).toMatchObject({ treated: 55 });
		await it.owner.query('update people.person set restricted = false where id = $1', [people[0]?.id]);
	});

	test('chosen anew in a draft, by another rule or by the list as it stood', async () => {
		const list = people.map(({ nip, at }) => ({ nip, role: at < 4 ? 'treated' : 'comparison' }));
		const listed = { treatedBy: 'listed', comparedWith: 'listed', listed: list };
		const made = await it.does(office(), createStudy, plan({ people: listed }));
		const { draft } = await it.sees((db) => draftById(db, office(), made.studyId));
		expect(draft?.people?.list.split('\n')).toHaveLength(people.length);
		expect(draft?.people?.list).toContain(`${people[0]?.nip ?? ''}; dilatih`);
		const changed = await it.does(office(), changeStudy, { ...plan(), studyId: made.studyId });
		expect(changed.people).toEqual({ treated: 56, comparison: 56, applicants: 0 });
		const after = await it.sees((db) => draftById(db, office(), made.studyId));
		expect(after.draft?.people).toMatchObject({ treatedBy: 'passed', from: '2024-12-01', list: '' });
		const head = it.as('camat', ['impact.read', 'impact.edit'], '');
		await expect(it.sees((db) => draftById(db, head, made.studyId))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('or a list of numbers, checked line by line', async () => {
		const listed = people.map(({ nip, at }) => ({ nip, role: at % 2 === 0 ? 'treated' : 'comparison' }));
		const list = (rows: unknown[]) =>
			it.does(
				office(),
				createStudy,
				plan({ people: { treatedBy: 'listed', comparedWith: 'listed', listed: rows } })
			);
		expect((await list(listed)).people).toEqual({ treated: 56, comparison: 56, applicants: 0 });
		await expect(
			list([...listed.slice(0, 3), { nip: '198503122010011999', role: 'treated' }, listed[0]])
		).rejects.toMatchObject({
			issues: [
				{ path: 'people.listed.4', code: 'impact.import.personUnknown' },
				{ path: 'people.listed.5', code: 'impact.import.twice' }
			]
		});
	});

	test('is for whoever edits indicators and sees everybody; indicators of units do not mix in', async () => {
		await expect(
			it.does(it.as('officer', ['impact.read', 'impact.edit'], ''), createStudy, plan())
		).rejects.toMatchObject({ kind: 'forbidden' });
		const { indicatorId: ofUnits } = await it.does(office(), createIndicator, {
			code: 'UNIT',
			name: 'Menit antre',
			unitOfMeasure: 'menit',
			better: 'lower',
			source: 'mesin'
		});
		await expect(
			it.does(office(), createStudy, plan({ outcomes: [{ indicatorId: ofUnits, kind: 'placebo' }] }))
		).rejects.toMatchObject({ code: 'impact.study.subjectsMixed' });
		await expect(it.does(office(), createStudy, plan({ people: undefined }))).rejects.toMatchObject({
			issues: [{ code: 'impact.study.noPeople' }]
		});
		const { studyId } = await it.does(office(), createStudy, plan());
		const withoutPeople = it.as('officer', ['impact.read', 'impact.edit'], '');
		await expect(it.does(withoutPeople, discardStudy, { studyId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await it.does(office(), discardStudy, { studyId });
	});

	test('too few are not fixed: a figure would be somebody’s', async () => {
		const listed = people
			.slice(0, 40)
			.map(({ nip }, at) => ({ nip, role: at < 4 ? 'treated' : 'comparison' }));
		const { studyId } = await it.does(
			office(),
			createStudy,
			plan({ people: { treatedBy: 'listed', comparedWith: 'listed', listed } })
		);
		await expect(it.does(office(), freezeStudy, { studyId })).rejects.toMatchObject({
			code: 'impact.study.fewPeople'
		});
	});
});

describe('what a study of people finds', () => {
	test.each([
		['before_after_comparison', {}],
		['matched', { covariates: ['level', 'trend', 'grade', 'age', 'post', 'kind'] }],
		['staggered_start', { startsFrom: undefined }]
	] as const)('%s: the planted effect, its error counted by unit', async (design, over) => {
		const studyId = await fixed({ design, ...over });
		const { finding, people: _ } = { people: null, ...(await sheet(studyId)) };
		expect(finding?.analysis.main.interval?.lower).toBeLessThan(4);
		expect(finding?.analysis.main.interval?.upper).toBeGreaterThan(4);
		expect(finding?.verdict.verdict).toBe('better');
		expect(finding?.analysis.main.df).toBe(UNITS - 1);
		if (design !== 'matched') return;
		const balance = finding?.analysis.balance ?? [];
		expect(balance.map(({ covariate }) => covariate)).toEqual(['level', 'trend', 'grade', 'age']);
		// How alike they were is pictured in the brief too, which keeps to its two pages.
		expect(balanceChart(balance).match(/<circle/g)).toHaveLength(2 * balance.length);
		expect(balanceChart([])).toBe('');
		const files = await it.sees((db) => studyFilesOf(db, office(), studyId));
		const pdf = Buffer.from(await briefPdf(files, BEFORE)).toString('latin1');
		expect(pageCount(pdf)).toBe(2);
	});

	test('a lottery among applicants, by codes that chance gave them', async () => {
		await it.owner.query(
			`update classes.registration set status = 'requested' where person_id = any($1::uuid[])`,
			[people.map(({ id }) => id)]
		);
		const { studyId } = await it.does(
			office(),
			createStudy,
			plan({ design: 'lottery', people: { treatedBy: 'applicants', from: '2024-12-01', to: '2024-12-31' } }),
			{ now: BEFORE }
		);
		const draft = await sheet(studyId);
		expect(Object.values(draft.names ?? {})).toContain('Nama Rahasia 0-0');
		expect(typeof draft.detectable?.found).toBe('object');
		await it.does(office(), drawLots, { studyId, places: 40, seed: 7 }, { now: BEFORE });
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		const page = await sheet(studyId);
		expect(page.drawHolds).toBe(true);
		expect(page.units.filter(({ treated }) => treated)).toHaveLength(40);
		expect(page.finding?.analysis.main).toMatchObject({ method: 'adjusted', df: UNITS - 1 });
		await it.owner.query(
			`update classes.registration r set status = case when x.at < 4 then 'passed' else 'waiting' end
			from unnest($1::uuid[], $2::int[]) as x(id, at) where r.person_id = x.id`,
			[people.map(({ id }) => id), people.map(({ at }) => at)]
		);
	});

	test('nothing is read of a month with fewer than five on a side', async () => {
		const studyId = await fixed();
		await it.owner.query(
			`delete from impact.person_measurement where indicator_id = $1 and period = '2025-06-01' and person_id = any($2::uuid[])`,
			[indicatorId, people.filter(({ at, unit }) => at < 4 && unit > 0).map(({ id }) => id)]
		);
		const { panel } = await sheet(studyId);
		const june = panel.filter(({ period }) => period === FIRST + 17);
		expect(june.filter(({ treated }) => treated)).toEqual([]);
		expect(june.filter(({ treated }) => !treated)).toHaveLength(56);
		expect(panel.filter(({ period }) => period === FIRST + 18)).toHaveLength(112);
	});
});

describe('nobody is found again', () => {
	test('plan, page, brief and bundle hold no name, number, id or unit', async () => {
		const studyId = await fixed({ design: 'matched', covariates: ['level', 'grade', 'post'] });
		const secrets = [...people.flatMap(({ id, nip, name }) => [id, nip, name]), ...units, 'Rahasia'];
		const page = await sheet(studyId);
		expect(page.names).toBeNull();
		const files = await it.sees((db) => studyFilesOf(db, office(), studyId));
		const bundle = bundleOf(files).map(({ content }) => Buffer.from(content).toString('utf8'));
		const told = [
			JSON.stringify(page),
			files.study.fixed?.text ?? '',
			JSON.stringify(briefData(files, BEFORE)),
			...bundle
		].join('\n');
		expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
		expect(files.study.fixed?.text).toContain('orang | O');
		expect(files.study.fixed?.text).toContain(
			'yang dilatih: lulus kelas program ini, 2024-12-01 sampai 2024-12-31'
		);
		// Codes of the bundle are not those of the plan, and each group holds five and more.
		const [head = '', ...lines] = (bundle[0] ?? '').trim().split('\n');
		const column = (name: string) => head.split(',').indexOf(name);
		const cells = lines.map((line) => line.split(','));
		const groups = Map.groupBy(cells, (row) => row[column('cluster')] ?? '');
		for (const [, rows] of groups)
			expect(new Set(rows.map((row) => row[column('unit')])).size).toBeGreaterThanOrEqual(5);
		expect(groups.size).toBe(UNITS);
		expect(bundle.join('\n')).toContain('cluster = kelompok galat');
	});

	test('groups of fewer than five are put together, and the answer counts just so', async () => {
		// One of each unit trained and one compared: two a unit.
		const listed = people
			.filter(({ at }) => at === 0 || at === 7)
			.map(({ nip, at }) => ({ nip, role: at === 0 ? 'treated' : 'comparison' }));
		const studyId = await fixed({ people: { treatedBy: 'listed', comparedWith: 'listed', listed } });
		const { finding, panel } = await sheet(studyId);
		const groups = Map.groupBy(panel, ({ cluster }) => cluster);
		for (const [, rows] of groups)
			expect(new Set(rows.map(({ unit }) => unit)).size).toBeGreaterThanOrEqual(5);
		expect(finding?.result.groups?.all).toBe(4);
		expect(finding?.verdict).toMatchObject({ messageKey: 'impact.verdict.tooFewGroups' });
	});

	test('who reads a unit of it reads the answer and no rows; the rows are for whoever sees everybody', async () => {
		const studyId = await fixed();
		const head = it.as('stranger', ['impact.read', 'impact.readPeople'], 'kota.o3');
		const page = await sheet(studyId, head);
		expect(page.names).toBeNull();
		expect(page.can.bundle).toBe(false);
		expect(canReadEverybody(head)).toBe(false);
		expect((await it.sees((db) => studiesFor(db, head))).map(({ id }) => id)).toContain(studyId);
		await expect(sheet(studyId, it.as('ani'))).rejects.toMatchObject({ kind: 'missing' });
		await expect(sheet(studyId, it.as('camat', ['impact.read'], 'kota.marelan'))).rejects.toMatchObject({
			kind: 'missing'
		});
		expect((await it.sees((db) => verdictsOf(db, { studyIds: [studyId] })))[0]?.indicator.subject).toBe(
			'person'
		);
		expect((await it.sees((db) => verdictsOfUnit(db, 'kota.o3'))).map((one) => one.studyId)).toContain(
			studyId
		);
		const own = await it.sees((db) => figuresAbout(db, people[0]?.id ?? ''));
		expect(own.studies.length).toBeGreaterThan(0);
		await expect(
			it.owner.query(
				'update impact.study_person set treated = not treated, treated_from = null where study_id = $1',
				[studyId]
			)
		).rejects.toMatchObject({ code: 'AS001' });
	});

	test('a figure that comes in later changes the answer, not the plan', async () => {
		const studyId = await fixed();
		const before = (await sheet(studyId)).study.fixed;
		await it.does(office(), recordPeopleMeasurements, {
			indicatorId,
			rows: [{ nip: people[0]?.nip, month: '2026-01', value: 40 }]
		});
		const after = await sheet(studyId);
		expect(after.study.fixed).toEqual(before);
		// One alone in a month is not read.
		expect(after.panel.some(({ period }) => period === FIRST + 24)).toBe(false);
	});
});
