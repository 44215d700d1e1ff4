-- Impact: series of people beside those of units, kept apart from them (docs/decisions/0057), and studies of people.

alter table impact.indicator
	add column subject text not null default 'unit' check (subject in ('unit', 'person')); -- whose figures: of units or of people; stays once there are any; pii:none

create table impact.person_measurement (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	indicator_id uuid not null, -- indicator; pii:none
	person_id uuid not null, -- whose figure; pii:basic
	period date not null check (extract(day from period) = 1), -- first day of the period measured; pii:none
	unit_id uuid not null, -- where they worked when the period began: groups stay those of that time; pii:basic
	value numeric(14,4) not null, -- value in the indicator's unit of measure; pii:sensitive
	primary key (agency_id, indicator_id, person_id, period),
	foreign key (agency_id, indicator_id) references impact.indicator,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit
);
create index person_measurement_person on impact.person_measurement (agency_id, person_id);
create index person_measurement_unit on impact.person_measurement (agency_id, unit_id);

-- A figure that is replaced stays readable, for whom it is about too.
create table impact.person_measurement_change (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	indicator_id uuid not null, -- indicator; pii:none
	person_id uuid not null, -- whose figure; pii:basic
	period date not null, -- measured when; pii:none
	changed_at timestamptz not null, -- when it was corrected; pii:none
	was numeric(14,4) not null, -- value before; pii:sensitive
	becomes numeric(14,4) not null check (becomes <> was), -- value since; pii:sensitive
	reason text not null check (length(reason) between 5 and 500), -- why; pii:basic
	changed_by_name text not null, -- who corrected it; pii:basic
	primary key (agency_id, indicator_id, person_id, period, changed_at),
	foreign key (agency_id, indicator_id, person_id, period) references impact.person_measurement
);
create trigger person_measurement_change_kept before update or delete on impact.person_measurement_change
	for each row execute function impact.refuse_rewriting();

-- Who takes part in a study of people. Papers know them by a code that was drawn by chance and leads back to nobody.
create table impact.study_person (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	study_id uuid not null, -- study; pii:none
	person_id uuid not null, -- who takes part; pii:basic
	code text not null check (code ~ '^O[0-9]+$'), -- what plan and lottery call them; pii:basic
	unit_id uuid not null, -- where they worked when they were chosen: errors are counted together by it; pii:basic
	treated boolean not null, -- gets the training; else they are compared with; pii:basic
	treated_from date, -- from which month on they count as trained; pii:basic
	lot integer check (lot >= 0), -- place in the lottery, 0: applied and not drawn yet, null: took no part in it; pii:basic
	primary key (agency_id, study_id, person_id),
	unique (agency_id, study_id, code),
	foreign key (agency_id, study_id) references impact.study on delete cascade,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit,
	check (treated or treated_from is null)
);
create index study_person_person on impact.study_person (agency_id, person_id);
create index study_person_unit on impact.study_person (agency_id, unit_id);
create trigger study_person_frozen before insert or update or delete on impact.study_person
	for each row execute function impact.refuse_frozen_unit();

-- How a study's people were found; all null for a study of units.
alter table impact.study
	add column treated_by text check (treated_by in ('passed', 'applicants', 'listed')), -- passed classes, applied for a place, or a list of names; pii:none
	add column compared_with text check (compared_with in ('waiting', 'unit', 'post', 'listed')), -- waiting list, same unit, same post, or a list of names; pii:none
	add column classes_from date, -- of classes that ended from this day; pii:none
	add column classes_to date, -- to this day; pii:none
	add constraint study_people check (classes_to >= classes_from and (treated_by is not null or coalesce(compared_with, classes_from::text, classes_to::text) is null));
alter table impact.study drop constraint study_covariates_check;
alter table impact.study add constraint study_covariates_check
	check (covariates <@ array['level', 'trend', 'people', 'grade', 'age', 'post', 'kind']);

select platform.isolate('impact.person_measurement', 'impact.person_measurement_change', 'impact.study_person');

-- Units and people alike: who takes part, and the unit they stand in.
create view impact.study_subject with (security_invoker = true) as
select agency_id, study_id, unit_id as subject_id, unit_id, treated, treated_from, lot from impact.study_unit
union all
select agency_id, study_id, person_id, unit_id, treated, treated_from, lot from impact.study_person;
grant select on impact.study_subject to asah_app;

-- A person's figure can never stand among those of units, where others may read it; asked once a statement.
create function impact.refuse_other_subject() returns trigger language plpgsql as $$
begin
	if exists (
		select from (select distinct agency_id, indicator_id from added) a
		join impact.indicator i on i.agency_id = a.agency_id and i.id = a.indicator_id
		where i.subject <> tg_argv[0]
	) then
		raise exception 'figures of a % under an indicator of something else', tg_argv[0] using errcode = 'AS001';
	end if;
	return null;
end $$;
create trigger measurement_subject after insert on impact.measurement referencing new table as added
	for each statement execute function impact.refuse_other_subject('unit');
create trigger person_measurement_subject after insert on impact.person_measurement referencing new table as added
	for each statement execute function impact.refuse_other_subject('person');

create function impact.refuse_new_subject() returns trigger language plpgsql as $$
begin
	if exists (select from impact.measurement m where m.agency_id = old.agency_id and m.indicator_id = old.id)
		or exists (select from impact.person_measurement m where m.agency_id = old.agency_id and m.indicator_id = old.id)
		or exists (select from impact.study s where s.agency_id = old.agency_id and s.indicator_id = old.id)
		or exists (select from impact.study_outcome o where o.agency_id = old.agency_id and o.indicator_id = old.id) then
		raise exception 'indicator % has figures or studies and keeps its subject', old.id using errcode = 'AS001';
	end if;
	return new;
end $$;
create trigger indicator_subject_kept before update on impact.indicator
	for each row when (new.subject <> old.subject) execute function impact.refuse_new_subject();
