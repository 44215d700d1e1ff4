-- Standards with a history: versions of the dictionary, the agency's technical competencies, decrees that name a post,
-- and what each of them asks of whom.

-- A competency is one thing through all versions: ratings, curricula and plans point at it. What a version says of it is
-- an edition. The words in competencies.competency are those of the version in force (or of the last that had it), kept
-- there so that every room to the right still joins one table; `dictionary_id` points at that version.

alter table competencies.dictionary
	add column family text not null default 'national' check (family in ('national', 'technical')), -- which dictionary it is a version of: the national one, or the agency's technical one; pii:none
	add column number integer not null default 1 check (number > 0), -- 1, 2, 3 … within its family; pii:none
	add column status text not null default 'draft' check (status in ('draft', 'in_force', 'superseded')), -- a version in force never changes; pii:none
	add column based_on uuid, -- version it was copied from; pii:none
	add column note text not null default '', -- why it was made; pii:none
	add column created_by text not null default 'system', -- account; pii:basic
	add column created_at timestamptz not null default now(), -- when; pii:none
	add column decided_by text, -- account that put it in force; pii:basic
	add column decided_at timestamptz, -- put in force at; pii:none
	add foreign key (agency_id, based_on) references competencies.dictionary;
update competencies.dictionary set status = case when valid_to is null then 'in_force' else 'superseded' end;
create unique index dictionary_draft on competencies.dictionary (agency_id, family) where status = 'draft';
create unique index dictionary_in_force on competencies.dictionary (agency_id, family) where status = 'in_force';

-- The words stay one for each competency; the code may move to another one in a later version.
alter table competencies.competency
	drop constraint competency_agency_id_dictionary_id_code_key,
	alter column dictionary_id drop not null,
	add column area text; -- function of government (urusan) of a technical one, e.g. Kesehatan; pii:none

create table competencies.edition (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	dictionary_id uuid not null, -- version; pii:none
	competency_id uuid not null, -- competency that it describes, the same in every version; pii:none
	code text not null check (length(code) between 1 and 20), -- what people call it in this version; pii:none
	family text not null check (family in ('managerial', 'sociocultural', 'technical')), -- group; pii:none
	area text, -- function of government (urusan) of a technical one; pii:none
	name text not null check (length(name) between 2 and 200), -- Indonesian name; pii:none
	name_en text not null, -- English name; pii:none
	definition text not null, -- what it is; pii:none
	sort integer not null, -- order on screens; pii:none
	proposal_id uuid, -- proposal that it came from; pii:none
	primary key (agency_id, dictionary_id, competency_id),
	unique (agency_id, dictionary_id, code),
	foreign key (agency_id, dictionary_id) references competencies.dictionary on delete cascade,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index edition_competency on competencies.edition (agency_id, competency_id);

create table competencies.edition_level (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	dictionary_id uuid not null, -- version; pii:none
	competency_id uuid not null, -- competency; pii:none
	level smallint not null check (level between 1 and 5), -- 1 to 5; pii:none
	headline text not null, -- the level in a sentence; pii:none
	indicators jsonb not null, -- list of observable behaviours; pii:none
	primary key (agency_id, dictionary_id, competency_id, level),
	foreign key (agency_id, dictionary_id, competency_id) references competencies.edition on delete cascade
);

insert into competencies.edition (agency_id, dictionary_id, competency_id, code, family, name, name_en, definition, sort)
select agency_id, dictionary_id, id, code, family, name, name_en, definition, sort from competencies.competency;
insert into competencies.edition_level (agency_id, dictionary_id, competency_id, level, headline, indicators)
select c.agency_id, c.dictionary_id, c.id, l.level, l.headline, l.indicators
from competencies.level l join competencies.competency c on c.agency_id = l.agency_id and c.id = l.competency_id;
drop table competencies.level;

create table competencies.proposal (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- proposal of a technical competency; pii:none
	competency_id uuid, -- competency that it would change, null for a new one; pii:none
	unit_id uuid not null, -- unit on whose behalf; pii:none
	area text not null, -- function of government (urusan); pii:none
	name text not null check (length(name) between 2 and 200), -- name; pii:none
	definition text not null, -- what it is; pii:none
	levels jsonb not null, -- five levels: headline, indicators; pii:none
	reason text not null check (length(reason) between 10 and 2000), -- why the work needs it; pii:none
	status text not null check (status in ('waiting', 'approved', 'declined')), -- see PROPOSAL_NEXT in model.ts; pii:none
	proposed_by uuid, -- person, null for an account without one; pii:basic
	proposed_at timestamptz not null, -- when; pii:none
	decided_by text, -- account that decided; pii:basic
	decided_at timestamptz, -- when; pii:none
	note text, -- reason given back; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, competency_id) references competencies.competency,
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, proposed_by) references people.person,
	check ((status = 'waiting') = (decided_at is null) and (status = 'waiting' or length(note) > 0))
);
create index proposal_open on competencies.proposal (agency_id, status, proposed_at);
alter table competencies.edition add foreign key (agency_id, proposal_id) references competencies.proposal;

