import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadAll } from '../access.ts';
import {
	canSeeGroup,
	canWorkOn,
	codesSecond,
	isInside,
	isOffice,
	type GroupPeople
} from '../focus-access.ts';
import { agreementIn, type Agreement, type Passage } from '../focus-model.ts';
import { teachesClass } from './results.ts';

export type FocusGroupRow = {
	id: string;
	title: string;
	heldOn: CivilDate;
	program: string;
	number: number;
	versionId: string;
	class: string | null;
	people: number;
	passages: number;
	coded: number;
	finishedAt: Date | null;
};

export const GROUP_FROM = sql`evaluation.focus_group g
	join programs.version v on v.agency_id = g.agency_id and v.id = g.version_id
	join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
	left join classes.class c on c.agency_id = g.agency_id and c.id = g.class_id`;

const ROW = sql`g.id, g.title, g.held_on as "heldOn", m.name as program, v.number, g.version_id as "versionId",
	c.code || ' ' || c.name as class, g.people, g.finished_at as "finishedAt",
	(select count(*)::int from evaluation.focus_passage p where p.agency_id = g.agency_id and p.group_id = g.id) as passages,
	(select count(distinct x.passage_id)::int from evaluation.passage_code x
		join evaluation.focus_passage p on p.agency_id = x.agency_id and p.id = x.passage_id
		where x.agency_id = g.agency_id and p.group_id = g.id and x.round = 1) as coded`;

/** SQL twin of `canSeeGroup`. */
const visible = (actor: Actor) =>
	canReadAll(actor) || isOffice(actor)
		? sql<boolean>`true`
		: sql<boolean>`(${actor.personId}::uuid in (g.made_by, g.facilitator_id, g.second_coder_id) or ${teachesClass(actor)})`;

/** Focus groups that the actor may see, newest first; of one curriculum version, or of all. */
export async function focusGroups(
	db: Db,
	actor: Actor,
	{ size, offset, versionId }: { size: number; offset: number; versionId?: string }
): Promise<{ total: number; groups: FocusGroupRow[] }> {
	const { rows } = await sql<FocusGroupRow & { total: number }>`
		select ${ROW}, count(*) over ()::int as total from ${GROUP_FROM}
		where g.agency_id = platform.current_agency() and ${visible(actor)}
			and (${versionId ?? null}::uuid is null or g.version_id = ${versionId ?? null}::uuid)
		order by g.held_on desc, g.id desc limit ${size} offset ${offset}`.execute(db);
	return { total: rows[0]?.total ?? 0, groups: rows.map(({ total: _, ...row }) => row) };
}

export type FocusGroupSheet = FocusGroupRow & {
	classId: string | null;
	place: string;
	questions: string[];
	edition: number;
	/** Inside: who led it, the notes, every passage. Outside: nobody, nothing, and what may be shared. */
	facilitator: { name: string; nip: string | null } | null;
	secondCoder: { name: string; nip: string | null } | null;
	notes: string;
	list: (Passage & { codes: PassageCode[]; second: PassageCode[] })[];
	secondDoneAt: Date | null;
	agreement: Agreement | null;
	can: { see: 'all' | 'shared'; work: boolean; codeSecond: boolean };
};
export type PassageCode = { id: string; code: string; name: string };

type Head = Omit<FocusGroupSheet, 'facilitator' | 'secondCoder' | 'list' | 'agreement' | 'can'> &
	GroupPeople & {
		agreement: unknown;
		facilitatorName: string | null;
		facilitatorNip: string | null;
		secondName: string | null;
		secondNip: string | null;
	};

