-- Who is away when, and the splitting of nominated people over the classes of a program so that no counter falls below
-- its minimum.

create table classes.absence (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- absence; pii:none
	person_id uuid not null, -- who is away; pii:basic
	kind text not null check (kind in ('leave', 'duty')), -- cuti, or dinas luar and other duty elsewhere; why a leave is taken is nobody's business here; pii:basic
	starts_on date not null, -- first day away; pii:basic
	ends_on date not null check (ends_on >= starts_on), -- last day away; pii:basic
	source text not null default '' check (length(source) <= 200), -- number of the letter it rests on; pii:basic
	created_by text not null, -- account that wrote it down; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	-- As one text, as in people.posting.
	constraint absence_once exclude using gist
		((agency_id::text || person_id::text) with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index absence_person on classes.absence (agency_id, person_id, starts_on);
create index absence_days on classes.absence (agency_id, ends_on);

create table classes.split (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- split; pii:none
	plan_line_id uuid, -- plan line whose people are split, null when the classes are outside the plan; pii:none
	program_id uuid not null, -- program that all its classes teach; pii:none
	mixing text not null check (mixing in ('free', 'mixed', 'together')), -- units as it comes, spread over classes, or kept in one; pii:none
	status text not null check (status in ('draft', 'solved', 'applied')), -- where it stands; pii:none
	worth numeric(14,2), -- value of the answer in the model's coin, null until solved; pii:none
	bound numeric(14,2), -- no split can be worth more; pii:none
	seconds numeric(8,2), -- how long the solver took; pii:none
	solved_at timestamptz, -- when it was solved last; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	applied_at timestamptz, -- its people were seated at; pii:none
	applied_by uuid, -- by whom; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, plan_line_id) references plans.line,
	foreign key (agency_id, program_id) references programs.program,
	foreign key (agency_id, applied_by) references people.person,
	check ((status = 'applied') = (applied_at is not null))
);
create index split_line on classes.split (agency_id, plan_line_id);
create index split_recent on classes.split (agency_id, created_at desc);

create table classes.split_class (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	split_id uuid not null, -- split; pii:none
	class_id uuid not null, -- class that is one of its cohorts; pii:none
	place_unit_id uuid, -- kecamatan where it meets, null when nobody said: then distance does not count; pii:none
	primary key (agency_id, split_id, class_id),
	foreign key (agency_id, split_id) references classes.split on delete cascade,
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, place_unit_id) references people.unit
);
create index split_class_class on classes.split_class (agency_id, class_id);

create table classes.split_person (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	split_id uuid not null, -- split; pii:none
	person_id uuid not null, -- nominated person; pii:basic
	gap smallint not null default 0 check (gap between 0 and 10), -- what they lack, in half levels; pii:sensitive
	class_id uuid, -- class where they are put, null while they have none; pii:basic
	by_hand boolean not null default false, -- put there by a person: solving again leaves it; pii:none
	primary key (agency_id, split_id, person_id),
	foreign key (agency_id, split_id) references classes.split on delete cascade,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, split_id, class_id) references classes.split_class,
	check (not by_hand or class_id is not null)
);
create index split_person_person on classes.split_person (agency_id, person_id);

create table classes.split_wish (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	split_id uuid not null, -- split; pii:none
	person_id uuid not null, -- who wishes; pii:basic
	class_id uuid not null, -- about this class; pii:basic
	wish text not null check (wish in ('wanted', 'forbidden')), -- would like it, or cannot; pii:basic
	primary key (agency_id, split_id, person_id, class_id),
	foreign key (agency_id, split_id, person_id) references classes.split_person on delete cascade,
	foreign key (agency_id, split_id, class_id) references classes.split_class on delete cascade
);

select platform.isolate('classes.absence', 'classes.split', 'classes.split_class', 'classes.split_person', 'classes.split_wish');
