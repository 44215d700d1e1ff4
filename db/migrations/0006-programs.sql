-- Programs and their immutable curriculum versions, written with partners.

create schema programs;
grant usage on schema programs to asah_app;

create table programs.program (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- program; pii:none
	code text not null, -- short code, e.g. PPP; pii:none
	name text not null check (length(name) between 3 and 200), -- name; pii:none
	form text not null, -- bentuk, code of domain.md §2, e.g. KL03; pii:none
	goal text not null default '', -- unit goal (visi/misi, Renstra) that it serves; pii:none
	version_id uuid, -- curriculum version in force; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, code)
);

create table programs.version (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- curriculum version; pii:none
	program_id uuid not null, -- program; pii:none
	number integer not null check (number > 0), -- 1, 2, 3 …; pii:none
	status text not null check (status in ('draft', 'review', 'in_force', 'retired')), -- a version in force never changes; pii:none
	reason text not null default '', -- why it was made, e.g. the finding that asked for it; pii:none
	based_on uuid, -- version it was copied from; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	in_force_at timestamptz, -- put in force at; pii:none
	in_force_by uuid, -- by whom; pii:basic
	primary key (agency_id, id),
	unique (agency_id, program_id, number),
	foreign key (agency_id, program_id) references programs.program
);
alter table programs.program add foreign key (agency_id, version_id) references programs.version;

create table programs.module (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- module (mata pelatihan); pii:none
	version_id uuid not null, -- curriculum version; pii:none
	sort integer not null, -- order; pii:none
	name text not null check (length(name) between 2 and 200), -- name; pii:none
	learning_hours numeric(6,2) not null check (learning_hours > 0), -- JP, 45 minutes each; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'self_paced', 'workplace')), -- how it is taught; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version on delete cascade
);
create index module_version on programs.module (agency_id, version_id);

create table programs.outcome (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- learning outcome; pii:none
	version_id uuid not null, -- curriculum version; pii:none
	sort integer not null, -- order; pii:none
	statement text not null check (length(statement) between 5 and 500), -- what the graduate can do; pii:none
	competency_id uuid not null, -- competency it raises; pii:none
	level smallint not null check (level between 1 and 5), -- to this level; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version on delete cascade,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index outcome_version on programs.outcome (agency_id, version_id);
create index outcome_competency on programs.outcome (agency_id, competency_id);

create table programs.review (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- a partner's advice; pii:none
	version_id uuid not null, -- on this version; pii:none
	link_id uuid, -- signed link it came by; pii:none
	partner text not null, -- name of the partner; pii:basic
	organisation text not null, -- university, NGO, professional body; pii:none
	advice text not null check (length(advice) between 10 and 5000), -- what they propose; pii:none
	decision text check (decision in ('adopted', 'partly', 'declined')), -- what became of it; pii:none
	answer text, -- reason given back to the partner; pii:none
	created_at timestamptz not null, -- received; pii:none
	decided_at timestamptz, -- answered; pii:none
	decided_by uuid, -- by whom; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version
);

select platform.isolate('programs.program', 'programs.version', 'programs.module', 'programs.outcome', 'programs.review');

-- A version in force is what certificates and classes point at: the database itself refuses to change it.
create function programs.refuse_frozen() returns trigger language plpgsql as $$
declare version uuid := coalesce(new.version_id, old.version_id); agency uuid := coalesce(new.agency_id, old.agency_id);
begin
	if exists (select from programs.version v where v.agency_id = agency and v.id = version and v.status in ('in_force', 'retired')) then
		raise exception 'curriculum version % is in force or retired and cannot change', version using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger module_frozen before insert or update or delete on programs.module for each row execute function programs.refuse_frozen();
create trigger outcome_frozen before insert or update or delete on programs.outcome for each row execute function programs.refuse_frozen();
