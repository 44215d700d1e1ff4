-- When and where a class meets: rooms with seats and closed days, points on the map, meeting links, several facilitators,
-- holidays; and the wall that nobody and no room is in two places at one time, also for two people who book at once.

create table classes.room (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- room; pii:none
	code text not null check (length(code) between 1 and 20), -- short name on lists, e.g. A-2; pii:none
	name text not null check (length(name) between 2 and 120), -- what people say, e.g. Aula BKPSDM; pii:none
	seats integer not null check (seats between 1 and 10000), -- people it holds; pii:none
	unit_id uuid, -- unit that owns it, null when the agency does or it is hired; pii:none
	address text not null default '', -- where the building stands; pii:none
	latitude double precision check (latitude between -90 and 90), -- where it is, for distances and check-in; pii:none
	longitude double precision check (longitude between -180 and 180), -- where it is, for distances and check-in; pii:none
	active boolean not null default true, -- may be chosen for new sessions; pii:none
	created_at timestamptz not null, -- when it was entered; pii:none
	primary key (agency_id, id),
	unique (agency_id, code),
	foreign key (agency_id, unit_id) references people.unit,
	check ((latitude is null) = (longitude is null))
);
create index room_unit on classes.room (agency_id, unit_id);

create table classes.room_closure (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- closure; pii:none
	room_id uuid not null, -- room; pii:none
	starts_on date not null, -- first day it is closed; pii:none
	ends_on date not null, -- last day it is closed; pii:none
	reason text not null check (length(reason) between 2 and 300), -- why; pii:none
	created_by text not null, -- account that closed it; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, room_id) references classes.room,
	check (ends_on >= starts_on)
);
create index room_closure_days on classes.room_closure (agency_id, room_id, starts_on);

create table classes.holiday (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- holiday; pii:none
	on_day date not null, -- the day; pii:none
	name text not null check (length(name) between 2 and 120), -- its name; pii:none
	kind text not null check (kind in ('national', 'joint_leave', 'regional')), -- libur nasional, cuti bersama, libur daerah; pii:none
	sure boolean not null default true, -- false: reckoned from the calendar, the decree is still to come; pii:none
	source text not null default '', -- decree it was taken from; pii:none
	primary key (agency_id, id),
	unique (agency_id, on_day, name)
);

create table classes.ramadan (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	starts_on date not null, -- first day of fasting; pii:none
	ends_on date not null, -- last day of fasting; pii:none
	sure boolean not null default true, -- false: reckoned, the minister has not yet said so; pii:none
	primary key (agency_id, starts_on),
	check (ends_on >= starts_on)
);

create table classes.hours (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	day_from time not null default '08:00', -- office opens; pii:none
	day_to time not null default '16:00', -- office closes; pii:none
	ramadan_from time not null default '08:00', -- office opens while fasting; pii:none
	ramadan_to time not null default '15:00', -- office closes while fasting; pii:none
	friday_from time not null default '11:30', -- Friday prayer: break begins; pii:none
	friday_to time not null default '13:00', -- Friday prayer: break ends; pii:none
	primary key (agency_id),
	check (day_from < day_to and ramadan_from < ramadan_to and friday_from < friday_to)
);

alter table classes.class
	add column edition integer not null default 1, -- counts saves: a form made from an older one is refused; pii:none
	add column changed_by text, -- name of who saved it last; pii:basic
	add column changed_at timestamptz, -- when it was saved last; pii:none
	add column copied_from uuid; -- class of an earlier year it was made after; pii:none
alter table classes.class add foreign key (agency_id, copied_from) references classes.class;

alter table classes.session
	add column room_id uuid, -- room it is held in; pii:none
	add column latitude double precision check (latitude between -90 and 90), -- point of a session in the field; pii:none
	add column longitude double precision check (longitude between -180 and 180), -- point of a session in the field; pii:none
	add column radius_m integer check (radius_m between 20 and 20000), -- how far around the point still counts as there, metres; pii:none
	add column meeting_link text check (meeting_link ~ '^https://' and length(meeting_link) <= 500), -- address of the meeting, shown to its people only; pii:none
	add column guests text not null default '', -- speakers from outside the agency, as they are to be printed; pii:basic
	add column edition integer not null default 1, -- counts saves: stale forms are refused, calendars see what is newer; pii:none
	add column changed_by text, -- name of who saved it last; pii:basic
	add column changed_at timestamptz; -- when it was saved last; pii:none
