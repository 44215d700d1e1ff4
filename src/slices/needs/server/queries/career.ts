import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isPostLevel } from '#kernel/posts.ts';
import type { Db } from '#platform/db/db.ts';
import { nextPost, postAt, type TargetPost } from '#slices/competencies/public.ts';
import { askedOfPost, titlesNamed, type AskedOfPost } from '#slices/competencies/public.server.ts';
import { canReadProfile } from '../../access.ts';
import { jobPersonMatch, type JobPersonMatch, type MatchBand, type RatingSource } from '../../gap.ts';
import type { MatchBandKey } from '../../model.ts';
import { lastLevels } from './last-levels.ts';
import { matchBandsOn } from './profile.ts';

type Match = JobPersonMatch<MatchBandKey>;
/** Both ways of counting: capped, no level above the standard counts; uncapped, strength makes up for a gap. */
export type BothMatches = { capped: Match; uncapped: Match };

export type CareerRow = {
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	/** What is asked, with the rule that says so; null where nothing is. */
	now: { level: number; ruleId: string } | null;
	next: { level: number; ruleId: string } | null;
	/** As measured last; null while it never was. */
	actual: number | null;
	source: RatingSource | null;
};

export type Career = {
	person: { personId: string; name: string; postTitle: string; postLevel: string; unitName: string };
	target: TargetPost | null;
	/** The post one level up, when the target is another one that was chosen. */
	usual: TargetPost | null;
	rows: CareerRow[];
	now: BothMatches | null;
	next: BothMatches | null;
	/** Posts that standards name, to compare with. */
	titles: { title: string; level: string }[];
};

/** What somebody chose to be compared with: a level, or a title that standards name. */
export type Wanted = { level?: string | null; title?: string | null };

/**
 * A person against the present post and the next one: what is asked now, what the next asks, how far both are reached.
 * The next is one level up in the same line, unless another is chosen. Refuses: missing, for anybody but the person,
 * their supervisor, and whoever reads the unit.
 */
export async function careerOf(
	db: Db,
	actor: Actor,
	personId: string,
	wanted: Wanted,
	today: string
): Promise<Career> {
	const person = await db
		.selectFrom('people.staff')
		.select(['person_id as personId', 'name', 'post_title as postTitle', 'post_level as postLevel'])
		.select(['post_kind as postKind', 'unit_id as unitId', 'unit_name as unitName'])
		.select(['unit_path as unitPath', 'supervisor_id as supervisorId'])
		.where('agency_id', '=', actor.agencyId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (person === undefined || !canReadProfile(actor, person)) throw missing();
	const titles = await titlesNamed(db, today);
	const usual = nextPost({ title: person.postTitle, level: person.postLevel });
	const target = chosen(wanted, titles) ?? usual;
	const { unitId } = person;
	const now = await askedOfPost(db, today, {
		title: person.postTitle,
		level: person.postLevel,
		kind: person.postKind,
		unitId
	});
	const next = target === null ? [] : await askedOfPost(db, today, { ...target, unitId });
	const rows = await careerRows(db, personId, now, next);
	const bands = await matchBandsOn(db, today);
	const { postTitle, postLevel, unitName, name } = person;
	return {
		person: { personId, name, postTitle, postLevel, unitName },
		target,
		usual,
		rows,
		now: bothMatches(rows, 'now', bands),
		next: bothMatches(rows, 'next', bands),
		titles
	};
}

function chosen(wanted: Wanted, titles: Career['titles']): TargetPost | null {
	const named = titles.find(({ title }) => title === wanted.title);
	if (named !== undefined && isPostLevel(named.level)) return postAt(named.level, named.title);
	return wanted.level && isPostLevel(wanted.level) ? postAt(wanted.level) : null;
}

async function careerRows(
	db: Db,
	personId: string,
	now: readonly AskedOfPost[],
	next: readonly AskedOfPost[]
): Promise<CareerRow[]> {
	const ids = [...new Set([...now, ...next].map(({ competencyId }) => competencyId))];
	if (ids.length === 0) return [];
	const competencies = await db
		.selectFrom('competencies.competency')
		.select(['id', 'code', 'name', 'name_en as nameEn'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', 'in', ids)
		.orderBy('sort')
		.execute();
	const levels = await lastLevels(db, personId);
	const askedIn = (asked: readonly AskedOfPost[], id: string) => {
		const found = asked.find(({ competencyId }) => competencyId === id);
		return found === undefined ? null : { level: found.level, ruleId: found.rule.id };
	};
	return competencies.map(({ id, ...words }) => ({
		competencyId: id,
		...words,
		now: askedIn(now, id),
		next: askedIn(next, id),
		actual: levels.get(id)?.level ?? null,
		source: levels.get(id)?.source ?? null
	}));
}

function bothMatches(
	rows: readonly CareerRow[],
	post: 'now' | 'next',
	bands: readonly MatchBand<MatchBandKey>[]
): BothMatches | null {
	const levels = rows.flatMap((row) =>
		row[post] === null ? [] : [{ required: row[post].level, actual: row.actual }]
	);
	const capped = jobPersonMatch(levels, bands);
	const uncapped = jobPersonMatch(levels, bands, { capped: false });
	return capped === null || uncapped === null ? null : { capped, uncapped };
}
