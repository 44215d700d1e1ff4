-- Templates of classes: what an office holds again and again, with its days counted from the first instead of dates.

create table classes.template (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- template; pii:none
	name text not null check (length(name) between 3 and 200), -- what the office calls it; pii:none
	purpose text not null default '' check (length(purpose) <= 500), -- when it is of use; pii:none
	program_id uuid, -- program it was made for, null when it serves any; pii:none
	form text, -- bentuk it suits, code of domain.md §2, null for any; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'blended', 'self_paced', 'workplace')), -- how it is taught; pii:none
	seats integer not null check (seats between 1 and 10000), -- people a class of it holds; pii:none
	place text not null default '' check (length(place) <= 200), -- building or address of the meeting; pii:none
	approval text not null default 'supervisor' check (approval in ('none', 'supervisor', 'office')), -- who must agree to a request; pii:none
	asks_days smallint check (asks_days between 0 and 365), -- last day to ask: so many days before the first, null until it starts; pii:none
	answer_hours smallint check (answer_hours between 1 and 720), -- hours to accept a seat that became free, null: given at once; pii:none
	attendance_percent smallint check (attendance_percent between 0 and 100), -- attendance needed to pass, null: what the program asks; pii:none
	retired_at timestamptz, -- no longer offered since; pii:none
	edition integer not null default 1, -- counts saves: a form made from an older one is refused; pii:none
	saved_by text not null, -- name of who saved it last; pii:basic
	saved_at timestamptz not null, -- when it was saved last; pii:none
	primary key (agency_id, id),
	constraint template_name unique (agency_id, name),
	foreign key (agency_id, program_id) references programs.program
);

create table classes.template_session (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	template_id uuid not null, -- template; pii:none
	sort smallint not null, -- order, from 1; pii:none
	day smallint not null check (day between 1 and 400), -- day of the class, the first is 1; pii:none
	weekend boolean not null default false, -- may stay on a Saturday or Sunday; pii:none
	from_time time not null, -- begins, on the agency's clock; pii:none
	minutes smallint not null check (minutes between 1 and 960), -- how long; pii:none
	topic text not null check (length(topic) between 2 and 200), -- what it is about; pii:none
	teaches boolean not null default true, -- counts JP: teaches a module; pii:none
	module text check (length(module) <= 300), -- name of the module, null: the next of the curriculum; pii:none
	mode text not null check (mode in ('class', 'field', 'online', 'self_paced', 'workplace')), -- how it is taught; pii:none
	place text not null default '' check (length(place) <= 200), -- place that is no room of the agency; pii:none
	room_id uuid, -- room it is usually held in; pii:none
	any_room boolean not null default false, -- takes the smallest free room that holds the class; pii:none
	facilitators text[] not null default '{}', -- in which parts it is taught, the leader first; pii:none
	primary key (agency_id, template_id, sort),
	foreign key (agency_id, template_id) references classes.template on delete cascade,
	foreign key (agency_id, room_id) references classes.room,
	check (facilitators <@ array['widyaiswara', 'instruktur', 'praktisi', 'pakar', 'tutor', 'coach', 'mentor', 'narasumber'])
);
create index template_session_room on classes.template_session (agency_id, room_id) where room_id is not null;

create table classes.template_prerequisite (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	template_id uuid not null, -- template; pii:none
	program_id uuid not null, -- program that must have been passed before; pii:none
	primary key (agency_id, template_id, program_id),
	foreign key (agency_id, template_id) references classes.template on delete cascade,
	foreign key (agency_id, program_id) references programs.program
);

create table classes.template_quota (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	template_id uuid not null, -- template; pii:none
	sort smallint not null, -- order, from 1; pii:none
	unit_id uuid, -- for this unit with all below it, null: for any; pii:none
	post_kind text check (post_kind in ('structural', 'functional', 'general', 'official')), -- for posts of this kind, null: for any; pii:none
	most integer not null check (most > 0), -- seats that they may hold together; pii:none
	primary key (agency_id, template_id, sort),
	foreign key (agency_id, template_id) references classes.template on delete cascade,
	foreign key (agency_id, unit_id) references people.unit,
	check (num_nonnulls(unit_id, post_kind) > 0),
	constraint template_quota_once unique nulls not distinct (agency_id, template_id, unit_id, post_kind)
);

select platform.isolate('classes.template', 'classes.template_session', 'classes.template_prerequisite', 'classes.template_quota');
