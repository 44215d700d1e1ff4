import { sql } from 'kysely';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { canSee, hasPapers, type Reading } from './access.ts';
import { PAPER_STATUSES, type PaperStatus } from './model.ts';
import { paperById, papersIn } from './server/queries/papers.ts';
import { visiblePaper } from './server/visible.ts';

let it: Awaited<ReturnType<typeof town>>;
const NAMES = ['officer', 'camat', 'kasi', 'stranger', 'ani', 'budi'];
const PATHS = ['', 'kota', 'kota.bkpsdm', 'kota.marelan', 'kota.marelan.pelayanan', 'kota.plaju'];
const ABILITIES: Ability[] = ['papers.read', 'papers.issue', 'classes.read'];

/** Of every status one paper for the whole class and one for each of two units, with one person in it. */
beforeAll(async () => {
	it = await town();
	const classId = newId();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	await put(
		`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		values ($1, $2, 'K-1', 'Kelas', $3, 'KL03', 'class', 'open', 20, '2027-01-01', '2027-01-01', 'uji', now())`,
		classId,
		it.need.versionId
	);
	let counter = 0;
	for (const status of PAPER_STATUSES)
		for (const [unit, person] of [
			[null, null],
			['pelayanan', 'ani'],
			['plaju', 'stranger']
		] as const) {
			counter += 1;
			const id = newId();
			const issued = status !== 'draft';
			await put(
				`insert into papers.paper (agency_id, id, class_id, kind, status, unit_id, parts, number, series, year, counter, issued_on, facts,
					made_by, made_by_name, made_at, issued_at, withdrawn_at, reason)
				values ($1, $2, $3, 'assignment', $4, $5, '{}', $6, $7, $8, $9, $10, $11, 'uji', 'Uji', now(), $12, $13, $14)`,
				id,
				classId,
				status,
				unit === null ? null : it.unit[unit],
				issued ? String(counter) : null,
				issued ? 'uji' : null,
				issued ? 2027 : null,
				issued ? counter : null,
				issued ? '2027-01-01' : null,
				issued ? JSON.stringify(FACTS) : null,
				issued ? new Date() : null,
				status === 'withdrawn' ? new Date() : null,
				status === 'withdrawn' ? 'Keliru' : ''
			);
			if (person !== null)
				await put(
					'insert into papers.recipient (agency_id, paper_id, person_id) values ($1, $2, $3)',
					id,
					it.who(person)
				);
		}
});
afterAll(() => it.close());

const FACTS = {
	layout: 1,
	form: 'sheet',
	letterhead: {
		government: 'Uji',
		office: 'Uji',
		address: 'Uji',
		city: 'Uji',
		postalCode: '',
		phone: '',
		email: '',
		website: '',
		logoId: null
	},
	title: 'Uji',
	number: '1',
	letter: null,
	issuedOn: '2027-01-01',
	placeAndDate: [],
	blocks: [],
	annex: null,
	signatory: { lines: [], name: 'Uji', rank: null, nip: null },
	copies: []
};

const actors = fc
	.record({
		name: fc.constantFrom(...NAMES),
		grants: fc.array(
			fc.record({ ability: fc.constantFrom(...ABILITIES), unitPath: fc.constantFrom(...PATHS) }),
			{ maxLength: 3 }
		),
		nobody: fc.boolean()
	})
	.map(({ name, grants, nobody }): Actor => ({
		...it.as(name),
		grants,
		...(nobody ? { personId: null } : {})
	}));

test('which papers are seen is the same in SQL, in the list, on the page and in the predicate', async () => {
	type Row = { id: string; status: PaperStatus; unitPath: string | null; recipients: string[] };
	const all = await it.sees((db) =>
		sql<Row>`
			select p.id, p.status, u.path::text as "unitPath",
				coalesce((select array_agg(r.person_id::text) from papers.recipient r where r.agency_id = p.agency_id and r.paper_id = p.id), '{}') as recipients
			from papers.paper p left join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id
			where p.agency_id = ${it.agencyId}`.execute(db)
	);
	expect(all.rows).toHaveLength(9);
	await fc.assert(
		fc.asyncProperty(actors, async (actor) => {
			const expected = all.rows
				.filter((row) => canSee(actor, row satisfies Reading))
				.map(({ id }) => id)
				.toSorted();
			const seen = await it.sees((db) =>
				sql<{ id: string }>`
					select p.id from papers.paper p left join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id
					where p.agency_id = ${it.agencyId} and ${visiblePaper(actor)}`.execute(db)
			);
			expect(seen.rows.map(({ id }) => id).toSorted()).toEqual(expected);
			if (hasPapers(actor)) {
				const { papers } = await it.sees((db) =>
					papersIn(db, actor, { search: '', kind: null, status: null }, { size: 50, offset: 0 })
				);
				expect(papers.map(({ id }) => id).toSorted()).toEqual(expected);
			}
			const opened: string[] = [];
			for (const { id } of all.rows)
				await it
					.sees((db) => paperById(db, actor, id))
					.then(
						() => opened.push(id),
						(error: unknown) =>
							expect(error).toSatisfy((one) => one instanceof AppError && one.kind === 'missing')
					);
			expect(opened.toSorted()).toEqual(expected);
		}),
		{ numRuns: 40 }
	);
});