-- A decree (SKJ) as it is prepared and as it was decided: its rules are copied into the dated ruleset when it takes force.
create table competencies.standard (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- decree on standards of competency; pii:none
	name text not null check (length(name) between 3 and 200), -- what it is about; pii:none
	legal_basis text not null, -- number and date of the decree; pii:none
	valid_from date not null, -- its rules hold from; pii:none
	status text not null check (status in ('draft', 'in_force')), -- in force it never changes: later decrees end its rules one by one; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	decided_by text, -- account that put it in force; pii:basic
	decided_at timestamptz, -- when; pii:none
	primary key (agency_id, id),
	check ((status = 'draft') = (decided_at is null))
);

create table competencies.standard_rule (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule of a decree; pii:none
	standard_id uuid not null, -- decree; pii:none
	post_title text, -- exact title of the post, null for any; pii:none
	unit_kind text, -- only in units of this kind and below them, null for everywhere; pii:none
	post_level text, -- asn_jenjang code, null for any; pii:none
	post_kind text check (post_kind in ('structural', 'functional', 'general')), -- kind of post, null for any; pii:none
	competency_id uuid, -- one competency, or null for all managerial and sociocultural ones; pii:none
	level smallint not null check (level between 0 and 5), -- required; 0 = not asked of these posts; pii:none
	scope text generated always as (coalesce(lower(post_title), '') || '|' || coalesce(unit_kind, '') || '|' || coalesce(post_level, '') || '|' || coalesce(post_kind, '')) stored, -- the posts that it is about, as one text; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, standard_id) references competencies.standard on delete cascade,
	foreign key (agency_id, competency_id) references competencies.competency,
	check (num_nonnulls(post_title, post_level, post_kind) = 1),
	check (level > 0 or competency_id is not null)
);
create unique index standard_rule_once on competencies.standard_rule
	(agency_id, standard_id, scope, coalesce(competency_id, '00000000-0000-0000-0000-000000000000'::uuid));

alter table competencies.required_level
	alter column post_level drop not null,
	add column post_title text, -- exact title of the post, null for any; pii:none
	add column unit_kind text, -- only in units of this kind and below them, null for everywhere; pii:none
	add column post_kind text check (post_kind in ('structural', 'functional', 'general')), -- kind of post, null for any; pii:none
	add column standard_id uuid, -- decree that it comes from; null for one set alone or brought by the regulation; pii:none
	add column scope text generated always as (coalesce(lower(post_title), '') || '|' || coalesce(unit_kind, '') || '|' || coalesce(post_level, '') || '|' || coalesce(post_kind, '')) stored, -- the posts that it is about, as one text; pii:none
	drop constraint required_level_once,
	drop constraint required_level_level_check,
	add constraint required_level_level_check check (level between 0 and 5 and (level > 0 or competency_id is not null)),
	add constraint required_level_post_check check (num_nonnulls(post_title, post_level, post_kind) = 1),
	add foreign key (agency_id, standard_id) references competencies.standard,
	-- One rule at a time; the nil id stands for "all competencies", which a null cannot do inside a constraint.
	add constraint required_level_once exclude using gist (agency_id with =, scope with =,
		coalesce(competency_id, '00000000-0000-0000-0000-000000000000'::uuid) with =, daterange(valid_from, valid_to) with &&);

