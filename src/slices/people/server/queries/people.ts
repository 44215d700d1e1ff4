import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { hasAbility, isSelf, mayIn, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { maskNip } from '#kernel/nip.ts';
import type { Db } from '#platform/db/db.ts';
import { orderBy } from '#platform/db/order-by.ts';
import {
	canGiveRole,
	canOrganise,
	canReadPerson,
	canResetAccess,
	canSeeNip,
	canSeeOwnData
} from '../../access.ts';
import { fullName } from '../../model.ts';
import { placeOf, powersOf, visiblePeople } from './places.ts';
import { supervisorOn } from './supervisor.ts';
import { careerOf, stateOn } from './timeline.ts';

export type PersonRow = {
	id: string;
	name: string;
	nip: string | null;
	postTitle: string;
	postLevel: string;
	unitId: string;
	unitName: string;
	isHead: boolean;
	employmentKind: string;
};

const pattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

const PERSON_ROW = sql`s.person_id as id, concat_ws(' ', s.front_title, s.name) || coalesce(', ' || s.back_title, '') as name,
	s.nip, s.post_title as "postTitle", s.post_level as "postLevel", s.unit_id as "unitId", s.unit_name as "unitName",
	s.is_head as "isHead", s.employment_kind as "employmentKind"`;

/** Not by NIP: the order would tell the birthdays that masked ones hide. */
const SORTED = { name: sql`s.name`, post: sql`s.post_title`, unit: sql`s.unit_name` };
export type PeopleSorting = { by: keyof typeof SORTED; descending: boolean };

/** NIP as the actor may see it in a list: whole in units one looks after, masked elsewhere. */
const shownTo = (
	actor: Actor,
	rows: readonly (PersonRow & { unitPath: string; supervisorId: string | null })[]
): PersonRow[] =>
	rows.map(({ unitPath, supervisorId, ...row }) => ({
		...row,
		nip:
			row.nip === null || canSeeNip(actor, { personId: row.id, unitPath, supervisorId })
				? row.nip
				: maskNip(row.nip)
	}));

/**
 * People by part of a name (every word, in any order) or of a NIP, in a unit with everything below it, as far as the
 * actor may see them. A NIP is searched only where the actor may see it whole: else a search would uncover it.
 */
export async function findPeople(
	db: Db,
	actor: Actor,
	{
		search,
		unitId,
		size,
		offset,
		sort = { by: 'name', descending: false }
	}: { search: string; unitId: string | null; size: number; offset: number; sort?: PeopleSorting }
): Promise<{ people: PersonRow[]; total: number }> {
	const digits = search.replace(/[\s.-]/g, '');
	const isNip = /^\d{3,18}$/.test(digits);
	const words = search.split(/\s+/).filter(Boolean).slice(0, 6).map(pattern);
	// One condition a word, not a list: the planner then knows how rare the words are.
	const conditions = isNip
		? [sql`s.nip like ${pattern(digits)}`, nipVisible(actor)]
		: words.map((word) => sql`s.name_folded like lower(${word}::text)`);
	const found = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
	const inUnit =
		unitId === null
			? sql<SqlBool>`true`
			: sql<SqlBool>`s.unit_path <@ (
		select u.path from people.unit u where u.agency_id = (select platform.current_agency()) and u.id = ${unitId})`;
	const where = sql`s.agency_id = (select platform.current_agency()) and ${found} and ${inUnit} and ${visiblePeople(actor)}`;
	// All that match are sorted by their names alone; the rest is read for the rows of the page.
	const { rows } = await sql<PersonRow & { unitPath: string; supervisorId: string | null; total: number }>`
		with page as materialized (
			select s.person_id, ${SORTED[sort.by]} as sorted, s.name, count(*) over ()::int as total from people.staff s where ${where}
			${orderBy(sort, SORTED, sql`s.name, s.person_id`)} limit ${size} offset ${offset}
		)
		select ${PERSON_ROW}, s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId", page.total
		from page join people.staff s on s.agency_id = (select platform.current_agency()) and s.person_id = page.person_id
		${orderBy({ ...sort, by: 'page' }, { page: sql`page.sorted` }, sql`page.name, page.person_id`)}`.execute(db);
	const total = rows[0]?.total ?? (offset === 0 ? 0 : await countPeople(db, where));
	return {
		people: shownTo(
			actor,
			rows.map(({ total: _total, ...row }) => row)
		),
		total
	};
}

async function countPeople(db: Db, where: RawBuilder<unknown>): Promise<number> {
	const { rows } = await sql<{
		total: number;
	}>`select count(*)::int as total from people.staff s where ${where}`.execute(db);
	return rows[0]?.total ?? 0;
}

const nipVisible = (actor: Actor): RawBuilder<SqlBool> => {
	const paths = actor.grants
		.filter(({ ability }) => ability === 'people.resetAccess' || ability === 'people.import')
		.map(({ unitPath }) => unitPath);
	if (paths.includes('')) return sql<SqlBool>`true`;
	return sql<SqlBool>`(s.person_id = ${actor.personId}::uuid or s.unit_path <@ any(${paths}::ltree[]))`;
};

/** Members of a unit (without the units below), its head first. The caller has asked whether the unit may be read. */
export async function unitMembers(
	db: Db,
	actor: Actor,
	unitId: string,
	{ size, offset }: { size: number; offset: number }
) {
	const { rows } = await sql<PersonRow & { unitPath: string; supervisorId: string | null; total: number }>`
		select ${PERSON_ROW}, s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId", count(*) over ()::int as total
		from people.staff s
		where s.agency_id = (select platform.current_agency()) and s.unit_id = ${unitId} and ${visiblePeople(actor)}
		order by s.is_head desc, s.post_level = '06', s.post_level desc, s.name limit ${size} offset ${offset}`.execute(
		db
	);
	return {
		members: shownTo(
			actor,
			rows.map(({ total: _total, ...row }) => row)
		),
		total: rows[0]?.total ?? 0
	};
}

type Identity = {
	id: string;
	nip: string | null;
	name: string;
	front_title: string | null;
	back_title: string | null;
	sex: string;
	employmentKind: string;
	legalStatus: string;
	grade: string | null;
	education: string | null;
	email: string | null;
	active: boolean;
	unitId: string | null;
	unitName: string | null;
	restricted: boolean;
};
export type Grant = {
	id: string;
	role: string;
	unitId: string;
	unitName: string;
	unitPath: string;
	from: string;
	to: string | null;
	reason: string;
};

/**
 * A person's page: the record, the career, and where they stood on a day (today unless asked for another). Refuses (as
 * missing): nobody the actor may see.
 */
export async function personPage(db: Db, actor: Actor, personId: string, today: string, day = today) {
	const place = await powersOf(db, personId, today);
	if (!canReadPerson(actor, place)) throw missing();
	const { rows } = await sql<Identity>`
		select p.id, p.nip, p.name, p.front_title, p.back_title, p.sex, p.employment_kind as "employmentKind",
			p.legal_status as "legalStatus", p.grade, p.education_level as education, p.email, p.active, p.restricted,
			s.unit_id as "unitId", s.unit_name as "unitName"
		from people.person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where p.agency_id = (select platform.current_agency()) and p.id = ${personId}`.execute(db);
	const found = rows[0];
	if (!found) throw missing();
	const grants = await sql<Grant>`
		select g.id, g.role, u.id as "unitId", u.name as "unitName", case when u.parent_id is null then '' else u.path::text end as "unitPath",
			g.valid_from as "from", g.valid_to as "to", g.reason
		from people.role_grant g join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		where g.agency_id = (select platform.current_agency()) and g.person_id = ${personId} order by g.valid_from desc`.execute(
		db
	);
	// What somebody was marked concerns themselves, who leads them, and who keeps the unit's records.
	const career = await careerOf(db, personId, {
		performance:
			isSelf(actor, personId) ||
			isSelf(actor, place.supervisorId) ||
			mayIn(actor, 'people.correct', place.unitPath)
	});
	const supervisor = await supervisorOn(db, personId, day, today);
	const then = await stateOn(db, personId, day);
	const { front_title, back_title, name, ...person } = found;
	const seesNip = canSeeNip(actor, place);
	return {
		person: {
			...person,
			...(day === today
				? { title: then.title }
				: {
						title: then.title,
						unitId: then.unitId,
						unitName: then.unitName,
						grade: then.grade,
						employmentKind: then.employmentKind
					}),
			name: fullName({ name, front_title, back_title }),
			nip: person.nip === null || seesNip ? person.nip : maskNip(person.nip),
			email: seesNip ? person.email : null
		},
		supervisor: supervisor && {
			...supervisor,
			can: { open: canReadPerson(actor, await placeOf(db, supervisor.id)) }
		},
		career: career.map(({ unitPath, ...line }) => ({
			...line,
			can: { open: unitPath !== null && mayIn(actor, 'people.read', unitPath) }
		})),
		grants: grants.rows.map(({ unitPath, ...grant }) => ({
			...grant,
			ended: grant.to !== null && grant.to <= today,
			can: { end: canGiveRole(actor, personId, unitPath) }
		})),
		can: {
			resetAccess: person.active && canResetAccess(actor, place),
			seeNip: seesNip,
			openUnit: mayIn(actor, 'people.read', place.unitPath),
			openTree: hasAbility(actor, 'people.read'),
			organise: person.active && canOrganise(actor, place.unitPath),
			openData: canSeeOwnData(actor, personId)
		}
	};
}