alter table classes.session add foreign key (agency_id, room_id) references classes.room;
alter table classes.session add constraint session_one_place check (
	(latitude is null) = (longitude is null) and (latitude is null) = (radius_m is null)
	and (room_id is null or latitude is null));
-- Two people may give the same room away in the same instant.
alter table classes.session add constraint session_room_free
	exclude using gist (agency_id with =, room_id with =, tstzrange(starts_at, ends_at) with &&)
	where (room_id is not null and cancelled_at is null and mode <> 'self_paced');
-- At one's own pace nobody is bound to an hour, the tutor as little as the learner.
alter table classes.session drop constraint session_facilitator_free;
alter table classes.session add constraint session_facilitator_free
	exclude using gist (agency_id with =, facilitator_id with =, tstzrange(starts_at, ends_at) with &&)
	where (facilitator_id is not null and cancelled_at is null and mode <> 'self_paced');
create index session_time on classes.session (agency_id, starts_at);
create index session_room on classes.session (agency_id, room_id, starts_at) where room_id is not null;
comment on column classes.session.facilitator_id is 'person who leads it and answers for its sheet; the others stand in session_facilitator; pii:basic';

create table classes.session_facilitator (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- who teaches; pii:basic
	kind text not null check (kind in ('widyaiswara', 'instruktur', 'praktisi', 'pakar', 'tutor', 'coach', 'mentor', 'narasumber')), -- in which part; pii:basic
	sort smallint not null default 1, -- order on lists, the leader first; pii:none
	cancelled_at timestamptz, -- called in sick at: looked for a substitute from then on; pii:basic
	cancelled_note text not null default '', -- why they can't come; pii:sensitive
	primary key (agency_id, session_id, person_id),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index session_facilitator_person on classes.session_facilitator (agency_id, person_id);

create table classes.session_member (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session that is not for the whole class, e.g. one pair of a coaching; pii:none
	person_id uuid not null, -- whom it is for; pii:basic
	primary key (agency_id, session_id, person_id),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index session_member_person on classes.session_member (agency_id, person_id);

-- Its rows follow from others that name the agency and the person already, and come by the thousand: no second look-up for
-- each, and in the index the person first, who tells rows apart.
create table classes.seat_time (
	agency_id uuid not null, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- who has to be there; pii:basic
	teaches boolean not null, -- as a facilitator, else with a seat; pii:none
	starts_at timestamptz not null, -- from; pii:none
	ends_at timestamptz not null, -- until; pii:none
	primary key (agency_id, session_id, person_id),
	foreign key (agency_id, session_id) references classes.session on delete cascade,
	-- Nobody is in two places at one time, whoever books them, and for two who book at once.
	constraint seat_time_one_place exclude using gist (person_id with =, agency_id with =, tstzrange(starts_at, ends_at) with &&)
);

-- Who is where in these days: calendars and coverage read it without the rows.
create index seat_time_when on classes.seat_time (agency_id, starts_at) include (session_id, person_id, teaches, ends_at);

create table classes.session_change (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- change; pii:none
	session_id uuid not null, -- session; pii:none
	what text[] not null check (cardinality(what) > 0), -- what changed: time, place, facilitator, topic, mode, cancelled, facilitatorOut, roomClosed; pii:none
	before jsonb not null, -- as it was; pii:basic
	after jsonb not null, -- as it is; pii:basic
	note text not null default '', -- reason given; pii:basic
	account_id text not null, -- account that changed it; pii:basic
	at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, session_id) references classes.session on delete cascade
);
create index session_change_recent on classes.session_change (agency_id, session_id, at desc);

create table classes.session_change_person (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	change_id uuid not null, -- change of a session; pii:none
	person_id uuid not null, -- whom it concerns: who had a seat or taught before or after, and nobody else; pii:basic
	primary key (agency_id, change_id, person_id),
	foreign key (agency_id, change_id) references classes.session_change on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index session_change_person_of on classes.session_change_person (agency_id, person_id);

select platform.isolate('classes.room', 'classes.room_closure', 'classes.holiday', 'classes.ramadan', 'classes.hours',
	'classes.session_facilitator', 'classes.session_member', 'classes.seat_time', 'classes.session_change', 'classes.session_change_person');

-- What there was before: who teaches, and the hours of those who have a seat. Where an earlier rule let two hours of one
-- person overlap within one class, the first of them stands.
insert into classes.session_facilitator (agency_id, session_id, person_id, kind)
select agency_id, id, facilitator_id, 'instruktur' from classes.session where facilitator_id is not null;
insert into classes.seat_time (agency_id, session_id, person_id, teaches, starts_at, ends_at)
select s.agency_id, s.id, x.person_id, bool_or(x.teaches), s.starts_at, s.ends_at
from classes.session s
join lateral (
	select s.facilitator_id as person_id, true as teaches where s.facilitator_id is not null
	union all
	select r.person_id, false from classes.registration r
	where r.agency_id = s.agency_id and r.class_id = s.class_id and r.status in ('enrolled', 'passed', 'failed')
) x on true
where s.cancelled_at is null and s.mode <> 'self_paced'
group by s.agency_id, s.id, x.person_id, s.starts_at, s.ends_at
order by s.starts_at, s.id
on conflict do nothing;

-- seat_time follows from sessions, registrations, members and facilitators by itself: no command can forget it. A command
-- that changes a session and its people together sets classes.hours_later and asks once at the end: in between, people
-- who leave would be held to the new hour.
create function classes.hours_later() returns boolean language sql stable as $$
	select coalesce(current_setting('classes.hours_later', true), '') = 'on'
$$;
create function classes.refresh_seat_time(agency uuid, session uuid) returns void language sql as $$
	delete from classes.seat_time t where t.agency_id = agency and t.session_id = session;
	insert into classes.seat_time (agency_id, session_id, person_id, teaches, starts_at, ends_at)
	select agency, session, x.person_id, bool_or(x.teaches), s.starts_at, s.ends_at
	from classes.session s
	cross join lateral (
		select f.person_id, true as teaches from classes.session_facilitator f
		where f.agency_id = agency and f.session_id = session and f.cancelled_at is null
		union all
		select r.person_id, false from classes.registration r
		where r.agency_id = agency and r.class_id = s.class_id and r.status in ('enrolled', 'passed', 'failed')
			and (not exists (select from classes.session_member m where m.agency_id = agency and m.session_id = session)
				or exists (select from classes.session_member m where m.agency_id = agency and m.session_id = session and m.person_id = r.person_id))
	) x
	where s.agency_id = agency and s.id = session and s.cancelled_at is null and s.mode <> 'self_paced'
	group by x.person_id, s.starts_at, s.ends_at;
$$;

create function classes.session_written() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and old.facilitator_id is distinct from new.facilitator_id and old.facilitator_id is not null then
		delete from classes.session_facilitator f
		where f.agency_id = new.agency_id and f.session_id = new.id and f.person_id = old.facilitator_id and f.cancelled_at is null;
	end if;
	if new.facilitator_id is not null and (tg_op = 'INSERT' or old.facilitator_id is distinct from new.facilitator_id) then
		insert into classes.session_facilitator (agency_id, session_id, person_id, kind)
		values (new.agency_id, new.id, new.facilitator_id, 'instruktur')
		on conflict do nothing;
	end if;
	if not classes.hours_later() then perform classes.refresh_seat_time(new.agency_id, new.id); end if;
	return null;
end $$;
create trigger session_inserted after insert on classes.session
	for each row execute function classes.session_written();
create trigger session_updated after update on classes.session
	for each row when (old.starts_at <> new.starts_at or old.ends_at <> new.ends_at or old.mode <> new.mode
		or old.cancelled_at is distinct from new.cancelled_at or old.facilitator_id is distinct from new.facilitator_id)
	execute function classes.session_written();

create function classes.session_people_written() returns trigger language plpgsql as $$
declare one record;
begin
	if classes.hours_later() then return null; end if;
	for one in select distinct x.agency_id, x.session_id from changed x loop
		perform classes.refresh_seat_time(one.agency_id, one.session_id);
	end loop;
	return null;
end $$;
create trigger facilitators_inserted after insert on classes.session_facilitator
	referencing new table as changed for each statement execute function classes.session_people_written();
create trigger facilitators_updated after update on classes.session_facilitator
	referencing new table as changed for each statement execute function classes.session_people_written();
create trigger facilitators_deleted after delete on classes.session_facilitator
	referencing old table as changed for each statement execute function classes.session_people_written();
create trigger members_inserted after insert on classes.session_member
	referencing new table as changed for each statement execute function classes.session_people_written();
create trigger members_deleted after delete on classes.session_member
	referencing old table as changed for each statement execute function classes.session_people_written();

-- Registrations come by the thousand: only the hours of those who got or gave up a seat are written.
create function classes.seat_hours(agency uuid, class uuid, person uuid) returns table (session_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable as $$
	select s.id, s.starts_at, s.ends_at from classes.session s
	where s.agency_id = agency and s.class_id = class and s.cancelled_at is null and s.mode <> 'self_paced'
		and (not exists (select from classes.session_member m where m.agency_id = agency and m.session_id = s.id)
			or exists (select from classes.session_member m where m.agency_id = agency and m.session_id = s.id and m.person_id = person))
$$;
create function classes.registrations_inserted() returns trigger language plpgsql as $$
begin
	insert into classes.seat_time (agency_id, session_id, person_id, teaches, starts_at, ends_at)
	select r.agency_id, h.session_id, r.person_id, false, h.starts_at, h.ends_at
	from is_now r cross join lateral classes.seat_hours(r.agency_id, r.class_id, r.person_id) h
	where r.status in ('enrolled', 'passed', 'failed')
	on conflict (agency_id, session_id, person_id) do nothing;
	return null;
end $$;
create function classes.registrations_updated() returns trigger language plpgsql as $$
begin
	delete from classes.seat_time t using is_now r, was w, classes.session s
	where w.agency_id = r.agency_id and w.id = r.id and w.status in ('enrolled', 'passed', 'failed')
		and r.status not in ('enrolled', 'passed', 'failed') and s.agency_id = r.agency_id and s.class_id = r.class_id
		and t.agency_id = s.agency_id and t.session_id = s.id and t.person_id = r.person_id and not t.teaches;
	insert into classes.seat_time (agency_id, session_id, person_id, teaches, starts_at, ends_at)
	select r.agency_id, h.session_id, r.person_id, false, h.starts_at, h.ends_at
	from is_now r join was w on w.agency_id = r.agency_id and w.id = r.id and w.status not in ('enrolled', 'passed', 'failed')
	cross join lateral classes.seat_hours(r.agency_id, r.class_id, r.person_id) h
	where r.status in ('enrolled', 'passed', 'failed')
	on conflict (agency_id, session_id, person_id) do nothing;
	return null;
end $$;
create function classes.registrations_deleted() returns trigger language plpgsql as $$
begin
	delete from classes.seat_time t using was w, classes.session s
	where s.agency_id = w.agency_id and s.class_id = w.class_id and t.agency_id = s.agency_id and t.session_id = s.id
		and t.person_id = w.person_id and not t.teaches;
	return null;
end $$;
create trigger registrations_inserted after insert on classes.registration
	referencing new table as is_now for each statement execute function classes.registrations_inserted();
create trigger registrations_updated after update on classes.registration
	referencing old table as was new table as is_now for each statement execute function classes.registrations_updated();
create trigger registrations_deleted after delete on classes.registration
	referencing old table as was for each statement execute function classes.registrations_deleted();
