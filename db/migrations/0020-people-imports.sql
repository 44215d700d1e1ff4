-- The import office: kinds of file as a registry, mappings that an agency taught, undo, where values came from, and what
-- two of the kinds bring (education, performance).

alter table people.import
	drop constraint import_kind_check,
	add constraint import_kind_check check (kind ~ '^[a-z][A-Za-z.]{1,59}$'),
	drop constraint import_status_check,
	add constraint import_status_check check (status in ('checked', 'applied', 'discarded', 'expired', 'undone')),
	add column undone_at timestamptz,
	add column undone_by text;
comment on column people.import.undone_at is 'taken back at; pii:none';
comment on column people.import.undone_by is 'by whom; pii:basic';
create index import_waiting on people.import (agency_id, created_at) where status = 'checked';

-- Cells live only as long as the dry run; what undoing and the source of a value need stays: row, subject, changes, before.
alter table people.import_row
	add column cells jsonb,
	add column before jsonb;
comment on column people.import_row.cells is 'cells of the kept columns as the file writes them, to give the file back marked; emptied with the dry run; pii:basic';
comment on column people.import_row.before is 'what stood there before it was applied, beyond changes, for undoing; emptied after 30 days; pii:basic';
-- What was applied before keeps no more than what is applied from now on.
update people.import_row r set label = '', data = '{}', problems = null from people.import i
	where i.agency_id = r.agency_id and i.id = r.import_id and i.status = 'applied' and r.outcome <> 'wrong';
create index import_row_subject on people.import_row (agency_id, subject_id, import_id);

-- Which import wrote a unit or a post last, and from which row.
alter table people.unit add column import_id uuid, add column import_row integer;
comment on column people.unit.import_id is 'import that last wrote this row; pii:none';
comment on column people.unit.import_row is 'and its row in the file; pii:none';
alter table people.posting add column import_id uuid, add column import_row integer;
comment on column people.posting.import_id is 'import that last wrote this row; pii:none';
comment on column people.posting.import_row is 'and its row in the file; pii:none';

create table people.import_mapping (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	kind text not null, -- kind of file; pii:none
	header text not null check (length(header) between 1 and 200), -- header of the file, folded to letters and digits; pii:none
	column_name text not null, -- column of the kind that it means; pii:none
	made_by text not null, -- who said so; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, kind, header)
);

create table people.departure (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- departure; pii:none
	person_id uuid not null, -- who no longer works here; pii:basic
	reason text not null check (reason in ('retired', 'moved', 'resigned', 'dismissed', 'died')), -- why; pii:basic
	note text not null default '', -- number of the decree or letter; pii:basic
	import_id uuid, -- import that did not name the person; pii:none
	status_before text not null, -- kedudukan hukum until then; pii:basic
	made_by text not null, -- who confirmed it, by name; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person
);
create index departure_person on people.departure (agency_id, person_id);

create table people.education (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- entry; pii:none
	person_id uuid not null, -- who; pii:basic
	level text not null, -- S1, D3 … in the short form of office lists; pii:basic
	study text not null default '', -- field of study as the file writes it; pii:basic
	graduated smallint check (graduated between 1940 and 2200), -- year of graduation; pii:basic
	import_id uuid, -- import that last wrote this row; pii:none
	import_row integer, -- and its row in the file; pii:none
	primary key (agency_id, id),
	constraint education_once unique (agency_id, person_id, level, study),
	foreign key (agency_id, person_id) references people.person
);

create table people.performance_rating (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rating; pii:none
	person_id uuid not null, -- who was rated; pii:basic
	year smallint not null check (year between 2015 and 2200), -- year of the SKP; pii:basic
	period text not null check (period ~ '^(year|q[1-4]|m(0[1-9]|1[0-2]))$'), -- the year, a quarter or a month of it; pii:basic
	work smallint check (work between 1 and 3), -- work results: 1 above, 2 as, 3 below expectation; pii:basic
	behaviour smallint check (behaviour between 1 and 3), -- behaviour, likewise; pii:basic
	predicate smallint not null check (predicate between 1 and 5), -- 1 Sangat Baik, 2 Baik, 3 Butuh Perbaikan, 4 Kurang, 5 Sangat Kurang; pii:basic
	import_id uuid, -- import that last wrote this row; pii:none
	import_row integer, -- and its row in the file; pii:none
	primary key (agency_id, id),
	constraint performance_rating_once unique (agency_id, person_id, year, period),
	foreign key (agency_id, person_id) references people.person
);
create index performance_rating_year on people.performance_rating (agency_id, year, predicate);

-- What refers to the things that an import made, table by table; `beside` are tables that undoing takes away itself.
create function people.import_dependants(agency uuid, import uuid, target regclass, beside text[])
returns table (place text, many integer) language plpgsql stable as $$
declare link record;
begin
	for link in
		select k.conrelid::regclass as referrer, n.nspname || '.' || c.relname as name, a.attname as referring
		from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
		join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
		where k.contype = 'f' and k.confrelid = target and not (n.nspname || '.' || c.relname = any (beside))
	loop
		place := link.name;
		execute format('select count(*)::int from %s t where t.agency_id = $1 and t.%I in (select subject_id from people.import_row'
			' where agency_id = $1 and import_id = $2 and outcome = ''new'')', link.referrer, link.referring)
			into many using agency, import;
		if many > 0 then return next; end if;
	end loop;
end $$;

-- Histories that follow by themselves from a person or a unit go with those that an import made.
create function people.import_forget(agency uuid, import uuid) returns void language plpgsql as $$
declare link record;
begin
	for link in
		select v.name, v.referring from (values ('people.standing', 'person_id'), ('people.headship', 'person_id'),
			('people.headship', 'unit_id'), ('people.unit_version', 'unit_id')) as v(name, referring)
		where to_regclass(v.name) is not null
	loop
		execute format('delete from %s t where t.agency_id = $1 and t.%I in (select subject_id from people.import_row'
			' where agency_id = $1 and import_id = $2 and outcome = ''new'')', link.name, link.referring) using agency, import;
	end loop;
end $$;

select platform.isolate('people.import_mapping', 'people.departure', 'people.education', 'people.performance_rating');
