-- Notices: what happened that concerns somebody, told once to each person, and how each wants to be told.

create schema notices;
grant usage on schema notices to asah_app;

create table notices.notice (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- notice; pii:none
	person_id uuid not null, -- who is told; pii:basic
	kind text not null, -- what happened: a key of KINDS in src/slices/notices/model.ts; pii:none
	about_id uuid not null, -- what it is about, e.g. a class; pii:none
	event_id uuid not null, -- event that it tells of; pii:none
	facts jsonb not null default '{}', -- names and dates that its words need, in no language; pii:basic
	href text not null check (href ~ '^/[^/]'), -- page to open; pii:none
	good_until timestamptz, -- after this no letter goes any more, null: three days or more are soon enough; pii:none
	digest_id uuid, -- daily letter that it was put into, null: into none; pii:none
	created_at timestamptz not null, -- told at; pii:none
	read_at timestamptz, -- read in the app at; pii:basic
	primary key (agency_id, id),
	-- An event that is heard twice tells once.
	constraint notice_once unique (agency_id, event_id, person_id, kind),
	foreign key (agency_id, person_id) references people.person
);
create index notice_of on notices.notice (agency_id, person_id, created_at desc, id);
-- The bell of every page counts these.
create index notice_unread on notices.notice (agency_id, person_id) where read_at is null;
create index notice_read on notices.notice (agency_id, read_at) where read_at is not null;

create table notices.preference (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	person_id uuid not null, -- whose; pii:basic
	category text not null, -- a key of CATEGORIES in src/slices/notices/model.ts; pii:none
	email text not null check (email in ('now', 'digest', 'never')), -- by e-mail: at once, in the daily letter, or not; pii:basic
	push boolean not null, -- on devices that subscribed; pii:basic
	primary key (agency_id, person_id, category),
	foreign key (agency_id, person_id) references people.person
);

create table notices.hours (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	person_id uuid not null, -- whose; pii:basic
	quiet_from smallint not null check (quiet_from between 0 and 23), -- nothing is sent from this hour; pii:basic
	quiet_to smallint not null check (quiet_to between 0 and 23), -- until this hour; the same hour: no quiet hours; pii:basic
	digest_hour smallint not null check (digest_hour between 0 and 23), -- hour of the daily letter; pii:basic
	primary key (agency_id, person_id),
	foreign key (agency_id, person_id) references people.person
);

create table notices.digest (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- daily letter; pii:none
	person_id uuid not null, -- to whom; pii:basic
	on_day date not null, -- day in the agency's zone; pii:none
	created_at timestamptz not null, -- put down at; pii:none
	primary key (agency_id, id),
	-- However many clocks look at once.
	constraint digest_once unique (agency_id, person_id, on_day),
	foreign key (agency_id, person_id) references people.person
);
alter table notices.notice add foreign key (agency_id, digest_id) references notices.digest;
create index notice_digest on notices.notice (agency_id, digest_id) where digest_id is not null;

select platform.isolate('notices.notice', 'notices.preference', 'notices.hours', 'notices.digest');

-- When something may be sent that happened at `moment`: then, or at the end of the quiet hours of the agency's zone.
create function notices.after_quiet(moment timestamptz, zone text, quiet_from integer, quiet_to integer) returns timestamptz
language sql stable as $$
	select case
		when quiet_from = quiet_to then moment
		when quiet_from < quiet_to and not (hour >= quiet_from and hour < quiet_to) then moment
		when quiet_from > quiet_to and not (hour >= quiet_from or hour < quiet_to) then moment
		else (local::date + (case when hour < quiet_to then 0 else 1 end) + make_time(quiet_to, 0, 0)) at time zone zone
	end
	from (select (moment at time zone zone) as local, extract(hour from (moment at time zone zone))::int as hour) x
$$;
