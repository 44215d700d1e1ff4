import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadResults, canWriteFindings } from '../access.ts';
import { isOffice } from '../focus-access.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Theme, Themes } from '../focus-model.ts';
import { themeProposals, type ThemeProposal } from '../theme-proposals.ts';
import { findingsOf, type Finding } from './findings.ts';
import { teachesClass } from './results.ts';

/** Every code with the one that counts instead of it, however often they were merged: `root (id, root)`. */
export const ROOTS = sql`chain (id, root, next) as (
		select t.id, t.id, t.merged_into from evaluation.theme_code t where t.agency_id = platform.current_agency()
		union all
		select h.id, t.id, t.merged_into from chain h
		join evaluation.theme_code t on t.agency_id = platform.current_agency() and t.id = h.next
	), root as (select id, root from chain where next is null)`;

export type About = { versionId: string; classId: string | null };

const aboutIt = ({ versionId, classId }: About): RawBuilder<boolean> =>
	sql`g.version_id = ${versionId} and (${classId}::uuid is null or g.class_id = ${classId}::uuid)`;

/** Themes of the finished focus groups of a version or of one class; merged codes count as the one they became. */
export async function themesOf(db: Db, about: About): Promise<Themes> {
	const { rows } = await sql<Theme & { all: number; allGroups: number }>`
		with recursive ${ROOTS}, coded as (
			select p.id, p.group_id, lower(p.speaker) as speaker, r.root
			from evaluation.focus_group g
			join evaluation.focus_passage p on p.agency_id = g.agency_id and p.group_id = g.id
			join evaluation.passage_code x on x.agency_id = p.agency_id and x.passage_id = p.id and x.round = 1
			join root r on r.id = x.code_id
			where g.agency_id = platform.current_agency() and g.finished_at is not null and ${aboutIt(about)}
		)
		select k.id as "codeId", k.code, k.name, k.definition, k.proposes, count(distinct d.id)::int as passages, count(distinct d.group_id)::int as groups,
			(count(distinct (d.group_id, d.speaker)) filter (where d.speaker is not null))::int as speakers,
			(select count(distinct id)::int from coded) as "all", (select count(distinct group_id)::int from coded) as "allGroups"
		from coded d
		join evaluation.theme_code k on k.agency_id = platform.current_agency() and k.id = d.root
		group by k.agency_id, k.id
		order by passages desc, k.code`.execute(db);
	return {
		themes: rows.map(({ all: _, allGroups: _g, ...theme }) => theme),
		passages: rows[0]?.all ?? 0,
		groups: rows[0]?.allGroups ?? 0
	};
}

