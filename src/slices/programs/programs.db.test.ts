import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { programsInForce, versionFacts } from './public.server.ts';
import { createProgram } from './server/commands/create-program.ts';
import { draftVersion } from './server/commands/draft-version.ts';
import { putInForce } from './server/commands/put-in-force.ts';
import { saveVersion } from './server/commands/save-version.ts';
import { programList, programPage, versionEditor, versionPage } from './server/queries.ts';

let it: Awaited<ReturnType<typeof town>>;
let office: Actor;
beforeAll(async () => {
	it = await town();
	office = it.as('officer', ['programs.read', 'programs.edit', 'programs.approve'], '');
});
afterAll(() => it.close());

let serial = 0;
let programId = '';
let versionId = '';
/** A program with a first version in force: two modules of 6 and 4.5 JP, one outcome. */
beforeEach(async () => {
	serial += 1;
	({ programId, versionId } = await it.does(office, createProgram, {
		code: `LY-${serial}`,
		name: 'Layanan loket',
		form: 'KL03'
	}));
	await it.does(office, saveVersion, { versionId, revision: 1, modules, outcomes: [outcome()] });
	await it.does(office, putInForce, { versionId, revision: 2 });
});

const modules = [
	{ name: 'Pembukaan', learningHours: 6, mode: 'class' },
	{ name: 'Simulasi', learningHours: 4.5, mode: 'field' }
];
const outcome = (level = 3) => ({ statement: 'Melayani antrean', competencyId: it.need.competencyId, level });
const draft = async () =>
	(await it.does(office, draftVersion, { programId, reason: 'Temuan evaluasi' })).versionId;
const editor = (id: string) => it.sees((db) => versionEditor(db, office, id, '2026-03-09'));
const show = (id: string, actor = office) => it.sees((db) => versionPage(db, actor, id, new Date()));
const frozen = { kind: 'refused', code: 'programs.version.frozen', params: { number: 1 } };

describe('a version in force', () => {
	test('is refused every change by the commands', async () => {
		const save = it.does(office, saveVersion, { versionId, revision: 2, modules: [], outcomes: [] });
		await expect(save).rejects.toMatchObject(frozen);
		await expect(it.does(office, putInForce, { versionId, revision: 2 })).rejects.toMatchObject(frozen);
		await expect(editor(versionId)).rejects.toMatchObject({ kind: 'missing' });
	});

	test.each([
		['a module renamed', `update programs.module set name = 'Lain' where version_id = $1`],
		['a module taken out', 'delete from programs.module where version_id = $1'],
		[
			'a module put in',
			`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode)
			select agency_id, gen_random_uuid(), version_id, 9, 'Baru', 1, 'class' from programs.module where version_id = $1 limit 1`
		],
		['an outcome raised', 'update programs.outcome set level = 5 where version_id = $1'],
		['thawed', `update programs.version set status = 'draft' where id = $1`],
		['given other reasons', `update programs.version set reason = 'lain' where id = $1`],
		['deleted', 'delete from programs.version where id = $1']
	])('is refused by the database itself, even to its owner: %s', async (_, statement) => {
		await expect(it.owner.query(statement, [versionId])).rejects.toMatchObject({ code: 'AS001' });
	});

	test('cannot lose a module to a draft', async () => {
		const next = await draft();
		const move = it.owner.query('update programs.module set version_id = $2 where version_id = $1', [
			versionId,
			next
		]);
		await expect(move).rejects.toMatchObject({ code: 'AS001' });
	});

	test('stays as it was when the next one comes', async () => {
		const before = await it.sees((db) => versionFacts(db, it.agencyId, versionId));
		const next = await draft();
		const { curriculum, version } = await editor(next);
		const [first, second] = curriculum.modules;
		await it.does(office, saveVersion, {
			versionId: next,
			revision: version.revision,
			modules: [
				{ ...second, basedOn: undefined, learningHours: 8 },
				{ name: 'Umpan balik', learningHours: 2, mode: 'online' }
			],
			outcomes: [outcome(4)]
		});
		expect(first?.basedOn).toBe(before.modules[0]?.id);
		await it.does(office, putInForce, { versionId: next, revision: version.revision + 1 });
		const after = await it.sees((db) => versionFacts(db, it.agencyId, versionId));
		expect({ ...after, version: { ...after.version, status: 'in_force' } }).toEqual(before);
		expect(after.version.status).toBe('retired');
		expect((await show(next)).changes).toEqual([
			{ kind: 'moduleHours', name: 'Simulasi', from: 4.5, to: 8 },
			{ kind: 'moduleAdded', name: 'Umpan balik', learningHours: 2 },
			{ kind: 'moduleRemoved', name: 'Pembukaan', learningHours: 6 },
			{ kind: 'outcomeLevel', statement: 'Melayani antrean', competency: 'Kompetensi 1', from: 3, to: 4 }
		]);
	});
});

