-- History of an agency by date: what a unit was, who led it, every way of holding a post, grades and kinds of
-- employment; changes that are ordered for a day to come; and the rights of UU 27/2022 over one's own data.
--
-- What is true today stays where it was (people.unit, person, posting), so that no reader pays for the past. Histories
-- without gaps are chains: a row holds from its day until the next row of the same thing, so two can't overlap and the
-- key (thing, day) is the whole constraint. Periods that may have gaps carry both days and an exclusion constraint.

alter table people.unit
	add column founded boolean not null default false,
	add column acting_person_id uuid,
	add column acting_kind text check (acting_kind in ('plt', 'plh', 'additional')),
	add column head_upper_person_id uuid;
comment on column people.unit.head_upper_person_id is 'supervises the head while somebody stands in for them: the nearest other leader above; pii:basic';
comment on column people.unit.founded is 'valid_from is the day it was founded; false: merely the day a file first named it; pii:none';
comment on column people.unit.acting_person_id is 'who stands in as head today, from people.assignment; pii:basic';
comment on column people.unit.acting_kind is 'and as what: plt (vacant post), plh (head away for a time), additional; pii:none';
create index unit_acting on people.unit (agency_id, acting_person_id) where acting_person_id is not null;

alter table people.person
	add column supervisor_person_id uuid,
	add column restricted boolean not null default false;
comment on column people.person.supervisor_person_id is 'supervisor by a dated exception that holds today, from people.supervisor_exception; pii:basic';
comment on column people.person.restricted is 'asked that processing be limited (UU 27/2022 Ps 11) and was granted it: left out of other people''s lists; pii:basic';
create index person_supervisor on people.person (agency_id, supervisor_person_id) where supervisor_person_id is not null;

create table people.unit_version (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	unit_id uuid not null, -- unit; pii:none
	valid_from date not null, -- holds from this day until the unit's next version; pii:none
	name text not null, -- name in that time; pii:none
	kind text not null, -- kind in that time; pii:none
	code text, -- code in that time; pii:none
	parent_id uuid, -- unit above in that time; pii:none
	head_title text, -- post of its head in that time; pii:none
	echelon text, -- echelon of that post; pii:none
	primary key (agency_id, unit_id, valid_from),
	foreign key (agency_id, unit_id) references people.unit
);

create table people.headship (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	unit_id uuid not null, -- unit; pii:none
	valid_from date not null, -- from this day until the unit's next headship; pii:none
	person_id uuid, -- its definitive head in that time, null while vacant; pii:basic
	primary key (agency_id, unit_id, valid_from),
	foreign key (agency_id, unit_id) references people.unit
);
create index headship_person on people.headship (agency_id, person_id) where person_id is not null;

create table people.unit_lineage (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	predecessor_id uuid not null, -- unit that went before; pii:none
	successor_id uuid not null, -- unit that took over its people or a part of them; pii:none
	on_date date not null, -- from this day on; pii:none
	kind text not null check (kind in ('merge', 'split')), -- how; pii:none
	primary key (agency_id, predecessor_id, successor_id),
	foreign key (agency_id, predecessor_id) references people.unit (agency_id, id),
	foreign key (agency_id, successor_id) references people.unit (agency_id, id),
	check (predecessor_id <> successor_id)
);
create index unit_lineage_successor on people.unit_lineage (agency_id, successor_id);

create table people.reorganisation (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- reorganisation; pii:none
	kind text not null check (kind in ('rename', 'move', 'merge', 'split', 'close')), -- what is done; pii:none
	unit_id uuid not null, -- unit it is about; of a merger the first one; pii:none
	effective_on date not null, -- from this day; pii:none
	change jsonb not null, -- the rest of what was ordered, as the command took it; pii:basic
	order_number text, -- number of the decree; pii:none
	reason text not null, -- why; pii:none
	status text not null check (status in ('planned', 'done', 'cancelled', 'failed')), -- planned until its day comes; pii:none
	failure text, -- message key of what stood against it on its day; pii:none
	made_by text not null, -- account that ordered it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, unit_id) references people.unit
);
create index reorganisation_unit on people.reorganisation (agency_id, unit_id, effective_on);
create index reorganisation_due on people.reorganisation (agency_id, effective_on) where status = 'planned';

