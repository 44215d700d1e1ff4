import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { run } from '#platform/work/run.ts';
import { setStanding } from '../commands/set-standing.ts';
import { undoImport } from '../commands/undo-import.ts';
import { bytes, importTown, NOW, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
});

const HEAD =
	'PNS ID,NIP BARU,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID,STATUS CPNS PNS,TMT PNS,GOL AKHIR NAMA,TMT GOLONGAN,EMAIL GOV';
const ani = (grade: string, since: string, email = 'ani@contoh.invalid') =>
	bytes(
		HEAD,
		`P-ANI,199003032015032003,Ani,4,Pengadministrasi Umum,01-03-2020,SEKSI,PNS,01-03-2016,${grade},${since},${email}`
	);
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const history = async () =>
	(
		await town.owner.query(
			`select valid_from::text as since, grade, employment_kind as kind, seen from people.standing where agency_id = $1 order by 1`,
			[town.agencyId]
		)
	).rows.map(({ since, grade, kind, seen }) => [since, grade ?? kind, seen]);
const undo = (importId: string) =>
	run(undoImport, { actor: town.actor, input: { importId }, kysely: town.db, now: later(100) });

describe('grades and kinds of employment', () => {
	it('begin on the day that the file tells, not on that of the import', async () => {
		await town.bring(ani('III/a', '01-04-2020'));
		expect(await history()).toEqual([
			['2016-03-01', 'PNS', false],
			['2020-04-01', 'III/a', false]
		]);
		expect((await town.check(ani('III/a', '01-04-2020'))).counts).toMatchObject({ unchanged: 1 });
	});

	it('follow each other, and are as before when the import is undone', async () => {
		await town.bring(ani('III/a', '01-04-2020'));
		const before = await history();
		const { importId, counts } = await town.bring(ani('III/b', '01-04-2024'), later(1));
		expect(counts).toMatchObject({ changed: 1 });
		expect(await history()).toEqual([...before, ['2024-04-01', 'III/b', false]]);
		await undo(importId);
		expect(await history()).toEqual(before);
	});

	it('are corrected where a later file tells another day', async () => {
		await town.bring(ani('III/a', '01-04-2020'));
		const { importId } = await town.bring(ani('III/a', '01-10-2020'), later(1));
		expect(await history()).toEqual([
			['2016-03-01', 'PNS', false],
			['2020-10-01', 'III/a', false]
		]);
		await undo(importId);
		expect((await history()).at(-1)).toEqual(['2020-04-01', 'III/a', false]);
	});

	it('keep what a decree said in between: undoing is refused', async () => {
		await town.bring(ani('III/a', '01-04-2020'));
		const { importId } = await town.bring(ani('III/b', '01-04-2024'), later(1));
		const { rows } = await town.owner.query('select id from people.person where agency_id = $1', [
			town.agencyId
		]);
		await run(setStanding, {
			actor: town.actor,
			input: { personId: rows[0].id, grade: 'II/d', validFrom: '2017-04-01', reason: 'SK 1' },
			kysely: town.db,
			now: later(2)
		});
		const error: unknown = await undo(importId).catch((thrown: unknown) => thrown);
		expect(error instanceof AppError && error.issues.map(({ code }) => code)).toEqual([
			'people.import.depends.standings'
		]);
	});
});

describe('a cell that cannot be read', () => {
	it('takes nothing away', async () => {
		await town.bring(ani('III/a', '01-04-2020'));
		expect((await town.check(ani('entah', '', 'bukan surel'))).counts).toMatchObject({
			unchanged: 1,
			warnings: 1
		});
	});
});
