-- Impact: what an indicator means, since when, within which values; and what its measurements were before they were corrected.

alter table impact.indicator
	add column cadence text not null default 'month' check (cadence in ('month', 'quarter', 'half', 'year')), -- one value per unit and such period; pii:none
	add column owner_unit_id uuid, -- unit that answers for the figures; pii:none
	add column owner_person_id uuid, -- person who answers for them; pii:basic
	add column lowest numeric(14,4), -- smallest value that can be true, null when nobody said; pii:none
	add column highest numeric(14,4), -- largest value that can be true, null when nobody said; pii:none
	add column retired_on date, -- no figures are taken from this day on; pii:none
	add foreign key (agency_id, owner_unit_id) references people.unit,
	add foreign key (agency_id, owner_person_id) references people.person,
	add check (lowest < highest);
create index indicator_owner_unit on impact.indicator (agency_id, owner_unit_id);
create index indicator_owner_person on impact.indicator (agency_id, owner_person_id);
create index indicator_competency on impact.indicator (agency_id, competency_id);

-- Versions are only added: what was measured under an older one keeps its meaning.
create table impact.indicator_version (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	indicator_id uuid not null, -- indicator; pii:none
	version integer not null check (version > 0), -- counted from 1; pii:none
	valid_from date check (extract(day from valid_from) = 1), -- first period measured so, null for the first version; pii:none
	definition text not null check (length(definition) between 5 and 4000), -- what is counted, where, how; pii:none
	reason text not null, -- why it changed, empty for the first version; pii:none
	set_by_name text not null, -- who wrote it; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, indicator_id, version),
	unique (agency_id, indicator_id, valid_from),
	foreign key (agency_id, indicator_id) references impact.indicator,
	check ((version = 1) = (valid_from is null))
);

-- A figure that is replaced stays readable.
create table impact.measurement_change (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	indicator_id uuid not null, -- indicator; pii:none
	unit_id uuid not null, -- measured where; pii:none
	period date not null, -- measured when; pii:none
	changed_at timestamptz not null, -- when it was corrected; pii:none
	was numeric(14,4) not null, -- value before; pii:none
	becomes numeric(14,4) not null check (becomes <> was), -- value since; pii:none
	reason text not null check (length(reason) between 5 and 500), -- why; pii:none
	changed_by_name text not null, -- who corrected it; pii:basic
	primary key (agency_id, indicator_id, unit_id, period, changed_at),
	foreign key (agency_id, indicator_id, unit_id, period) references impact.measurement
);
create index measurement_change_newest on impact.measurement_change (agency_id, indicator_id, changed_at desc);

select platform.isolate('impact.indicator_version', 'impact.measurement_change');

create function impact.refuse_rewriting() returns trigger language plpgsql as $$
begin
	raise exception 'kept as it was: % only grows', tg_table_name using errcode = 'AS001';
end $$;
create trigger indicator_version_kept before update or delete on impact.indicator_version
	for each row execute function impact.refuse_rewriting();
create trigger measurement_change_kept before update or delete on impact.measurement_change
	for each row execute function impact.refuse_rewriting();
