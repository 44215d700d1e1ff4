import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
	it = await town();
});
afterAll(() => it.close());

type Rule = { title?: string; unit?: string; level?: string; kind?: string; all?: true; asks: number };
const POST = { title: 'perawat mahir', level: '13', kind: 'functional', kinds: '/dinas/puskesmas/' };

/** What is asked of the post in the first competency while these rules and no others are in force; null for nothing. */
async function asked(
	rules: readonly Rule[],
	{
		day = '2026-05-01',
		technical = false,
		...post
	}: Partial<typeof POST> & { day?: string; technical?: boolean } = {}
): Promise<number | null> {
	const client = await it.owner.connect();
	try {
		await client.query('begin');
		await client.query(`select set_config('app.agency_id', $1, true)`, [it.agencyId]);
		if (technical) {
			await client.query('alter table competencies.edition disable trigger edition_frozen');
			await client.query(`update competencies.edition set family = 'technical' where competency_id = $1`, [
				it.need.competencyId
			]);
		}
		for (const { title, unit, level, kind, all, asks } of rules)
			await client.query(
				`insert into competencies.required_level (agency_id, id, post_title, unit_kind, post_level, post_kind, competency_id, level, legal_basis, valid_from)
				values ($1, $2, $3, $4, $5, $6, $7, $8, 'uji', '2026-01-01')`,
				[
					it.agencyId,
					newId(),
					title ?? null,
					unit ?? null,
					level ?? null,
					kind ?? null,
					all ? null : it.need.competencyId,
					asks
				]
			);
		const at = { ...POST, ...post };
		const { rows } = await client.query<{ level: number }>(
			`select level from competencies.required_of($1, array[$2], array[$3], array[$4], array[$5]) where competency_id = $6`,
			[day, at.title, at.level, at.kind, at.kinds, it.need.competencyId]
		);
		return rows[0]?.level ?? null;
	} finally {
		await client.query('rollback');
		client.release();
	}
}

const DEFAULT: Rule = { level: '13', all: true, asks: 2 };

describe('the rule that names the post most exactly wins', () => {
	test.each<[string, Rule[], number | null]>([
		['the default of the level, where nothing else is said', [DEFAULT], 2],
		['one competency over all, for the same posts', [DEFAULT, { level: '13', asks: 3 }], 3],
		[
			'level over kind of post',
			[
				{ kind: 'functional', asks: 4 },
				{ level: '13', asks: 1 }
			],
			1
		],
		['level for all over kind of post for one', [{ kind: 'functional', asks: 4 }, DEFAULT], 2],
		[
			'level in a kind of unit over level',
			[
				{ level: '13', asks: 3 },
				{ level: '13', unit: 'puskesmas', asks: 4 }
			],
			4
		],
		[
			'title over level in a kind of unit',
			[
				{ level: '13', unit: 'puskesmas', asks: 4 },
				{ title: 'Perawat Mahir', asks: 3 }
			],
			3
		],
		[
			'title in a kind of unit over title',
			[
				{ title: 'Perawat Mahir', asks: 3 },
				{ title: 'Perawat Mahir', unit: 'puskesmas', asks: 5 }
			],
			5
		],
		[
			'title for all over level for one',
			[
				{ level: '13', asks: 5 },
				{ title: 'Perawat Mahir', all: true, asks: 3 }
			],
			3
		],
		[
			'the nearer kind of unit',
			[
				{ level: '13', unit: 'dinas', asks: 3 },
				{ level: '13', unit: 'puskesmas', asks: 4 }
			],
			4
		],
		[
			'a kind of unit further up, when nothing nearer is named',
			[DEFAULT, { level: '13', unit: 'dinas', asks: 3 }],
			3
		],
		['no rule for another kind of unit', [DEFAULT, { level: '13', unit: 'rsud', asks: 5 }], 2],
		['no rule for another title', [DEFAULT, { title: 'Perawat Penyelia', asks: 5 }], 2],
		['the title in any case', [DEFAULT, { title: 'PERAWAT MAHIR', asks: 5 }], 5],
		['"not asked" for one title', [DEFAULT, { title: 'Perawat Mahir', asks: 0 }], null],
		['kind of post alone', [{ kind: 'functional', asks: 2 }], 2],
		[
			'kind of post in a kind of unit over kind of post',
			[
				{ kind: 'functional', asks: 2 },
				{ kind: 'functional', unit: 'dinas', asks: 3 }
			],
			3
		]
	])('%s', async (_, rules, expected) => {
		expect(await asked(rules)).toBe(expected);
		expect(await asked(rules.toReversed())).toBe(expected);
	});

	test('nothing is asked on a day before any rule', async () => {
		expect(await asked([DEFAULT], { day: '2025-12-31' })).toBeNull();
	});

	test('a technical competency is asked where a rule names it, and nowhere else', async () => {
		const named: Rule[] = [DEFAULT, { title: 'Perawat Mahir', asks: 3 }];
		expect(await asked([DEFAULT], { technical: true })).toBeNull();
		expect(await asked(named, { technical: true })).toBe(3);
		expect(await asked(named, { technical: true, title: 'perawat terampil' })).toBeNull();
	});
});
