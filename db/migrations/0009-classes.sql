-- Classes of a curriculum version: sessions, registrations with their waiting list, attendance.

create schema classes;
grant usage on schema classes to asah_app;

create table classes.class (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- class; pii:none
	code text not null check (length(code) between 2 and 40), -- what people say, e.g. PPP-2026-3; pii:none
	name text not null check (length(name) between 3 and 200), -- what people see; pii:none
	plan_line_id uuid, -- plan line it carries out, null when it was not planned; pii:none
	version_id uuid not null, -- curriculum version it teaches; pii:none
	form text not null, -- bentuk, code of domain.md §2, e.g. KL03; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'blended', 'self_paced', 'workplace')), -- how it is taught; pii:none
	status text not null check (status in ('planned', 'open', 'running', 'finished', 'cancelled')), -- where it stands; pii:none
	seats integer not null check (seats > 0), -- people it holds; pii:none
	place text not null default '', -- building or address of the meeting; pii:none
	starts_on date not null, -- first day; pii:none
	ends_on date not null check (ends_on >= starts_on), -- last day; pii:none
	abroad boolean not null default false, -- held abroad: other JP rates; pii:none
	attendance_percent smallint not null default 85 check (attendance_percent between 0 and 100), -- attendance needed to pass; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, code),
	foreign key (agency_id, plan_line_id) references plans.line,
	foreign key (agency_id, version_id) references programs.version
);
create index class_list on classes.class (agency_id, starts_on desc, id);
create index class_plan_line on classes.class (agency_id, plan_line_id);
create index class_version on classes.class (agency_id, version_id);

create table classes.session (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- session; pii:none
	class_id uuid not null, -- class it belongs to; pii:none
	sort integer not null, -- order; pii:none
	topic text not null check (length(topic) between 2 and 200), -- what it is about; pii:none
	module_id uuid, -- module it teaches, null for openings, tests and the like; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'self_paced', 'workplace')), -- how it is taught; pii:none
	place text not null default '', -- room or link; pii:none
	starts_at timestamptz not null, -- begins; pii:none
	ends_at timestamptz not null, -- ends; pii:none
	facilitator_id uuid, -- person who teaches it; pii:basic
	learning_hours numeric(6,2) not null check (learning_hours >= 0), -- JP, 45 minutes each; pii:none
	cancelled_at timestamptz, -- called off at: its facilitator is free again; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class on delete cascade,
	foreign key (agency_id, module_id) references programs.module,
	foreign key (agency_id, facilitator_id) references people.person,
	check (ends_at > starts_at),
	constraint session_facilitator_free exclude using gist (agency_id with =, facilitator_id with =, tstzrange(starts_at, ends_at) with &&)
		where (facilitator_id is not null and cancelled_at is null)
);
create index session_class on classes.session (agency_id, class_id, starts_at);
create index session_module on classes.session (agency_id, module_id);

create table classes.registration (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- registration; pii:none
	class_id uuid not null, -- class; pii:none
	person_id uuid not null, -- who takes part; pii:basic
	status text not null check (status in ('requested', 'waiting', 'enrolled', 'rejected', 'withdrawn', 'passed', 'failed')), -- where it stands; pii:basic
	requested_at timestamptz not null, -- asked at; pii:none
	requested_by uuid, -- person who asked, null for an account without a personnel record; pii:basic
	decided_by uuid, -- person who approved, rejected or passed it, null when a free seat promoted it; pii:basic
	decided_at timestamptz, -- last decided at; pii:none
	note text not null default '', -- reason given; pii:basic
	waiting_since timestamptz, -- place in the waiting list: the earliest is promoted first; pii:none
	primary key (agency_id, id),
	unique (agency_id, class_id, person_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, requested_by) references people.person,
	foreign key (agency_id, decided_by) references people.person,
	check (status <> 'waiting' or waiting_since is not null)
);
create index registration_person on classes.registration (agency_id, person_id, status);
create index registration_waiting on classes.registration (agency_id, class_id, waiting_since) where status = 'waiting';

create table classes.attendance (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- who; pii:basic
	status text not null check (status in ('present', 'late', 'excused', 'absent')), -- were they there; pii:basic
	marked_by uuid, -- person who marked it, null for an account without a personnel record; pii:basic
	marked_at timestamptz not null, -- when; pii:none
	primary key (agency_id, session_id, person_id),
	foreign key (agency_id, session_id) references classes.session,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, marked_by) references people.person
);
create index attendance_person on classes.attendance (agency_id, person_id);

select platform.isolate('classes.class', 'classes.session', 'classes.registration', 'classes.attendance');