create table people.movement (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- movement; pii:none
	person_id uuid not null, -- who; pii:basic
	kind text not null check (kind in ('arrive', 'move', 'leave')), -- comes into the agency, changes unit or post, leaves; pii:basic
	effective_on date not null, -- from this day; pii:basic
	from_unit_id uuid, -- unit until then; pii:basic
	to_unit_id uuid, -- unit from then on, null when leaving; pii:basic
	title text, -- post from then on; pii:basic
	post_kind text check (post_kind in ('structural', 'functional', 'general', 'official')), -- kind of that post; pii:basic
	level text, -- its level; pii:basic
	is_head boolean not null default false, -- leads the unit from then on; pii:basic
	reason text not null, -- why; pii:basic
	order_number text, -- number of the decree; pii:none
	status text not null check (status in ('planned', 'done', 'cancelled', 'failed')), -- planned until its day comes; pii:none
	failure text, -- message key of what stood against it on its day; pii:none
	made_by text not null, -- account that ordered it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, from_unit_id) references people.unit (agency_id, id),
	foreign key (agency_id, to_unit_id) references people.unit (agency_id, id),
	check ((to_unit_id is null) = (kind = 'leave')),
	check (kind = 'leave' or (title is not null and post_kind is not null and level is not null))
);
create index movement_person on people.movement (agency_id, person_id, effective_on);
create index movement_due on people.movement (agency_id, effective_on) where status = 'planned';

-- Posts beside the definitive one, which is people.posting and of which everybody has at most one at a time.
create table people.assignment (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- assignment; pii:none
	person_id uuid not null, -- who; pii:basic
	unit_id uuid not null, -- where; pii:basic
	holding text not null check (holding in ('plt', 'plh', 'additional')), -- acting while vacant, acting while the head is away, additional; pii:basic
	title text not null, -- name of the post; pii:basic
	is_head boolean not null, -- leads the unit as long as it lasts; pii:basic
	valid_from date not null, -- from; pii:basic
	valid_to date, -- until (exclusive), null while open; pii:basic
	order_number text not null, -- number of the order; pii:none
	reason text not null default '', -- why; pii:basic
	made_by text not null, -- account that made it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit,
	check (valid_to is null or valid_to > valid_from),
	check (is_head or holding = 'additional'),
	constraint assignment_one_head exclude using gist
		((agency_id::text || unit_id::text) with =, daterange(valid_from, valid_to) with &&) where (is_head),
	constraint assignment_once exclude using gist
		((agency_id::text || person_id::text || unit_id::text) with =, daterange(valid_from, valid_to) with &&)
);
create index assignment_person on people.assignment (agency_id, person_id);
create index assignment_unit on people.assignment (agency_id, unit_id, valid_from);

-- Grade and kind of employment by date. A value holds from its day until the next row that says another.
create table people.standing (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	person_id uuid not null, -- whose; pii:basic
	valid_from date not null, -- from this day; pii:basic
	grade text, -- golongan from then on, null: says nothing of it; pii:basic
	employment_kind text, -- kind of employment from then on, null: says nothing of it; pii:basic
	seen boolean not null, -- the day is merely when a file first said so, not a TMT; pii:none
	reason text not null default '', -- number of the decree, or why; pii:basic
	primary key (agency_id, person_id, valid_from),
	foreign key (agency_id, person_id) references people.person,
	check (grade is not null or employment_kind is not null)
);

