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
	revision integer not null default 1, -- counts saves: a form made from an older one is refused; pii:none
	primary key (agency_id, id),
	unique (agency_id, program_id, number),
	foreign key (agency_id, program_id) references programs.program,
	foreign key (agency_id, based_on) references programs.version
);
-- One draft at a time: two people working on two next versions would each lose the other's.
create unique index version_open on programs.version (agency_id, program_id) where status in ('draft', 'review');
create unique index version_in_force on programs.version (agency_id, program_id) where status = 'in_force';
alter table programs.program add foreign key (agency_id, version_id) references programs.version;

create table programs.module (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- module (mata pelatihan); pii:none
	version_id uuid not null, -- curriculum version; pii:none
	sort integer not null, -- order; pii:none
	name text not null check (length(name) between 2 and 200), -- name; pii:none
	learning_hours numeric(6,2) not null check (learning_hours > 0), -- JP, 45 minutes each; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'self_paced', 'workplace')), -- how it is taught; pii:none
	based_on uuid, -- module of the earlier version it was copied from: a renamed one stays the same one; pii:none
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
	based_on uuid, -- outcome of the earlier version it was copied from; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version on delete cascade,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index outcome_version on programs.outcome (agency_id, version_id);
create index outcome_competency on programs.outcome (agency_id, competency_id);

create table programs.invitation (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- a partner asked for advice; the same id as the link in platform.link; pii:none
	version_id uuid not null, -- on this version; pii:none
	partner text not null check (length(partner) between 2 and 200), -- name of the partner; pii:basic
	organisation text not null check (length(organisation) between 2 and 200), -- university, NGO, professional body, community; pii:none
	question text not null default '', -- what they are asked to look at; pii:none
	asked_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, id) references platform.link,
	foreign key (agency_id, version_id) references programs.version
);
create index invitation_version on programs.invitation (agency_id, version_id);

create table programs.review (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- a partner's advice; pii:none
	version_id uuid not null, -- on this version; pii:none
	link_id uuid, -- invitation it came by, null when written down from a meeting; pii:none
	partner text not null, -- name of the partner; pii:basic
	organisation text not null, -- university, NGO, professional body; pii:none
	advice text not null check (length(advice) between 10 and 5000), -- what they propose; pii:none
	decision text check (decision in ('adopted', 'partly', 'declined')), -- what became of it; pii:none
	answer text, -- reason given back to the partner; pii:none
	created_at timestamptz not null, -- received; pii:none
	decided_at timestamptz, -- answered; pii:none
	decided_by uuid, -- by whom; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version,
	foreign key (agency_id, link_id) references programs.invitation,
	check ((decision is null) = (decided_at is null) and (decision is null or length(answer) > 0))
);
create index review_version on programs.review (agency_id, version_id);
create index review_link on programs.review (agency_id, link_id);

select platform.isolate('programs.program', 'programs.version', 'programs.module', 'programs.outcome', 'programs.invitation',
	'programs.review');

-- A version in force is what certificates and classes point at: the database itself refuses to change it. The version
-- is share-locked while its parts change, so that it cannot come into force halfway through.
create function programs.refuse_frozen() returns trigger language plpgsql as $$
declare version record;
begin
	-- Both ends of a move: a module may neither leave nor join a version in force.
	for version in
		select v.id, v.status from programs.version v
		where (tg_op <> 'INSERT' and v.agency_id = old.agency_id and v.id = old.version_id)
			or (tg_op <> 'DELETE' and v.agency_id = new.agency_id and v.id = new.version_id)
		for share
	loop
		if version.status in ('in_force', 'retired') then
			raise exception 'curriculum version % is in force or retired and cannot change', version.id using errcode = 'AS001';
		end if;
	end loop;
	return coalesce(new, old);
end $$;
create trigger module_frozen before insert or update or delete on programs.module for each row execute function programs.refuse_frozen();
create trigger outcome_frozen before insert or update or delete on programs.outcome for each row execute function programs.refuse_frozen();

-- Of a version in force only one thing can still happen: it is retired.
create function programs.refuse_unfreezing() returns trigger language plpgsql as $$
begin
	if old.status in ('draft', 'review') then return coalesce(new, old); end if;
	if tg_op = 'UPDATE' and old.status = 'in_force' and new.status = 'retired'
		and (to_jsonb(new) - 'status') = (to_jsonb(old) - 'status') then return new; end if;
	raise exception 'curriculum version % is in force or retired and cannot change', old.id using errcode = 'AS001';
end $$;
create trigger version_frozen before update or delete on programs.version for each row execute function programs.refuse_unfreezing();
