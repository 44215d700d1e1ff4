import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Campaign } from '../../model.ts';
import { itemsOf, type Definition, type Item } from '../../instrument.ts';
import { unitInView, type UnitInView } from './units.ts';

export type NeedMastery = {
	competencyId: string;
	name: string;
	nameEn: string;
	people: number;
	need: number;
	mastery: number;
	/** Mean need − mean mastery. */
	gap: number;
};
export type Count = { code: string; people: number };
export type ItemResult = {
	item: Item;
	/** Who answered; under five nothing else is told. */
	people: number;
	hidden: boolean;
	competencies: NeedMastery[];
	frequencies: { competencyId: string; name: string; nameEn: string; people: number; mean: number }[];
	counts: Count[];
	/** Without names, in no order that tells whose they are. */
	words: { words: string; people: number }[];
};
export type OtherAnswers = { unit: UnitInView; items: ItemResult[] };

const MOST_WORDS = 300;

/**
 * What the people of a unit answered besides levels, item by item: need and mastery per competency, choices counted,
 * words without names. Nothing of an item that fewer than five people answered. An answer that a condition hides is
 * not counted. Refuses: missing, for a unit that is not the actor's to read.
 */
export async function otherAnswers(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	definition: Definition,
	unitId: string | null
): Promise<OtherAnswers> {
	const unit = await unitInView(db, actor, unitId);
	const items = itemsOf(definition).filter((item) => item.kind !== 'level');
	const inUnit = sql`
		from needs.answer a
		join needs.target t on t.agency_id = a.agency_id and t.campaign_id = a.campaign_id and t.person_id = a.person_id
		join people.unit u on u.agency_id = t.agency_id and u.id = t.unit_id and u.path <@ ${unit.path}::ltree
		where a.agency_id = (select platform.current_agency()) and a.campaign_id = ${campaign.id} and a.counts`;
	const numbers = await sql<{
		itemId: string;
		competencyId: string;
		name: string | null;
		nameEn: string | null;
		people: number;
		number: number | null;
		mastery: number | null;
		sort: number | null;
	}>`
		select n.*, c.name, c.name_en as "nameEn", c.sort from (
			select a.item_id as "itemId", a.competency_id as "competencyId", count(*)::int as people,
				round(avg(a.number), 2) as number, round(avg(a.mastery), 2) as mastery
			${inUnit} and a.number is not null group by a.item_id, a.competency_id having count(*) >= ${SMALLEST_GROUP}
		) n
		left join competencies.competency c on c.agency_id = (select platform.current_agency()) and c.id = n."competencyId"
		order by c.sort`.execute(db);
	const people = await sql<{ itemId: string; people: number }>`
		select a.item_id as "itemId", count(distinct a.person_id)::int as people ${inUnit} group by a.item_id`.execute(
		db
	);
	const counts = await sql<Count & { itemId: string }>`
		select a.item_id as "itemId", k.code, count(*)::int as people
		from (select a.item_id, a.codes ${inUnit} and a.codes is not null) a cross join lateral unnest(a.codes) as k(code)
		group by a.item_id, k.code order by people desc, k.code`.execute(db);
	// The same words, however they are spelled in capitals, stand once with how many wrote them.
	const words = await sql<{ itemId: string; words: string; people: number }>`
		select a.item_id as "itemId", min(btrim(a.words)) as words, count(distinct a.person_id)::int as people
		${inUnit} and btrim(a.words) <> '' group by a.item_id, lower(btrim(a.words))
		order by people desc, md5(lower(btrim(min(a.words)))) limit ${MOST_WORDS}`.execute(db);
	const answered = new Map(people.rows.map((row) => [row.itemId, row.people]));
	return {
		unit,
		items: items.map((item) => {
			const n = answered.get(item.id) ?? 0;
			const hidden = n < SMALLEST_GROUP;
			const own = numbers.rows.filter((row) => row.itemId === item.id);
			const named = own.map((row) => ({ ...row, name: row.name ?? '', nameEn: row.nameEn ?? '' }));
			return {
				item,
				people: n,
				hidden,
				competencies:
					item.kind !== 'needMastery' || hidden ? [] : named.map(asNeed).sort((a, b) => b.gap - a.gap),
				frequencies:
					item.kind !== 'frequency' || hidden
						? []
						: named.map(({ competencyId, name, nameEn, people: of, number }) => ({
								competencyId,
								name,
								nameEn,
								people: of,
								mean: number ?? 0
							})),
				counts: hidden ? [] : counts.rows.filter((row) => row.itemId === item.id),
				words: hidden
					? []
					: words.rows
							.filter((row) => row.itemId === item.id)
							.map((row) => ({ words: row.words, people: row.people }))
			};
		})
	};
}

const asNeed = (row: {
	competencyId: string;
	name: string;
	nameEn: string;
	people: number;
	number: number | null;
	mastery: number | null;
}): NeedMastery => ({
	competencyId: row.competencyId,
	name: row.name,
	nameEn: row.nameEn,
	people: row.people,
	need: row.number ?? 0,
	mastery: row.mastery ?? 0,
	gap: Math.round(((row.number ?? 0) - (row.mastery ?? 0)) * 100) / 100
});