create table people.supervisor_exception (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- exception; pii:none
	person_id uuid not null, -- whose supervisor; pii:basic
	supervisor_id uuid not null, -- is this person instead; pii:basic
	valid_from date not null, -- from; pii:basic
	valid_to date, -- until (exclusive), null while open; pii:basic
	reason text not null, -- why; pii:basic
	made_by text not null, -- account that made it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, supervisor_id) references people.person (agency_id, id),
	check (valid_to is null or valid_to > valid_from),
	check (person_id <> supervisor_id),
	constraint supervisor_exception_one exclude using gist
		((agency_id::text || person_id::text) with =, daterange(valid_from, valid_to) with &&)
);
create index supervisor_exception_supervisor on people.supervisor_exception (agency_id, supervisor_id);

create table people.minimum_staff (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- line; pii:none
	unit_id uuid not null, -- unit whose counter it is; pii:none
	role_name text not null check (length(role_name) between 1 and 100), -- what they do there, e.g. petugas loket; pii:none
	weekdays smallint not null check (weekdays between 1 and 127), -- days as bits: 1 Monday, 2 Tuesday, … 64 Sunday; pii:none
	from_time time not null, -- the shift begins, on the agency's clock; pii:none
	to_time time not null, -- the shift ends; pii:none
	people smallint not null check (people between 1 and 500), -- how many must be there; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, unit_id) references people.unit,
	check (to_time > from_time)
);
create index minimum_staff_unit on people.minimum_staff (agency_id, unit_id);

-- Who looked at somebody's record: at most one row a viewer, person and day.
create table people.access_log (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	person_id uuid not null, -- whose record; pii:basic
	on_day date not null, -- on which day, in the agency's zone; pii:basic
	account_id text not null, -- which account looked; pii:basic
	viewer_id uuid, -- who that is, null for an account without a person; pii:basic
	viewer_name text not null, -- and the name they had; pii:basic
	hat text, -- role they looked in; pii:none
	exported boolean not null default false, -- took a copy along; pii:none
	first_at timestamptz not null, -- the first time on that day; pii:basic
	primary key (agency_id, person_id, on_day, account_id),
	foreign key (agency_id, person_id) references people.person
);
create index access_log_recent on people.access_log (agency_id, on_day desc, first_at desc);

-- What a person says is wrong with their record. An approved one is what a later import must not silently undo: the
-- importer can compare `field` and `proposed` with what a file brings.
create table people.correction (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- request; pii:none
	person_id uuid not null, -- whose record; pii:basic
	field text not null check (field in ('name', 'front_title', 'back_title', 'birth_date', 'education_level', 'grade', 'email', 'post_title', 'other')), -- column of people.person, post_title: of the open posting; pii:none
	current text, -- what stood there when it was asked; pii:basic
	proposed text not null check (length(proposed) between 1 and 300), -- what should stand there; pii:basic
	evidence text not null, -- what shows it, in words; pii:basic
	status text not null check (status in ('waiting', 'approved', 'rejected', 'withdrawn')), -- where it stands; pii:none
	asked_at timestamptz not null, -- when; pii:none
	decided_at timestamptz, -- decided when; pii:none
	decided_by text, -- by whom, as shown to the person; pii:basic
	answer text, -- with which reason; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	check ((status in ('approved', 'rejected')) = (decided_by is not null))
);
create unique index correction_waiting on people.correction (agency_id, person_id, field) where status = 'waiting';
create index correction_person on people.correction (agency_id, person_id, asked_at desc);

create table people.privacy_request (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- request; pii:none
	person_id uuid not null, -- who asks; pii:basic
	kind text not null check (kind in ('restrict', 'object', 'erase')), -- limit (Ps 11), object to profiling (Ps 10), end and delete (Ps 8); pii:basic
	reason text not null, -- why; pii:basic
	status text not null check (status in ('waiting', 'granted', 'refused', 'withdrawn', 'lifted')), -- where it stands; pii:basic
	asked_at timestamptz not null, -- when; pii:none
	decided_at timestamptz, -- decided when; pii:none
	decided_by text, -- by whom, as shown to the person; pii:basic
	answer text, -- with which reason; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person
);
create unique index privacy_request_waiting on people.privacy_request (agency_id, person_id, kind) where status = 'waiting';