/** Ids of the passages of a theme in finished groups: what a finding rests on. */
export async function passagesOfTheme(db: Db, about: About, codeId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		with recursive ${ROOTS}
		select distinct p.id
		from evaluation.focus_group g
		join evaluation.focus_passage p on p.agency_id = g.agency_id and p.group_id = g.id
		join evaluation.passage_code x on x.agency_id = p.agency_id and x.passage_id = p.id and x.round = 1
		join root r on r.id = x.code_id and r.root = ${codeId}
		where g.agency_id = platform.current_agency() and g.finished_at is not null and ${aboutIt(about)}`.execute(
		db
	);
	return rows.map(({ id }) => id);
}

export type Quote = { id: string; said: string; groupId: string; group: string; codes: string[] };

/** What the organisers let others read, without who said it; the words of one theme, or of all. */
export async function sharedQuotes(db: Db, about: About, codeId: string | null): Promise<Quote[]> {
	const { rows } = await sql<Quote>`
		with recursive ${ROOTS}
		select p.id, p.said, g.id as "groupId", g.title as "group", array_agg(distinct k.name order by k.name) as codes
		from evaluation.focus_group g
		join evaluation.focus_passage p on p.agency_id = g.agency_id and p.group_id = g.id and p.shareable
		join evaluation.passage_code x on x.agency_id = p.agency_id and x.passage_id = p.id and x.round = 1
		join root r on r.id = x.code_id
		join evaluation.theme_code k on k.agency_id = p.agency_id and k.id = r.root
		where g.agency_id = platform.current_agency() and g.finished_at is not null and ${aboutIt(about)}
		group by p.agency_id, p.id, g.agency_id, g.id
		having ${codeId}::uuid is null or bool_or(r.root = ${codeId}::uuid)
		order by g.held_on desc, g.id, p.sort limit 60`.execute(db);
	return rows;
}

export type SurveyMean = {
	code: string;
	wordingId: string;
	wordingEn: string;
	mean: number;
	/** The best mark that can be given. */
	points: 4 | 5;
	answers: number;
};

/** Means of the same version's or class's opened reactions, lowest first; items with few answers are not among them. */
async function surveyMeans(db: Db, { versionId, classId }: About): Promise<SurveyMean[]> {
	const { rows } = await sql<SurveyMean>`
		select i.code, i.wording_id as "wordingId", i.wording_en as "wordingEn", avg(coalesce(x.score, x.grade))::float8 as mean,
			case when i.kind = 'score' then 4 else 5 end as points, count(*)::int as answers
		from classes.class c
		join evaluation.reaction_box b on b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null
		join evaluation.reaction_answer x on x.agency_id = c.agency_id and x.class_id = c.id
			and x.remark is null and x.grade_before is null
		join evaluation.reaction_item i on i.agency_id = x.agency_id and i.code = x.item_code
		where c.agency_id = platform.current_agency() and c.version_id = ${versionId} and (${classId}::uuid is null or c.id = ${classId}::uuid)
		group by i.agency_id, i.code
		having count(*) >= ${SMALLEST_GROUP}
		order by (avg(coalesce(x.score, x.grade)) - 1) / case when i.kind = 'score' then 3 else 4 end, i.code`.execute(
		db
	);
	return rows;
}

/** Themes of a class, for the page of its results, which guards itself; undefined where no group was finished. */
export async function themesOfClass(db: Db, classId: string): Promise<(Themes & About) | undefined> {
	const { rows } = await sql<{ versionId: string }>`
		select version_id as "versionId" from classes.class where agency_id = platform.current_agency() and id = ${classId}`.execute(
		db
	);
	const versionId = rows[0]?.versionId;
	if (versionId === undefined) return undefined;
	const themes = await themesOf(db, { versionId, classId });
	return themes.groups === 0 ? undefined : { ...themes, versionId, classId };
}

export type ThemePage = {
	program: string;
	number: number;
	about: About;
	class: string | null;
	themes: Themes;
	survey: SurveyMean[];
	quotes: Quote[];
	findings: Finding[];
	proposals: ThemeProposal[];
	can: { write: boolean };
};

/** What was said of a version, or in one of its classes, beside what its forms say. Refuses: missing, as results do. */
export async function themePage(
	db: Db,
	actor: Actor,
	about: About,
	codeId: string | null
): Promise<ThemePage> {
	const { rows } = await sql<{ program: string; number: number; class: string | null; teaches: boolean }>`
		select m.name as program, v.number, c.code || ' ' || c.name as class, ${teachesClass(actor)} as teaches
		from programs.version v
		join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
		left join classes.class c on c.agency_id = v.agency_id and c.id = ${about.classId}::uuid and c.version_id = v.id
		where v.agency_id = platform.current_agency() and v.id = ${about.versionId}`.execute(db);
	const head = rows[0];
	if (head === undefined || (about.classId !== null && head.class === null)) throw missing();
	if (!canReadResults(actor, head) && !isOffice(actor)) throw missing();
	const { teaches, ...named } = head;
	const themes = await themesOf(db, about);
	const findings = await findingsOf(db, about.versionId);
	const found = new Set(findings.flatMap(({ codeId: of }) => of ?? []));
	const can = { write: canWriteFindings(actor, { teaches }) };
	return {
		...named,
		about,
		themes,
		survey: await surveyMeans(db, about),
		quotes: await sharedQuotes(db, about, codeId),
		findings,
		proposals: can.write ? themeProposals(themes, found) : [],
		can
	};
}