create table competencies.import (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- one sheet, checked; pii:none
	kind text not null check (kind in ('national', 'technical', 'standards')), -- what it holds; pii:none
	file_name text not null, -- name it came with; pii:none
	status text not null check (status in ('checked', 'applied', 'discarded')), -- nothing is written before applied; pii:none
	rows jsonb not null, -- rows read, in the words of input.ts; pii:none
	problems jsonb not null, -- row, column, value, code and facts of each thing wrong; pii:none
	result_id uuid, -- draft that applying filled; pii:none
	account_id text not null, -- who brought it; pii:basic
	created_at timestamptz not null, -- checked at; pii:none
	applied_at timestamptz, -- applied at; pii:none
	primary key (agency_id, id)
);

select platform.isolate('competencies.edition', 'competencies.edition_level', 'competencies.proposal', 'competencies.standard',
	'competencies.standard_rule', 'competencies.import');

-- A version in force is what people were measured by: the database itself refuses to change it. The version is
-- share-locked while its editions change, so that it cannot come into force halfway through.
create function competencies.refuse_frozen() returns trigger language plpgsql as $$
declare version record;
begin
	for version in
		select d.id, d.status from competencies.dictionary d
		where (tg_op <> 'INSERT' and d.agency_id = old.agency_id and d.id = old.dictionary_id)
			or (tg_op <> 'DELETE' and d.agency_id = new.agency_id and d.id = new.dictionary_id)
		for share
	loop
		if version.status <> 'draft' then
			raise exception 'dictionary % is in force or superseded and cannot change', version.id using errcode = 'AS001';
		end if;
	end loop;
	return coalesce(new, old);
end $$;
create trigger edition_frozen before insert or update or delete on competencies.edition for each row execute function competencies.refuse_frozen();
create trigger edition_level_frozen before insert or update or delete on competencies.edition_level for each row execute function competencies.refuse_frozen();

-- Of a version in force only one thing can still happen: a later one ends it.
create function competencies.refuse_unfreezing() returns trigger language plpgsql as $$
begin
	if old.status = 'draft' then return coalesce(new, old); end if;
	if tg_op = 'UPDATE' and old.status = 'in_force' and new.status = 'superseded' and new.valid_to is not null
		and (to_jsonb(new) - 'status' - 'valid_to') = (to_jsonb(old) - 'status' - 'valid_to') then return new; end if;
	raise exception 'dictionary % is in force or superseded and cannot change', old.id using errcode = 'AS001';
end $$;
create trigger dictionary_frozen before update or delete on competencies.dictionary for each row execute function competencies.refuse_unfreezing();

-- A decree in force keeps its rules as they were decided.
create function competencies.refuse_decided() returns trigger language plpgsql as $$
declare decree record;
begin
	for decree in
		select s.id, s.status from competencies.standard s
		where (tg_op <> 'INSERT' and s.agency_id = old.agency_id and s.id = old.standard_id)
			or (tg_op <> 'DELETE' and s.agency_id = new.agency_id and s.id = new.standard_id)
		for share
	loop
		if decree.status = 'in_force' then
			raise exception 'standard % is in force and cannot change', decree.id using errcode = 'AS001';
		end if;
	end loop;
	return coalesce(new, old);