select platform.isolate('people.unit_version', 'people.headship', 'people.unit_lineage', 'people.reorganisation', 'people.movement',
	'people.assignment', 'people.standing', 'people.supervisor_exception', 'people.minimum_staff', 'people.access_log',
	'people.correction', 'people.privacy_request');

-- ── What is true today ────────────────────────────────────────────────────────────────────────────────────────────────

-- The definitive head whose place somebody fills for a time is supervised from above, not by the one standing in.
create or replace view people.staff with (security_invoker = true) as
select p.agency_id, p.id as person_id, p.nip, p.name, p.front_title, p.back_title, p.sex, p.employment_kind, p.grade,
	j.title as post_title, j.kind as post_kind, j.level as post_level, j.is_head,
	u.id as unit_id, u.name as unit_name, u.path as unit_path,
	coalesce(p.supervisor_person_id, nullif(case p.id when u.leader_person_id then u.upper_person_id
		when u.head_person_id then u.head_upper_person_id else u.leader_person_id end, p.id)) as supervisor_id,
	p.name_folded, p.restricted
from people.person p
join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
where p.active;

-- Who leads and supervises on a day (today by the agency's clock): acting heads and exceptions of that day, then heads
-- and the tree. Run after any of them changes and at each midnight. Who leads a unit and the one below it (a Sekda, an
-- acting head) is supervised by the next other head above, never by himself.
drop function people.refresh_leaders(uuid);
create function people.refresh_leaders(agency uuid, on_day date default null) returns void language sql as $$
	with today as (
		select coalesce(on_day, (now() at time zone a.time_zone)::date) as day from platform.agency a where a.agency_id = agency
	), acting as (
		select a.unit_id, a.person_id, a.holding from people.assignment a, today
		where a.agency_id = agency and a.is_head and a.valid_from <= today.day and (a.valid_to is null or a.valid_to > today.day)
	), found as (
		select u.id, acting.person_id, acting.holding from people.unit u left join acting on acting.unit_id = u.id
		where u.agency_id = agency
	)
	update people.unit u set acting_person_id = found.person_id, acting_kind = found.holding
	from found
	where u.agency_id = agency and u.id = found.id and (u.acting_person_id, u.acting_kind) is distinct from (found.person_id, found.holding);

	with today as (
		select coalesce(on_day, (now() at time zone a.time_zone)::date) as day from platform.agency a where a.agency_id = agency
	), holds as (
		select e.person_id, e.supervisor_id from people.supervisor_exception e, today
		where e.agency_id = agency and e.valid_from <= today.day and (e.valid_to is null or e.valid_to > today.day)
	), wanted as (
		select person_id, supervisor_id from holds
		union all
		select p.id, null from people.person p
		where p.agency_id = agency and p.supervisor_person_id is not null and p.id not in (select person_id from holds)
	)
	update people.person p set supervisor_person_id = wanted.supervisor_id from wanted
	where p.agency_id = agency and p.id = wanted.person_id and p.supervisor_person_id is distinct from wanted.supervisor_id;

	with recursive tree as (
		select id, coalesce(acting_person_id, head_person_id) as leader, null::uuid as upper, null::uuid as head_upper from people.unit
		where agency_id = agency and parent_id is null
		union all
		select u.id, coalesce(u.acting_person_id, u.head_person_id, t.leader),
			case when coalesce(u.acting_person_id, u.head_person_id) is null or coalesce(u.acting_person_id, u.head_person_id) = t.leader
				then t.upper else t.leader end,
			case when u.head_person_id is null then null when u.head_person_id = t.leader then t.upper else t.leader end
		from people.unit u join tree t on u.parent_id = t.id
		where u.agency_id = agency
	)
	update people.unit u set leader_person_id = tree.leader, upper_person_id = tree.upper, head_upper_person_id = tree.head_upper
	from tree
	where u.agency_id = agency and u.id = tree.id and (u.leader_person_id, u.upper_person_id, u.head_upper_person_id)
		is distinct from (tree.leader, tree.upper, tree.head_upper)
$$;

-- Paths follow from the tree; run after a unit got another parent.
create function people.refresh_paths(agency uuid) returns void language sql as $$
	with recursive tree as (
		select id, label::ltree as path from people.unit where agency_id = agency and parent_id is null
		union all
		select u.id, t.path || u.label from people.unit u join tree t on u.parent_id = t.id where u.agency_id = agency
	)
	update people.unit u set path = tree.path from tree
	where u.agency_id = agency and u.id = tree.id and u.path is distinct from tree.path
$$;

-- ── What was true, kept by triggers, so that whoever writes (an import, a command, a set-up) leaves a history ──────────

-- The day from which a change holds: what a command says, else today by the agency's clock.
create function people.day_of_change(agency uuid) returns date language sql stable as $$
	select coalesce(nullif(current_setting('people.effective_on', true), '')::date, (now() at time zone a.time_zone)::date)
	from platform.agency a where a.agency_id = agency
$$;

create function people.keep_new_units() returns trigger language plpgsql as $$
begin
	insert into people.unit_version (agency_id, unit_id, valid_from, name, kind, code, parent_id, head_title, echelon)
	select agency_id, id, valid_from, name, kind, code, parent_id, head_title, echelon from new_rows
	on conflict do nothing;
	insert into people.headship (agency_id, unit_id, valid_from, person_id)
	select agency_id, id, valid_from, head_person_id from new_rows where head_person_id is not null
	on conflict do nothing;
	return null;
end $$;

create function people.keep_changed_units() returns trigger language plpgsql as $$
begin
	-- Leaders are refreshed after every change, and say nothing of a unit's history.
	if not exists (
		select from new_rows n join old_rows o on o.agency_id = n.agency_id and o.id = n.id
		where (n.name, n.kind, n.code, n.parent_id, n.head_title, n.echelon, n.head_person_id)
			is distinct from (o.name, o.kind, o.code, o.parent_id, o.head_title, o.echelon, o.head_person_id)
	) then return null; end if;
	insert into people.unit_version (agency_id, unit_id, valid_from, name, kind, code, parent_id, head_title, echelon)
	select n.agency_id, n.id, greatest(d.day, n.valid_from), n.name, n.kind, n.code, n.parent_id, n.head_title, n.echelon
	from new_rows n join old_rows o on o.agency_id = n.agency_id and o.id = n.id
	join (select agency_id, people.day_of_change(agency_id) as day from new_rows group by agency_id) d on d.agency_id = n.agency_id
	where (n.name, n.kind, n.code, n.parent_id, n.head_title, n.echelon)
		is distinct from (o.name, o.kind, o.code, o.parent_id, o.head_title, o.echelon)
	on conflict (agency_id, unit_id, valid_from) do update set name = excluded.name, kind = excluded.kind, code = excluded.code,
		parent_id = excluded.parent_id, head_title = excluded.head_title, echelon = excluded.echelon;
	-- A head leads from the TMT of the open post, where that is known and later than the head before; a command may say
	-- another day. What was written for later days is no longer true.
	with changed as (
		select n.agency_id, n.id, n.head_person_id, d.day, j.valid_from as since,
			nullif(current_setting('people.effective_on', true), '') is not null as told,
			(select max(h.valid_from) from people.headship h where h.agency_id = n.agency_id and h.unit_id = n.id) as last
		from new_rows n join old_rows o on o.agency_id = n.agency_id and o.id = n.id
		join (select agency_id, people.day_of_change(agency_id) as day from new_rows group by agency_id) d on d.agency_id = n.agency_id
		left join people.posting j on j.agency_id = n.agency_id and j.person_id = n.head_person_id and j.valid_to is null
		where n.head_person_id is distinct from o.head_person_id
	), dated as (
		select agency_id, id, head_person_id,
			case when told or since is null or since > day or since <= last then day else since end as day
		from changed
	), gone as (
		delete from people.headship h using dated
		where h.agency_id = dated.agency_id and h.unit_id = dated.id and h.valid_from > dated.day
	)
	insert into people.headship (agency_id, unit_id, valid_from, person_id)
	select agency_id, id, day, head_person_id from dated
	on conflict (agency_id, unit_id, valid_from) do update set person_id = excluded.person_id;
	return null;
end $$;

create trigger unit_history_new after insert on people.unit referencing new table as new_rows
	for each statement execute function people.keep_new_units();
create trigger unit_history_changed after update on people.unit referencing old table as old_rows new table as new_rows
	for each statement execute function people.keep_changed_units();

-- The day of a standing is that of the change of the row, which an import sets to when it was applied.
create function people.keep_new_standing() returns trigger language plpgsql as $$
begin
	insert into people.standing (agency_id, person_id, valid_from, grade, employment_kind, seen)
	select n.agency_id, n.id, coalesce(told.day, (n.changed_at at time zone a.time_zone)::date), n.grade, n.employment_kind, told.day is null
	from new_rows n join platform.agency a on a.agency_id = n.agency_id
	cross join (select nullif(current_setting('people.effective_on', true), '')::date as day) told
	on conflict do nothing;
	return null;
end $$;

create function people.keep_changed_standing() returns trigger language plpgsql as $$
begin
	-- What is copied from the history to the person is in the history.
	if current_setting('people.standing_known', true) = 'on' then return null; end if;
	insert into people.standing (agency_id, person_id, valid_from, grade, employment_kind, seen)
	select n.agency_id, n.id, coalesce(told.day, (n.changed_at at time zone a.time_zone)::date),
		case when n.grade is distinct from o.grade then n.grade end,
		case when n.employment_kind <> o.employment_kind then n.employment_kind end, told.day is null
	from new_rows n join old_rows o on o.agency_id = n.agency_id and o.id = n.id
	join platform.agency a on a.agency_id = n.agency_id
	cross join (select nullif(current_setting('people.effective_on', true), '')::date as day) told
	where (n.grade is distinct from o.grade and n.grade is not null) or n.employment_kind <> o.employment_kind
	on conflict (agency_id, person_id, valid_from) do update set grade = coalesce(excluded.grade, people.standing.grade),
		employment_kind = coalesce(excluded.employment_kind, people.standing.employment_kind), seen = excluded.seen and people.standing.seen;
	return null;
end $$;

create trigger person_standing_new after insert on people.person referencing new table as new_rows
	for each statement execute function people.keep_new_standing();
create trigger person_standing_changed after update on people.person referencing old table as old_rows new table as new_rows
	for each statement execute function people.keep_changed_standing();

-- ── What is known already ─────────────────────────────────────────────────────────────────────────────────────────────

insert into people.unit_version (agency_id, unit_id, valid_from, name, kind, code, parent_id, head_title, echelon)
select agency_id, id, valid_from, name, kind, code, parent_id, head_title, echelon from people.unit;
insert into people.headship (agency_id, unit_id, valid_from, person_id)
select u.agency_id, u.id, coalesce(j.valid_from, u.valid_from), u.head_person_id
from people.unit u
left join people.posting j on j.agency_id = u.agency_id and j.person_id = u.head_person_id and j.valid_to is null
where u.head_person_id is not null;
insert into people.standing (agency_id, person_id, valid_from, grade, employment_kind, seen)
select p.agency_id, p.id, (p.created_at at time zone a.time_zone)::date, p.grade, p.employment_kind, true
from people.person p join platform.agency a on a.agency_id = p.agency_id;
