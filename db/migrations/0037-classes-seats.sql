-- How seats are asked for and given: who must agree and until when, who may come, seats offered with time to answer,
-- deputies of a supervisor who is away, replacements, and who did not come.

alter table classes.class
	add column approval text not null default 'supervisor' check (approval in ('none', 'supervisor', 'office')), -- who must agree to a request: nobody, the supervisor, or the office after the supervisor; pii:none
	add column asks_until date, -- last day to ask for a seat, null until the class starts; pii:none
	add column answer_hours smallint check (answer_hours between 1 and 720); -- hours to accept a seat that became free, null: whoever waits gets it at once; pii:none

alter table classes.registration drop constraint registration_status_check;
alter table classes.registration
	add constraint registration_status_check check (status in ('requested', 'approved', 'waiting', 'offered', 'enrolled', 'rejected', 'withdrawn', 'passed', 'failed')),
	add column answer_by timestamptz, -- the offered seat is theirs until then; pii:none
	add column escalated_at timestamptz, -- the supervisor let the time pass, the next above may decide since; pii:none
	add column replaces_id uuid, -- registration in whose seat this person came; pii:none
	add column no_show boolean not null default false, -- held a seat and came to no session without an excuse; pii:basic
	add constraint registration_offer check (status <> 'offered' or answer_by is not null),
	add constraint registration_replaces foreign key (agency_id, replaces_id) references classes.registration;
create index registration_offered on classes.registration (agency_id, answer_by) where status = 'offered';
create index registration_undecided on classes.registration (agency_id, requested_at) where status = 'requested';
create index registration_replaces on classes.registration (agency_id, replaces_id) where replaces_id is not null;

create table classes.prerequisite (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	class_id uuid not null, -- class; pii:none
	program_id uuid not null, -- program that must have been passed before; pii:none
	primary key (agency_id, class_id, program_id),
	foreign key (agency_id, class_id) references classes.class on delete cascade,
	foreign key (agency_id, program_id) references programs.program
);

create table classes.quota (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- quota; pii:none
	class_id uuid not null, -- class; pii:none
	unit_id uuid, -- for this unit with all below it, null: for any; pii:none
	post_kind text check (post_kind in ('structural', 'functional', 'general', 'official')), -- for posts of this kind, null: for any; pii:none
	most integer not null check (most > 0), -- seats that they may hold together; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class on delete cascade,
	foreign key (agency_id, unit_id) references people.unit,
	check (num_nonnulls(unit_id, post_kind) > 0),
	constraint quota_once unique nulls not distinct (agency_id, class_id, unit_id, post_kind)
);

create table classes.deputy (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- deputy; pii:none
	supervisor_id uuid not null, -- who is away; pii:basic
	deputy_id uuid not null, -- who decides requests of the team meanwhile; pii:basic
	valid_from date not null, -- from; pii:basic
	valid_to date not null, -- last day; pii:basic
	named_by text not null, -- account that named them; pii:basic
	named_at timestamptz not null, -- when; pii:none
	ended_at timestamptz, -- ended before its last day; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, supervisor_id) references people.person (agency_id, id),
	foreign key (agency_id, deputy_id) references people.person (agency_id, id),
	check (valid_to >= valid_from),
	check (supervisor_id <> deputy_id),
	constraint deputy_one exclude using gist
		((agency_id::text || supervisor_id::text) with =, daterange(valid_from, valid_to, '[]') with &&) where (ended_at is null)
);
create index deputy_of on classes.deputy (agency_id, deputy_id, valid_to);

create table classes.seat_policy (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	decide_hours smallint not null check (decide_hours between 1 and 720), -- hours a supervisor has, then the next above may decide too; pii:none
	no_shows smallint not null check (no_shows between 1 and 20), -- so many seats left empty …; pii:none
	no_show_months smallint not null check (no_show_months between 1 and 60), -- … within so many months, and the office must agree to a request; pii:none
	primary key (agency_id)
);

select platform.isolate('classes.prerequisite', 'classes.quota', 'classes.deputy', 'classes.seat_policy');
