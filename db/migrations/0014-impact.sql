-- Impact: monthly indicators of units, and studies whose comparison is fixed before anyone looks.

create schema impact;
grant usage on schema impact to asah_app;

create table impact.indicator (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- indicator; pii:none
	code text not null, -- what people say, e.g. QUEUE; pii:none
	name text not null check (length(name) between 3 and 200), -- name; pii:none
	unit_of_measure text not null, -- minutes, points of the IKM …; pii:none
	better text not null check (better in ('lower', 'higher')), -- which way is better; pii:none
	source text not null, -- where the values come from; pii:none
	competency_id uuid, -- competency that should move it; pii:none
	primary key (agency_id, id),
	unique (agency_id, code),
	foreign key (agency_id, competency_id) references competencies.competency
);

create table impact.measurement (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	indicator_id uuid not null, -- indicator; pii:none
	unit_id uuid not null, -- measured where; pii:none
	period date not null check (extract(day from period) = 1), -- first day of the month measured; pii:none
	value numeric(14,4) not null, -- value in the indicator's unit of measure; pii:none
	primary key (agency_id, indicator_id, unit_id, period),
	foreign key (agency_id, indicator_id) references impact.indicator,
	foreign key (agency_id, unit_id) references people.unit
);
create index measurement_unit on impact.measurement (agency_id, unit_id, period);

create table impact.study (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- study; pii:none
	indicator_id uuid not null, -- what should change; pii:none
	program_id uuid not null, -- because of which program; pii:none
	plan_line_id uuid, -- plan line that paid for it; pii:none
	question text not null check (length(question) between 5 and 500), -- the question in words; pii:none
	design text not null check (design in ('before_after_comparison', 'staggered_start', 'lottery')), -- how the comparison came about; pii:none
	planned_before boolean not null, -- comparison units were named before the training began; pii:none
	smallest_useful numeric(14,4) check (smallest_useful > 0), -- smallest change worth having, null when nobody said; pii:none
	frozen_at timestamptz, -- fixed at: from then on neither study nor units change; pii:none
	frozen_by uuid, -- person who fixed it, null for an account without a personnel record; pii:basic
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, indicator_id) references impact.indicator,
	foreign key (agency_id, program_id) references programs.program,
	foreign key (agency_id, plan_line_id) references plans.line,
	foreign key (agency_id, frozen_by) references people.person,
	check (frozen_at is not null or frozen_by is null)
);
create index study_indicator on impact.study (agency_id, indicator_id);
create index study_program on impact.study (agency_id, program_id);
create index study_plan_line on impact.study (agency_id, plan_line_id);

create table impact.study_unit (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	study_id uuid not null, -- study; pii:none
	unit_id uuid not null, -- unit that takes part; pii:none
	treated boolean not null, -- gets the training; else it is compared with; pii:none
	treated_from date, -- from which month on it counts as trained; pii:none
	primary key (agency_id, study_id, unit_id),
	foreign key (agency_id, study_id) references impact.study on delete cascade,
	foreign key (agency_id, unit_id) references people.unit,
	check (treated or treated_from is null)
);
create index study_unit_unit on impact.study_unit (agency_id, unit_id);

select platform.isolate('impact.indicator', 'impact.measurement', 'impact.study', 'impact.study_unit');

-- A comparison that can still be picked after the figures are known proves nothing: the database refuses it.
create function impact.refuse_frozen_study() returns trigger language plpgsql as $$
begin
	if old.frozen_at is not null then
		raise exception 'study % is frozen and cannot change', old.id using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger study_frozen before update or delete on impact.study for each row execute function impact.refuse_frozen_study();

-- Both the study that a unit leaves and the one that it comes to; the lock keeps a freeze from passing in between.
create function impact.refuse_frozen_unit() returns trigger language plpgsql as $$
declare
	agency uuid := coalesce(new.agency_id, old.agency_id);
	frozen uuid;
begin
	perform from impact.study s where s.agency_id = agency and s.id in (new.study_id, old.study_id) order by s.id for share;
	select s.id into frozen from impact.study s
	where s.agency_id = agency and s.id in (new.study_id, old.study_id) and s.frozen_at is not null limit 1;
	if found then
		raise exception 'study % is frozen and its units cannot change', frozen using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger study_unit_frozen before insert or update or delete on impact.study_unit for each row execute function impact.refuse_frozen_unit();