describe('a draft', () => {
	test('is one at a time', async () => {
		await draft();
		await expect(draft()).rejects.toMatchObject({
			kind: 'refused',
			code: 'programs.version.alreadyOpen',
			params: { number: 2 }
		});
	});

	test('two people beginning one at once: one begins it, the other is told', async () => {
		const ends = await Promise.allSettled([draft(), draft()]);
		expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({
			reason: { code: 'programs.version.alreadyOpen' }
		});
	});

	test('saved by somebody else meanwhile is not overwritten', async () => {
		const next = await draft();
		const save = (revision: number) =>
			it.does(office, saveVersion, { versionId: next, revision, modules, outcomes: [] });
		await save(1);
		await expect(save(1)).rejects.toMatchObject({
			kind: 'refused',
			code: 'programs.version.changedMeanwhile'
		});
		await expect(it.does(office, putInForce, { versionId: next, revision: 1 })).rejects.toMatchObject({
			code: 'programs.version.changedMeanwhile'
		});
	});

	test('without modules or outcomes does not come into force', async () => {
		const next = await draft();
		await it.does(office, saveVersion, { versionId: next, revision: 1, modules: [], outcomes: [] });
		const put = (revision: number) => it.does(office, putInForce, { versionId: next, revision });
		await expect(put(2)).rejects.toMatchObject({ code: 'programs.blocker.noModules' });
		await it.does(office, saveVersion, { versionId: next, revision: 2, modules, outcomes: [] });
		await expect(put(3)).rejects.toMatchObject({ code: 'programs.blocker.noOutcomes' });
	});

	test('takes no part of another version, and no part twice', async () => {
		const next = await draft();
		const { curriculum } = await it.sees((db) => programPage(db, office, programId));
		const [foreign] = curriculum?.modules ?? [];
		const own = (await editor(next)).curriculum.modules[0];
		const save = (rows: unknown[]) =>
			it.does(office, saveVersion, { versionId: next, revision: 1, modules: rows, outcomes: [] });
		const unknown = (path: string) => ({
			kind: 'invalid',
			issues: [{ path, code: 'programs.version.partUnknown' }]
		});
		await expect(save([{ ...foreign }])).rejects.toMatchObject(unknown('modules.0.id'));
		await expect(save([{ ...own }, { ...own }])).rejects.toMatchObject(unknown('modules.1.id'));
	});
});

describe('who may', () => {
	const reader = () => it.as('camat', ['programs.read']);
	test('reads but does not change without the ability in the whole agency', async () => {
		const next = await draft();
		const inOneUnit = it.as('camat', ['programs.read', 'programs.edit', 'programs.approve']);
		const ends = await Promise.allSettled([
			it.does(inOneUnit, draftVersion, { programId, reason: 'Temuan' }),
			it.does(inOneUnit, saveVersion, { versionId: next, revision: 1, modules, outcomes: [] }),
			it.does(inOneUnit, putInForce, { versionId: next, revision: 1 }),
			it.does(inOneUnit, createProgram, { code: 'XX', name: 'Lain lagi', form: 'KL03' })
		]);
		for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { kind: 'forbidden' } });
		expect((await show(next, reader())).can).toEqual({
			edit: false,
			ask: false,
			decide: false,
			putInForce: false
		});
	});

	test('a stranger and another agency find nothing', async () => {
		const gone = { kind: 'missing' };
		await expect(show(versionId, it.as('stranger'))).rejects.toMatchObject(gone);
		await expect(
			it.sees((db) => programList(db, it.as('stranger'), { search: '', size: 50, offset: 0 }))
		).rejects.toMatchObject(gone);
		await expect(show(versionId, { ...office, agencyId: newId() })).rejects.toMatchObject(gone);
	});
});

test('a code that is taken is refused by name', async () => {
	const again = it.does(office, createProgram, { code: `ly-${serial}`, name: 'Layanan lain', form: 'KL03' });
	await expect(again).rejects.toMatchObject({ kind: 'refused', code: 'programs.program.codeTaken' });
});

test('the list finds by name or code and counts what is in force', async () => {
	const list = (search: string) => it.sees((db) => programList(db, office, { search, size: 50, offset: 0 }));
	expect(await list(`LY-${serial}`)).toMatchObject({
		total: 1,
		inForce: 1,
		programs: [{ learningHours: 10.5, inForce: 1, openId: null }]
	});
	expect((await list('100%')).total).toBe(0);
});

test('programs in force that raise a competency, highest level first', async () => {
	const raising = await it.sees((db) => programsInForce(db, it.agencyId, it.need.competencyId));
	expect(raising.find((row) => row.programId === programId)).toMatchObject({
		level: 3,
		learningHours: 10.5,
		number: 1
	});
	expect(await it.sees((db) => programsInForce(db, it.agencyId, it.need.otherCompetencyId))).toEqual([]);
});
