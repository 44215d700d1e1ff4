import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canBuildInstruments } from '../../access.ts';
import {
	conditionTest,
	itemKind,
	LEVELS_ONLY,
	rater,
	type Definition,
	type InstrumentSection,
	type Item,
	type Option
} from '../../instrument.ts';

export type InstrumentRow = {
	id: string;
	name: string;
	versionId: string;
	number: number;
	frozenAt: Date | null;
	items: number;
	/** Campaigns that used any version of it. */
	campaigns: number;
};

/** Every instrument with its newest version, newest first. Empty for whoever does not run campaigns. */
export async function instrumentsFor(db: Db, actor: Actor): Promise<InstrumentRow[]> {
	if (!canBuildInstruments(actor)) return [];
	const { rows } = await sql<InstrumentRow>`
		select i.id, i.name, v.id as "versionId", v.number, v.frozen_at as "frozenAt",
			(select count(*)::int from needs.instrument_item m where m.agency_id = v.agency_id and m.version_id = v.id) as items,
			(select count(*)::int from needs.campaign c join needs.instrument_version u
				on u.agency_id = c.agency_id and u.id = c.instrument_version_id
				where c.agency_id = i.agency_id and u.instrument_id = i.id) as campaigns
		from needs.instrument i
		join lateral (
			select id, agency_id, number, frozen_at from needs.instrument_version
			where agency_id = i.agency_id and instrument_id = i.id order by number desc limit 1
		) v on true
		where i.agency_id = (select platform.current_agency())
		order by i.created_at desc limit 200`.execute(db);
	return rows;
}

export type InstrumentSheet = {
	id: string;
	name: string;
	/** The newest, which the builder shows. */
	version: { id: string; number: number; frozenAt: Date | null };
	definition: Definition;
	versions: { id: string; number: number; frozenAt: Date | null; campaigns: string[] }[];
};

/** Refuses: missing, also for whoever does not run campaigns. */
export async function instrumentById(
	db: Db,
	actor: Actor,
	id: string,
	versionId: string | null = null
): Promise<InstrumentSheet> {
	if (!canBuildInstruments(actor)) throw missing();
	const { rows } = await sql<{
		name: string;
		id: string;
		number: number;
		frozenAt: Date | null;
		campaigns: string[];
	}>`
		select i.name, v.id, v.number, v.frozen_at as "frozenAt",
			array(select c.name from needs.campaign c where c.agency_id = v.agency_id and c.instrument_version_id = v.id order by c.created_at) as campaigns
		from needs.instrument i
		join needs.instrument_version v on v.agency_id = i.agency_id and v.instrument_id = i.id
		where i.agency_id = (select platform.current_agency()) and i.id = ${id}
		order by v.number desc`.execute(db);
	const shown = versionId === null ? rows[0] : rows.find((row) => row.id === versionId);
	if (shown === undefined) throw missing();
	return {
		id,
		name: shown.name,
		version: { id: shown.id, number: shown.number, frozenAt: shown.frozenAt },
		definition: await definitionOf(db, shown.id),
		versions: rows.map(({ name: _, ...row }) => row)
	};
}

type Row = {
	scale: number;
	section: string | null;
	title: string;
	title_en: string;
	intro: string;
	intro_en: string;
	id: string | null;
	kind: string;
	raters: string[];
	competency_id: string | null;
	question: string;
	question_en: string;
	hint: string;
	hint_en: string;
	required: boolean;
	most: number;
	options: Option[];
	condition_item_id: string | null;
	condition_test: string | null;
	condition_value: string | null;
};

/** What a version asks; null asks for levels alone. Refuses: missing. */
export async function definitionOf(db: Db, versionId: string | null): Promise<Definition> {
	if (versionId === null) return LEVELS_ONLY;
	const { rows } = await sql<Row>`
		select v.scale_points as scale, s.id as section, s.title, s.title_en, s.intro, s.intro_en, i.id, i.kind, i.raters,
			i.competency_id, i.question, i.question_en, i.hint, i.hint_en, i.required, i.most, i.options,
			i.condition_item_id, i.condition_test, i.condition_value
		from needs.instrument_version v
		left join needs.instrument_section s on s.agency_id = v.agency_id and s.version_id = v.id
		left join needs.instrument_item i on i.agency_id = s.agency_id and i.section_id = s.id
		where v.agency_id = (select platform.current_agency()) and v.id = ${versionId}
		order by s.sort, s.id, i.sort, i.id`.execute(db);
	const [first] = rows;
	if (first === undefined) throw missing();
	const sections: InstrumentSection[] = [];
	for (const [id, ofSection] of Map.groupBy(rows, (row) => row.section)) {
		const head = ofSection[0];
		if (id === null || head === undefined) continue;
		sections.push({
			id,
			title: head.title,
			titleEn: head.title_en,
			intro: head.intro,
			introEn: head.intro_en,
			items: ofSection.flatMap((row) => (row.id === null ? [] : [itemOf(row, row.id, id)]))
		});
	}
	return { versionId, scalePoints: first.scale === 4 ? 4 : 5, sections };
}

const itemOf = (row: Row, id: string, sectionId: string): Item => ({
	id,
	sectionId,
	kind: itemKind(row.kind),
	raters: row.raters.map(rater),
	competencyId: row.competency_id,
	question: row.question,
	questionEn: row.question_en,
	hint: row.hint,
	hintEn: row.hint_en,
	required: row.required,
	most: row.most,
	options: row.options,
	condition:
		row.condition_item_id === null || row.condition_test === null || row.condition_value === null
			? null
			: { itemId: row.condition_item_id, test: conditionTest(row.condition_test), value: row.condition_value }
});

// A version in use never changes, so what it asks is read once a process.
const used = new Map<string, Definition>();
const MOST_KEPT = 200;

/** As `definitionOf`, for a campaign that is not a draft: its version is frozen. */
export async function definitionInUse(db: Db, versionId: string | null): Promise<Definition> {
	if (versionId === null) return LEVELS_ONLY;
	const known = used.get(versionId);
	if (known !== undefined) return known;
	const definition = await definitionOf(db, versionId);
	if (used.size >= MOST_KEPT) used.clear();
	used.set(versionId, definition);
	return definition;
}

export type VersionChoice = { versionId: string; label: string; name: string; number: number };

/** Newest version of each instrument: what a campaign may be given. */
export async function versionChoices(db: Db, actor: Actor): Promise<VersionChoice[]> {
	return (await instrumentsFor(db, actor)).map(({ versionId, name, number }) => ({
		versionId,
		name,
		number,
		label: name
	}));
}