end $$;
create trigger standard_rule_frozen before insert or update or delete on competencies.standard_rule for each row execute function competencies.refuse_decided();
create function competencies.refuse_undeciding() returns trigger language plpgsql as $$
begin
	if old.status = 'draft' then return coalesce(new, old); end if;
	raise exception 'standard % is in force and cannot change', old.id using errcode = 'AS001';
end $$;
create trigger standard_frozen before update or delete on competencies.standard for each row execute function competencies.refuse_undeciding();

-- A dated rule is never overwritten: once written, only its end can be set, and only earlier than it stood. (A generated
-- column has no value yet before a row is written, so it is left out of the comparison.)
create function competencies.refuse_rewriting() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and new.valid_to is not null and (old.valid_to is null or new.valid_to < old.valid_to)
		and (to_jsonb(new) - 'valid_to' - 'scope') = (to_jsonb(old) - 'valid_to' - 'scope') then return new; end if;
	raise exception 'required level % cannot be rewritten', old.id using errcode = 'AS001';
end $$;
create trigger required_level_frozen before update or delete on competencies.required_level for each row execute function competencies.refuse_rewriting();

-- Kinds of each unit and of all above it, from the top down, as '/kecamatan/seksi/': only kinds that a rule names, so
-- that posts which no rule tells apart are asked about once.
create function competencies.unit_kinds()
	returns table (unit_id uuid, kinds text)
	language sql stable parallel safe rows 1000
	as $$
		with recursive named as (
			select unit_kind from competencies.required_level where agency_id = (select platform.current_agency()) and unit_kind is not null
			union select unit_kind from competencies.standard_rule where agency_id = (select platform.current_agency()) and unit_kind is not null
		), tree as (
			select u.id, case when u.kind in (select unit_kind from named) then '/' || u.kind || '/' else '/' end as kinds
			from people.unit u where u.agency_id = (select platform.current_agency()) and u.parent_id is null
			union all
			select u.id, t.kinds || case when u.kind in (select unit_kind from named) then u.kind || '/' else '' end
			from tree t join people.unit u on u.parent_id = t.id
			where u.agency_id = (select platform.current_agency())
		)
		select id, kinds from tree
	$$;

-- What is asked of posts on a day: the n-th of each array belongs together (title in small letters, asn_jenjang code, kind
-- of post, kinds of the unit and those above). The only place where it is decided which rule wins:
--   1. the more exactly the post is named: title in a kind of unit, title, level in a kind of unit, level, kind of post in
--      a kind of unit, kind of post; of two kinds of unit the nearer one;
--   2. then the rule for one competency before the rule for all.
-- A rule for all covers the national dictionary only: a technical competency is asked where a rule names it. Level 0 says
-- "not asked". With `draft_standard` or `draft_dictionary`: as if that draft were in force.
create function competencies.required_of(day date, titles text[], levels text[], kinds text[], unit_kinds text[],
	draft_standard uuid default null, draft_dictionary uuid default null)
	returns table (post bigint, competency_id uuid, level smallint, rule_id uuid)
	language sql stable parallel safe rows 10000
	as $$
		with draft as (
			select d.id, d.family from competencies.dictionary d
			where d.agency_id = (select platform.current_agency()) and d.id = draft_dictionary
		), asked as (
			select e.competency_id, e.family
			from competencies.dictionary d
			join competencies.edition e on e.agency_id = d.agency_id and e.dictionary_id = d.id
			where d.agency_id = (select platform.current_agency()) and case
				when d.family in (select family from draft) then d.id = draft_dictionary
				else d.status <> 'draft' and d.valid_from <= day and (d.valid_to is null or d.valid_to > day) end
		), rule as (
			select r.id, lower(r.post_title) as post_title, r.unit_kind, r.post_level, r.post_kind, r.competency_id, r.level
			from competencies.required_level r
			where r.agency_id = (select platform.current_agency())
				and r.valid_from <= day and (r.valid_to is null or r.valid_to > day)
				and not exists (
					select from competencies.standard_rule n
					where n.agency_id = r.agency_id and n.standard_id = draft_standard and n.scope = r.scope
						and n.competency_id is not distinct from r.competency_id
				)
			union all
			select n.id, lower(n.post_title), n.unit_kind, n.post_level, n.post_kind, n.competency_id, n.level
			from competencies.standard_rule n
			where n.agency_id = (select platform.current_agency()) and n.standard_id = draft_standard
		), met as (
			select p.post, r.*,
				case when r.post_title is not null then 5 when r.post_level is not null then 3 else 1 end
					+ case when r.unit_kind is null then 0 else 1 end as named,
				case when r.unit_kind is null then 0
					else length(p.unit_kinds) - position(reverse('/' || r.unit_kind || '/') in reverse(p.unit_kinds)) end as nearness
			from unnest(titles, levels, kinds, unit_kinds) with ordinality as p (title, level, kind, unit_kinds, post)
			join rule r on (r.post_title = p.title or r.post_level = p.level or r.post_kind = p.kind)
				and (r.unit_kind is null or p.unit_kinds like '%/' || r.unit_kind || '/%')
		), best as (
			select distinct on (m.post, a.competency_id) m.post, a.competency_id, m.level, m.id
			from met m
			join asked a on a.competency_id = m.competency_id or (m.competency_id is null and a.family <> 'technical')
			order by m.post, a.competency_id, m.named desc, m.nearness desc, m.competency_id nulls last
		)
		select post, competency_id, level, id from best where level > 0
	$$;