/** A focus group. Refuses: missing, for whoever may not see it. Others than its circle get what may be shared alone. */
export async function focusGroup(db: Db, actor: Actor, groupId: string): Promise<FocusGroupSheet> {
	const { rows } = await sql<Head>`
		select ${ROW}, g.class_id as "classId", g.place, g.questions, g.edition, g.notes, g.agreement,
			g.second_done_at as "secondDoneAt", g.made_by as "madeBy", g.facilitator_id as "facilitatorId",
			g.second_coder_id as "secondCoderId", ${teachesClass(actor)} as teaches,
			f.name as "facilitatorName", f.nip as "facilitatorNip", s.name as "secondName", s.nip as "secondNip"
		from ${GROUP_FROM}
		left join people.person f on f.agency_id = g.agency_id and f.id = g.facilitator_id
		left join people.person s on s.agency_id = g.agency_id and s.id = g.second_coder_id
		where g.agency_id = platform.current_agency() and g.id = ${groupId}`.execute(db);
	const head = rows[0];
	if (head === undefined || !canSeeGroup(actor, head)) throw missing();
	const inside = isInside(actor, head);
	const works = canWorkOn(actor, head);
	const second = codesSecond(actor, head);
	const apart = head.secondDoneAt === null && head.finishedAt === null;
	const passages = await passagesOf(db, groupId, !inside);
	const { facilitatorName, facilitatorNip, secondName, secondNip, ...rest } = head;
	const { madeBy: _m, facilitatorId: _f, secondCoderId: _s, teaches: _t, ...row } = rest;
	return {
		...row,
		notes: inside ? head.notes : '',
		facilitator: inside ? named(facilitatorName, works ? facilitatorNip : null) : null,
		secondCoder: inside ? named(secondName, works ? secondNip : null) : null,
		agreement: inside ? agreementIn(head.agreement) : null,
		list:
			!inside && head.finishedAt === null ? [] : passages.map((one) => seen(one, { inside, second, apart })),
		can: {
			see: inside ? 'all' : 'shared',
			work: works,
			codeSecond: second && apart
		}
	};
}

/** The NIP goes back into the form of whoever may change it, and to nobody else. */
const named = (name: string | null, nip: string | null) => (name === null ? null : { name, nip });

type Found = Passage & { codes: PassageCode[]; second: PassageCode[] };

/** Until they are handed over, neither coder sees the other's codes; nobody outside sees who said what. */
function seen(
	passage: Found,
	{ inside, second, apart }: { inside: boolean; second: boolean; apart: boolean }
): Found {
	if (!inside) return { ...passage, speaker: null, second: [] };
	if (!apart) return passage;
	return second ? { ...passage, codes: [] } : { ...passage, second: [] };
}

async function passagesOf(db: Db, groupId: string, shareableAlone: boolean): Promise<Found[]> {
	const codes = (round: 1 | 2) => sql`coalesce((
		select jsonb_agg(jsonb_build_object('id', k.id, 'code', k.code, 'name', k.name) order by k.code)
		from evaluation.passage_code x join evaluation.theme_code k on k.agency_id = x.agency_id and k.id = x.code_id
		where x.agency_id = p.agency_id and x.passage_id = p.id and x.round = ${sql.lit(round)}), '[]'::jsonb)`;
	const { rows } = await sql<Found>`
		select p.id, p.question, p.said, p.speaker, p.shareable, ${codes(1)} as codes, ${codes(2)} as second
		from evaluation.focus_passage p
		where p.agency_id = platform.current_agency() and p.group_id = ${groupId} and (p.shareable or not ${shareableAlone})
		order by p.sort, p.id`.execute(db);
	return rows;
}

export type GroupSubject = { value: string; label: string; kind: 'class' | 'version' };

/** What a new focus group may be about: classes that began and versions in use; for a teacher their own classes alone. */
export async function groupSubjects(db: Db, actor: Actor, today: CivilDate): Promise<GroupSubject[]> {
	const office = isOffice(actor);
	const { rows } = await sql<GroupSubject>`
		(select 'class:' || c.id as value, c.code || ' ' || c.name as label, 'class' as kind
		from classes.class c
		where c.agency_id = platform.current_agency() and c.status not in ('planned', 'cancelled') and c.starts_on <= ${today}::date
			and (${office} or ${teachesClass(actor)})
		order by c.ends_on desc, c.code limit 200)
		union all
		(select 'version:' || v.id, m.name || ' v' || v.number, 'version'
		from programs.version v join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
		where v.agency_id = platform.current_agency() and ${office} and v.status in ('in_force', 'retired')
		order by m.name, v.number desc limit 300)`.execute(db);
	return rows;
}
