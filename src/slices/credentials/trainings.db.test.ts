import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writing } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { addImportKind, applyFile } from '#slices/people/public.server.ts';
import { undoImport } from '#slices/people/server/commands/undo-import.ts';
import {
	bytes,
	importTown,
	NOW,
	people,
	units,
	ANI,
	CAMAT,
	TREE
} from '#slices/people/server/import/test-town.ts';
import { seedJpRates } from './public.server.ts';
import { verifyClaim } from './server/commands/claims.ts';
import { trainingsKind } from './server/import-kinds.ts';

const ANIS = '199003032015032003';
const CAMATS = '197502022000032002';
const HEADER =
	'NIP;Nama;Jenis Diklat;Nama Diklat;Tempat;Penyelenggara;Tgl Mulai;Tgl Selesai;Lama (JP);Nomor STTPP;Status;Alasan';
type Row = Partial<
	Record<
		'nip' | 'kind' | 'title' | 'from' | 'to' | 'hours' | 'number' | 'status' | 'reason' | 'provider',
		string
	>
>;
let numbers = 0;
const row = (facts: Row = {}): string => {
	numbers += 1;
	const it = {
		nip: ANIS,
		kind: 'Diklat Teknis',
		title: `Pelatihan ${numbers}`,
		provider: 'LAN RI',
		...facts
	};
	const rest = {
		from: '02-03-2026',
		to: '04-03-2026',
		hours: '30',
		number: `${numbers}/LAN`,
		status: '',
		reason: ''
	};
	const { nip, kind, title, provider, from, to, hours, number, status, reason } = { ...rest, ...it };
	return [nip, 'Nama', kind, title, 'Medan', provider, from, to, hours, number, status, reason].join(';');
};
const history = (...rows: string[]) => bytes(HEADER, ...rows);

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => {
	addImportKind(trainingsKind);
	town = await importTown();
});
beforeEach(async () => {
	await town.empty();
	await writing(town.agencyId, (tx) => seedJpRates(tx, town.agencyId), town.db);
	await town.bring(units(...TREE));
	await town.bring(people(ANI, CAMAT));
});
afterAll(() => town.close());

const ledger = async () => {
	const { rows } = await town.owner.query(
		`select e.title, e.form, e.learning_hours::float as jp, e.status, e.certificate_number as number, e.provider, e.year, e.import_row as row
		from credentials.jp_entry e where e.agency_id = $1 order by e.import_row`,
		[town.agencyId]
	);
	return rows;
};
/** What the dry run says is wrong, by row of the file. */
const wrong = async (importId: string) => {
	const { rows } = await town.owner.query<{
		row_number: number;
		outcome: string;
		problems: { code: string; params: object }[];
	}>(
		`select row_number, outcome, problems from people.import_row where import_id = $1 and problems is not null order by row_number`,
		[importId]
	);
	return rows.map(({ row_number, outcome, problems }) => [
		row_number,
		outcome === 'wrong' ? 'wrong' : 'odd',
		...problems.map(({ code }) => code.replace('credentials.import.', ''))
	]);
};

describe('a training history', () => {
	test('is reckoned by the rules of its form and counts in the year in which it ended', async () => {
		const { counts } = await town.bring(
			history(
				row({ title: 'Teknis', hours: '30 JP' }),
				row({ title: 'Seminar', kind: 'Seminar', from: '05-03-2026', to: '06-03-2026', hours: '' }),
				row({ title: 'Workshop', kind: 'Workshop', from: '09-03-2026', to: '11-03-2026', hours: '99' }),
				row({ title: 'Daring', kind: 'E-Learning', from: '12-03-2026', to: '13-03-2026', hours: '10' }),
				row({ title: 'Tahun lalu', from: '29-12-2025', to: '30-12-2025', hours: '12,5' })
			)
		);
		expect(counts).toMatchObject({ new: 5, wrong: 0 });
		expect(await ledger()).toMatchObject([
			{ title: 'Teknis', form: 'KL03', jp: 30, status: 'counted', provider: 'LAN RI', year: 2026, row: 2 },
			{ title: 'Seminar', form: 'KL06', jp: 8 },
			{ title: 'Workshop', form: 'KL07', jp: 15 },
			{ title: 'Daring', form: 'NK03', jp: 6 },
			{ title: 'Tahun lalu', jp: 12.5, year: 2025 }
		]);
	});

	test('keeps the cap of the day over all records, those of the file and those before it', async () => {
		const day = { kind: 'E-Learning', from: '12-03-2026', to: '12-03-2026', hours: '2' };
		await town.bring(history(row(day)));
		await town.bring(history(row(day), row(day)));
		expect((await ledger()).map(({ jp }) => jp).toSorted()).toEqual([0, 1, 2]);
	});

	test('counts what somebody verified; without a number or a provider it waits, and what was turned down stays so', async () => {
		const dry = await town.check(
			history(
				row({ status: 'Disetujui' }),
				row({ from: '05-03-2026', to: '05-03-2026', number: '' }),
				row({ from: '06-03-2026', to: '06-03-2026', provider: '' }),
				row({ from: '09-03-2026', to: '09-03-2026', status: 'Menunggu verifikasi' }),
				row({ from: '10-03-2026', to: '10-03-2026', status: 'Ditolak', reason: 'Sertifikat palsu' })
			)
		);
		expect(await wrong(dry.importId)).toEqual([
			[3, 'odd', 'needsVerifier'],
			[4, 'odd', 'needsVerifier']
		]);
		await applyFile(dry.importId, { kysely: town.db, actor: town.actor, now: NOW });
		expect((await ledger()).map(({ status }) => status)).toEqual([
			'counted',
			'waiting',
			'waiting',
			'waiting',
			'rejected'
		]);
	});
});