-- The same for everybody who works here: each different post is looked up once, however many people hold it.
create function competencies.required_for(day date, draft_standard uuid default null, draft_dictionary uuid default null)
	returns table (person_id uuid, unit_id uuid, competency_id uuid, level smallint, rule_id uuid)
	language sql stable parallel safe rows 150000
	as $$
		with held as materialized (
			select s.person_id, s.unit_id,
				dense_rank() over (order by lower(s.post_title), s.post_level, s.post_kind, k.kinds) as post,
				lower(s.post_title) as title, s.post_level, s.post_kind, k.kinds
			from people.staff s
			join competencies.unit_kinds() k on k.unit_id = s.unit_id
			where s.agency_id = (select platform.current_agency())
		), different as (
			select array_agg(title order by post) as titles, array_agg(post_level order by post) as levels,
				array_agg(post_kind order by post) as kinds, array_agg(kinds order by post) as unit_kinds
			from (select distinct post, title, post_level, post_kind, kinds from held) d
		), asked as materialized (
			select r.* from different d
			cross join lateral competencies.required_of(day, d.titles, d.levels, d.kinds, d.unit_kinds, draft_standard, draft_dictionary) r
		)
		select h.person_id, h.unit_id, a.competency_id, a.level, a.rule_id
		from held h join asked a on a.post = h.post
	$$;

-- Post level × competency in force on a day, for posts that no rule names by title or by kind of unit.
create or replace function competencies.required_on(day date)
	returns table (post_level text, competency_id uuid, level smallint, rule_id uuid)
	language sql stable parallel safe
	as $$
		with known as (
			select array['01', '02', '03', '04', '05', '06', '11', '12', '13', '14', '21', '22', '23', '24'] as levels,
				array['structural', 'structural', 'structural', 'structural', 'structural', 'general', 'functional', 'functional',
					'functional', 'functional', 'functional', 'functional', 'functional', 'functional'] as kinds
		)
		select k.levels[r.post], r.competency_id, r.level, r.rule_id
		from known k
		cross join lateral competencies.required_of(day, array_fill(null::text, array[14]), k.levels, k.kinds,
			array_fill('/'::text, array[14])) r
	$$;

grant execute on function competencies.unit_kinds() to asah_app;
grant execute on function competencies.required_of(date, text[], text[], text[], text[], uuid, uuid) to asah_app;
grant execute on function competencies.required_for(date, uuid, uuid) to asah_app;
