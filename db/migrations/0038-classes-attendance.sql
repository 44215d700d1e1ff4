-- Attendance by code: rotating codes, checks of place, what was refused, paper lists, corrections.

-- A field session is a point on a map with a radius (also added by whoever plans rooms; whichever comes first).
alter table classes.session
	add column if not exists latitude double precision,
	add column if not exists longitude double precision,
	add column if not exists radius_m integer;
comment on column classes.session.latitude is 'point of a session in the field, WGS 84 degrees; pii:none';
comment on column classes.session.longitude is 'point of a session in the field, WGS 84 degrees; pii:none';
comment on column classes.session.radius_m is 'how far from that point still counts as there, metres; pii:none';

-- Attendance that a program asks for unless a class says otherwise.
alter table programs.program
	add column attendance_percent smallint not null default 85 check (attendance_percent between 0 and 100);
comment on column programs.program.attendance_percent is 'attendance a new class of it asks for; pii:none';

create table classes.sheet (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session whose attendance is taken by codes; pii:none
	secret text not null check (length(secret) >= 43), -- key of its codes, 256 random bits; never leaves the server; pii:none
	late_minutes smallint not null check (late_minutes between 0 and 240), -- who comes later than this after the beginning is late; pii:none
	check_out boolean not null, -- leaving is taken by code too; pii:none
	opened_by uuid, -- person who began taking it, null for an account without a personnel record; pii:basic
	opened_at timestamptz not null, -- when; pii:none
	closed_by uuid, -- person who closed the sheet; pii:basic
	closed_at timestamptz, -- closed at: from then on only corrections; pii:none
	primary key (agency_id, session_id),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	foreign key (agency_id, opened_by) references people.person,
	foreign key (agency_id, closed_by) references people.person
);

alter table classes.attendance
	add column via text not null default 'hand' check (via in ('hand', 'qr', 'voice', 'request')),
	add column checked_in_at timestamptz,
	add column checked_out_at timestamptz,
	add column sent_at timestamptz,
	add column device text,
	add column accuracy text check (accuracy in ('good', 'fair', 'poor'));
comment on column classes.attendance.via is 'how it was marked: by hand, by the code on the screen, by the spoken code, or as answer to a request; pii:none';
comment on column classes.attendance.checked_in_at is 'came at, by code; pii:basic';
comment on column classes.attendance.checked_out_at is 'left at, by code; pii:basic';
comment on column classes.attendance.sent_at is 'a scan without signal reached the server at, null when it came at once; pii:none';
comment on column classes.attendance.device is 'sha256 of the browser''s own random mark: one device checks in one person a session; pii:basic';
comment on column classes.attendance.accuracy is 'how sure the phone was of being inside the radius; the position itself is never kept; pii:basic';
create unique index attendance_device on classes.attendance (agency_id, session_id, device) where device is not null;

create table classes.refused_scan (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- who tried; pii:basic
	reason text not null, -- code of the refusal, e.g. expired; pii:basic
	facts jsonb not null default '{}', -- what the refusal names (minutes, metres, hour); pii:basic
	times integer not null check (times > 0), -- how often; pii:none
	said_at timestamptz not null, -- when it happened by the device, corrected by its clock; pii:none
	at timestamptz not null, -- last reached the server; pii:none
	sent_later boolean not null, -- was kept on the device without signal; pii:none
	primary key (agency_id, session_id, person_id, reason),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index refused_scan_person on classes.refused_scan (agency_id, person_id, at desc);

create table classes.contact (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	person_id uuid not null, -- who; pii:basic
	device text not null, -- sha256 of the browser's own random mark; pii:basic
	at timestamptz not null, -- last heard from: a scan from before that was not without signal; pii:basic
	skew_s integer not null, -- how far its clock was ahead of ours then, seconds; pii:none
	primary key (agency_id, person_id, device),
	foreign key (agency_id, person_id) references people.person
);

create table classes.sheet_page (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- page of a signed list; pii:none
	session_id uuid not null, -- session; pii:none
	file_id uuid not null, -- scan or photo in platform.file; pii:none
	note text not null default '' check (length(note) <= 200), -- what it shows; pii:none
	added_by uuid, -- by whom; pii:basic
	added_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	foreign key (agency_id, file_id) references platform.file,
	foreign key (agency_id, added_by) references people.person
);
create index sheet_page_session on classes.sheet_page (agency_id, session_id, added_at);

create table classes.attendance_request (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- asks for another mark, or to be excused; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- whose mark; pii:basic
	status text not null check (status in ('asked', 'accepted', 'declined', 'withdrawn')), -- where it stands; pii:basic
	wanted text not null check (wanted in ('present', 'late', 'excused', 'absent')), -- mark that is asked for; pii:basic
	reason text not null check (length(reason) between 5 and 1000), -- why; pii:sensitive
	evidence_id uuid, -- proof in platform.file, e.g. a doctor's letter; pii:sensitive
	asked_by uuid, -- who asked; pii:basic
	asked_at timestamptz not null, -- when; pii:none
	old_mark text check (old_mark in ('present', 'late', 'excused', 'absent')), -- mark before, null without one; pii:basic
	decided_by uuid, -- who decided; pii:basic
	decided_at timestamptz, -- when; pii:none
	answer text not null default '' check (length(answer) <= 1000), -- reason given back; pii:basic
	old_outcome text, -- passed or failed before, when the class was over; pii:basic
	new_outcome text, -- and after; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, session_id) references classes.session,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, evidence_id) references platform.file,
	foreign key (agency_id, asked_by) references people.person,
	foreign key (agency_id, decided_by) references people.person,
	check ((status in ('accepted', 'declined')) = (decided_at is not null))
);
create index attendance_request_session on classes.attendance_request (agency_id, session_id, status);
create index attendance_request_person on classes.attendance_request (agency_id, person_id, asked_at desc);
-- One question at a time: two open ones about one mark could not both be answered.
create unique index attendance_request_open on classes.attendance_request (agency_id, session_id, person_id) where status = 'asked';

select platform.isolate('classes.sheet', 'classes.refused_scan', 'classes.contact', 'classes.sheet_page', 'classes.attendance_request');
