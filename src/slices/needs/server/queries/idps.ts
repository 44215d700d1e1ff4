import { sql } from 'kysely';
import { hasAbility, isSelf, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import {
	IDP_NEXT,
	idpStatus,
	suggestionsOf,
	type IdpStatus,
	type OwnGap,
	type Suggestion
} from '../../idp.ts';
import { wantedForm, type WantedForm } from '../../need-model.ts';
import { canDecideIdp, canReadIdp } from '../../proposal-access.ts';

export type IdpLine = {
	sort: number;
	competencyId: string | null;
	topic: string;
	form: WantedForm;
	learningHours: number;
	quarter: number;
	reason: string;
};
export type Idp = {
	id: string;
	personId: string;
	name: string;
	postTitle: string;
	unit: string;
	year: number;
	careerTarget: string;
	status: IdpStatus;
	lines: IdpLine[];
};
type Raw = Omit<Idp, 'status' | 'lines'> & {
	status: string;
	supervisorId: string | null;
	unitPath: string;
	lines: (Omit<IdpLine, 'form'> & { form: string })[];
};

const IDPS = sql`select i.id, i.person_id as "personId", s.name, s.post_title as "postTitle", s.unit_name as unit, i.year,
		i.career_target as "careerTarget", i.status, s.supervisor_id as "supervisorId", s.unit_path::text as "unitPath",
		coalesce((select jsonb_agg(jsonb_build_object('sort', l.sort, 'competencyId', l.competency_id, 'topic', l.topic, 'form', l.form,
			'learningHours', l.learning_hours, 'quarter', l.quarter, 'reason', l.reason) order by l.sort)
			from needs.idp_line l where l.agency_id = i.agency_id and l.idp_id = i.id), '[]') as lines
	from needs.idp i join people.staff s on s.agency_id = i.agency_id and s.person_id = i.person_id`;

const read = ({ supervisorId: _, unitPath: __, ...row }: Raw): Idp => ({
	...row,
	status: idpStatus(row.status),
	lines: row.lines.map((line) => ({ ...line, form: wantedForm(line.form) }))
});

/** One's own plan of a year, null before it is begun, and what one's own gaps suggest. */
export async function ownIdp(
	db: Db,
	actor: Actor,
	year: number
): Promise<{ idp: Idp | null; suggestions: Suggestion[]; reply: string | null }> {
	if (actor.personId === null) throw missing();
	const { rows } = await sql<Raw>`${IDPS}
		where i.agency_id = ${actor.agencyId} and i.person_id = ${actor.personId} and i.year = ${year}`.execute(db);
	const row = rows[0];
	const steps = row === undefined ? [] : await stepsOf(db, actor, row.id);
	const reply = steps.find(({ status }) => status === 'revise' || status === 'declined');
	return {
		idp: row === undefined ? null : read(row),
		suggestions: suggestionsOf(await ownGaps(db, actor.personId)),
		reply: reply?.note ?? null
	};
}

/** Gaps of a person in the newest campaign that measured anything of them. */
async function ownGaps(db: Db, personId: string): Promise<OwnGap[]> {
	const { rows } = await sql<OwnGap>`
		select s.competency_id as "competencyId", c.name, s.p_gap as "pGap", s.shortfall, s.required
		from (
			select n.id from needs.campaign n
			where n.agency_id = (select platform.current_agency()) and n.status <> 'draft' and exists (
				select from needs.gap g where g.agency_id = n.agency_id and g.campaign_id = n.id and g.person_id = ${personId} and g.actual is not null)
			order by n.year desc, n.created_at desc limit 1
		) newest
		cross join lateral needs.standing(newest.id) s
		join competencies.competency c on c.agency_id = (select platform.current_agency()) and c.id = s.competency_id
		where s.person_id = ${personId} and s.measured`.execute(db);
	return rows;
}

async function stepsOf(db: Db, actor: Actor, idpId: string) {
	const { rows } = await sql<{ status: string; who: string; at: Date; note: string }>`
		select s.to_status as status, p.name as who, s.at, s.note from needs.idp_step s
		join people.person p on p.agency_id = s.agency_id and p.id = s.changed_by
		where s.agency_id = ${actor.agencyId} and s.idp_id = ${idpId} order by s.at desc, s.id desc limit 50`.execute(
		db
	);
	return rows.map((row) => ({ ...row, status: idpStatus(row.status) }));
}

/** One plan with its way. Refuses: missing, for anybody but the person, the supervisor and whoever reads the unit. */
export async function idpSheet(db: Db, actor: Actor, id: string) {
	const { rows } = await sql<Raw>`${IDPS} where i.agency_id = ${actor.agencyId} and i.id = ${id}`.execute(db);
	const row = rows[0];
	if (row === undefined || !canReadIdp(actor, row)) throw missing();
	const idp = read(row);
	return {
		idp,
		steps: await stepsOf(db, actor, id),
		can: {
			decide: canDecideIdp(actor, row) && IDP_NEXT[idp.status].includes('agreed'),
			write: isSelf(actor, idp.personId)
		}
	};
}

/** Plans that wait for the actor's word, longest first. */
export async function idpsWaitingFor(db: Db, actor: Actor): Promise<Idp[]> {
	if (actor.personId === null) return [];
	const { rows } = await sql<Raw>`${IDPS}
		where i.agency_id = ${actor.agencyId} and i.status = 'submitted' and s.supervisor_id = ${actor.personId}
			and s.person_id <> ${actor.personId} and ${inScope(actor, 'needs.rateTeam', 's.unit_path')}
		order by i.submitted_at, i.id limit 100`.execute(db);
	return rows.map(read);
}

export type IdpListRow = Omit<Idp, 'lines' | 'careerTarget'> & { lines: number; learningHours: number };

/** Plans of a year in the units one reads, with how many stand where. Refuses: missing, for whoever reads no unit. */
export async function idpsIn(
	db: Db,
	actor: Actor,
	filter: { year: number; status: IdpStatus | null; search: string; limit: number; offset: number }
) {
	if (!hasAbility(actor, 'needs.read')) throw missing();
	const wanted = sql`i.agency_id = ${actor.agencyId} and i.year = ${filter.year} and ${inScope(actor, 'needs.read', 's.unit_path')}
		and (${filter.search} = '' or position(lower(${filter.search}) in lower(s.name || ' ' || s.unit_name)) > 0)`;
	const from = sql`needs.idp i join people.staff s on s.agency_id = i.agency_id and s.person_id = i.person_id`;
	const counted = await sql<{ status: string; count: number }>`
		select i.status, count(*)::int as count from ${from} where ${wanted} group by i.status`.execute(db);
	const counts = new Map(counted.rows.map(({ status, count }) => [idpStatus(status), count]));
	const { rows } = await sql<Omit<IdpListRow, 'status'> & { status: string }>`
		select i.id, i.person_id as "personId", s.name, s.post_title as "postTitle", s.unit_name as unit, i.year, i.status,
			(select count(*)::int from needs.idp_line l where l.agency_id = i.agency_id and l.idp_id = i.id) as lines,
			(select coalesce(sum(l.learning_hours), 0)::float8 from needs.idp_line l where l.agency_id = i.agency_id and l.idp_id = i.id) as "learningHours"
		from ${from} where ${wanted} and (${filter.status}::text is null or i.status = ${filter.status}::text)
		order by s.unit_name, s.name, i.id limit ${filter.limit} offset ${filter.offset}`.execute(db);
	return {
		rows: rows.map((row): IdpListRow => ({ ...row, status: idpStatus(row.status) })),
		counts: Object.fromEntries(counts),
		total:
			filter.status === null
				? [...counts.values()].reduce((a, b) => a + b, 0)
				: (counts.get(filter.status) ?? 0)
	};
}