describe('the same learning, or the same days, twice', () => {
	test('in one file: the second is told of the first', async () => {
		const dry = await town.check(
			history(
				row({ number: '12/LAN/2026', title: 'Antrean' }),
				row({ number: '12 / lan / 2026', from: '10-03-2026', to: '11-03-2026' }),
				row({ from: '04-03-2026', to: '05-03-2026' }),
				row({ nip: CAMATS, from: '04-03-2026', to: '05-03-2026' })
			)
		);
		expect(await wrong(dry.importId)).toEqual([
			[3, 'wrong', 'repeatsRow'],
			[4, 'wrong', 'overlapsRow']
		]);
		expect(dry.counts).toMatchObject({ new: 2, wrong: 2 });
	});

	test('against the ledger: the same file again changes nothing, the same number for something else is refused', async () => {
		const file = history(row({ number: '7/LAN', title: 'Arsip' }));
		await town.bring(file);
		const again = await town.bring(file);
		expect(again.counts).toMatchObject({ unchanged: 1, new: 0, wrong: 0 });
		const other = await town.check(
			history(row({ number: '7/LAN', title: 'Lain', from: '20-04-2026', to: '20-04-2026' }))
		);
		const { rows } = await town.owner.query('select problems from people.import_row where import_id = $1', [
			other.importId
		]);
		expect(rows[0].problems[0]).toMatchObject({
			code: 'credentials.import.twin',
			params: { title: 'Arsip', from: '2026-03-02', to: '2026-03-04' }
		});
		const clash = await town.check(history(row({ from: '04-03-2026', to: '04-03-2026' })));
		expect(await wrong(clash.importId)).toEqual([[2, 'wrong', 'overlaps']]);
		expect(await ledger()).toHaveLength(1);
	});

	test('an evening elsewhere leaves the office hours of the day free', async () => {
		await town.bring(history(row({ from: '02-03-2026', to: '02-03-2026' })));
		await town.owner.query(
			`update credentials.jp_time set during = '{[2026-03-02 19:00+07, 2026-03-02 21:00+07)}' where agency_id = $1`,
			[town.agencyId]
		);
		const { counts } = await town.bring(history(row({ from: '02-03-2026', to: '02-03-2026' })));
		expect(counts).toMatchObject({ new: 1, wrong: 0 });
	});
});

test('every cell that cannot be is named with the reason', async () => {
	const dry = await town.check(
		history(
			row({ nip: '199003032015032009' }),
			row({ nip: '1.99003E+17' }),
			row({ title: '' }),
			row({ kind: 'Pelatihan' }),
			row({ from: '04-03-2026', to: '02-03-2026' }),
			row({ from: '01-12-2026', to: '02-12-2026' }),
			row({ hours: 'banyak' }),
			row({ kind: 'Coaching', from: '30-03-2026', to: '02-04-2026' }),
			row({ kind: 'Bimbingan di tempat kerja' }),
			row({ from: '31-02-2026', to: '' })
		)
	);
	expect((await wrong(dry.importId)).map(([, , ...codes]) => codes.at(-1))).toEqual([
		'people.import.unknownPerson',
		'people.import.scientificNotation',
		'noTitle',
		'unknownForm',
		'endsBeforeStart',
		'notOver',
		'noHours',
		'byMonth',
		'rateNotSet',
		'people.import.invalidDate'
	]);
	expect(dry.counts).toMatchObject({ new: 0, wrong: 10 });
});

describe('taken back', () => {
	const undo = (importId: string) =>
		run(undoImport, { kysely: town.db, actor: town.actor, input: { importId }, now: NOW });

	test('as a whole, its days are free again', async () => {
		const { importId } = await town.bring(history(row(), row({ from: '05-03-2026', to: '05-03-2026' })));
		await undo(importId);
		expect(await ledger()).toEqual([]);
		expect(await town.count('credentials.jp_time')).toBe(0);
	});

	test('not once a verifier has decided on one of its records: that is named', async () => {
		const { importId } = await town.bring(history(row({ number: '' })));
		const { rows } = await town.owner.query('select id from credentials.jp_entry where agency_id = $1', [
			town.agencyId
		]);
		await run(verifyClaim, {
			kysely: town.db,
			actor: town.actor,
			input: { entryId: rows[0].id, decision: 'rejected', reason: 'Tidak ada buktinya.' }
		});
		await expect(undo(importId)).rejects.toMatchObject({ kind: 'refused' });
		expect(await ledger()).toHaveLength(1);
	});
});
