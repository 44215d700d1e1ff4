import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { meanChangeOf } from '../linking.ts';
import {
	itemKind,
	pointsOf,
	type ChangeResult,
	type ConfidenceResult,
	type FormKey,
	type ItemResult,
	type RemarksOfItem,
	type ShownReactions,
	type Wording
} from '../model.ts';
import { tablesOf, type FormTables } from './form-tables.ts';

const WORDING = sql`i.code, i.wording_id as "wordingId", i.wording_en as "wordingEn"`;

/** Items in the order of the form they were asked in; `b` is the box of a class or session. */
const SORT = sql`coalesce((select f.sort from evaluation.form_item f
	where f.agency_id = i.agency_id and f.version_id = b.version_id and f.item_code = i.code), i.sort)`;

/** All that may be shown of a form which was opened; asks nobody's permission. */
export async function shownReactions(db: Db, form: FormKey): Promise<{ shown: true } & ShownReactions> {
	return {
		shown: true,
		items: await itemResults(db, form),
		confidence: await confidenceResults(db, form),
		changes: await changeResults(db, form),
		remarks: await remarksOf(db, form)
	};
}

/** Means and spreads of one form, as `marksOf` has them. */
export async function itemResults(db: Db, form: FormKey): Promise<ItemResult[]> {
	const tables = tablesOf(form);
	return (await marksOf(db, tables, [tables.id])).get(tables.id) ?? [];
}

/** The same of several sessions of a class, in one statement; a session without marks is not in the map. */
export async function itemResultsOfSessions(
	db: Db,
	sessions: readonly FormKey[]
): Promise<Map<string, ItemResult[]>> {
	const [first] = sessions;
	if (first === undefined) return new Map();
	return marksOf(
		db,
		tablesOf(first),
		sessions.map((form) => tablesOf(form).id)
	);
}

/** By form; an item that fewer than five answered is not among them. The query itself keeps small groups. */
async function marksOf(
	db: Db,
	tables: FormTables,
	ids: readonly string[]
): Promise<Map<string, ItemResult[]>> {
	const { rows } = await sql<
		Wording & { form: string; kind: string; answers: number; mean: number; marks: number[] }
	>`
		select x.${tables.column} as form, ${WORDING}, i.kind, count(*)::int as answers, avg(coalesce(x.score, x.grade))::float8 as mean,
			array_agg(coalesce(x.score, x.grade)::int order by coalesce(x.score, x.grade)) as marks
		from evaluation.reaction_item i
		join ${tables.answer} x on x.agency_id = i.agency_id and x.item_code = i.code
		left join ${tables.box} b on b.agency_id = x.agency_id and b.${tables.column} = x.${tables.column}
		where i.agency_id = platform.current_agency() and i.kind in ('score', 'scale') and x.${tables.column} = any(${[...ids]}::uuid[])
		group by x.${tables.column}, i.agency_id, i.code, b.version_id
		having count(*) >= ${SMALLEST_GROUP}
		order by ${SORT}, i.code`.execute(db);
	const found = new Map<string, ItemResult[]>();
	for (const { form, kind, marks, ...row } of rows) {
		const points = pointsOf(itemKind(kind));
		const spread = Array.from({ length: points }, (_, at) => marks.filter((mark) => mark === at + 1).length);
		found.set(form, [...(found.get(form) ?? []), { ...row, points, spread }]);
	}
	return found;
}

/**
 * How sure people were before and are now, with the interval of the change. A pair may be left empty, so fewer than five
 * may have given one in a form that many sent: then the item is named and nothing of it is told, not even how many.
 */
export async function confidenceResults(db: Db, form: FormKey): Promise<ConfidenceResult[]> {
	const tables = tablesOf(form);
	const { rows } = await sql<
		Wording & { pairs: number; meanBefore: number; meanAfter: number; spread: number | null }
	>`
		select ${WORDING}, count(x.grade_before)::int as pairs, avg(x.grade_before)::float8 as "meanBefore",
			avg(x.grade)::float8 as "meanAfter", stddev_samp(x.grade - x.grade_before)::float8 as spread
		from evaluation.reaction_item i
		join ${tables.answer} x on x.agency_id = i.agency_id and x.item_code = i.code
		left join ${tables.box} b on b.agency_id = x.agency_id and b.${tables.column} = x.${tables.column}
		where i.agency_id = platform.current_agency() and i.kind = 'confidence' and x.${tables.column} = ${tables.id}
		group by i.agency_id, i.code, b.version_id
		order by ${SORT}, i.code`.execute(db);
	return rows.map(({ code, wordingId, wordingEn, spread, ...means }) => {
		const wording = { code, wordingId, wordingEn };
		return means.pairs < SMALLEST_GROUP || spread === null
			? { ...wording, shown: false }
			: { ...wording, shown: true, ...meanChangeOf({ ...means, spread }) };
	});
}

/** How those changed since their form before who let theirs be linked: kept for five and more only. */
export async function changeResults(db: Db, form: FormKey): Promise<ChangeResult[]> {
	const { id } = tablesOf(form);
	const { rows } = await sql<
		Wording & { kind: string; pairs: number; meanBefore: number; meanAfter: number; spread: number }
	>`
		select ${WORDING}, i.kind, x.pairs, x.mean_before as "meanBefore", x.mean_after as "meanAfter", x.spread
		from evaluation.reaction_change x
		join evaluation.reaction_item i on i.agency_id = x.agency_id and i.code = x.item_code
		where x.agency_id = platform.current_agency() and x.form_id = ${id}
		order by i.sort, i.code`.execute(db);
	return rows.map(({ code, wordingId, wordingEn, kind, ...kept }) => ({
		code,
		wordingId,
		wordingEn,
		points: pointsOf(itemKind(kind)),
		...meanChangeOf(kept)
	}));
}

/** Free words by question, in random order; none where fewer than five people answered the form. */
export async function remarksOf(db: Db, form: FormKey): Promise<RemarksOfItem[]> {
	const tables = tablesOf(form);
	const { rows } = await sql<Wording & { remark: string }>`
		select ${WORDING}, x.remark
		from ${tables.answer} x
		join evaluation.reaction_item i on i.agency_id = x.agency_id and i.code = x.item_code
		left join ${tables.box} b on b.agency_id = x.agency_id and b.${tables.column} = x.${tables.column}
		where x.agency_id = platform.current_agency() and x.${tables.column} = ${tables.id} and x.remark is not null
			and (select count(*) from ${tables.given} g
				where g.agency_id = x.agency_id and g.${tables.column} = x.${tables.column}) >= ${SMALLEST_GROUP}
		order by ${SORT}, i.code, random()`.execute(db);
	const byItem = Map.groupBy(rows, ({ code }) => code);
	return [...byItem].map(([item, found]) => ({
		item,
		wordingId: found[0]?.wordingId ?? item,
		wordingEn: found[0]?.wordingEn ?? item,
		texts: found.map(({ remark }) => remark)
	}));
}
