-- Growth: what a person wishes to learn next, or does not want to be offered again.

create schema growth;
grant usage on schema growth to asah_app;

create table growth.wish (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- wish; pii:none
	person_id uuid not null, -- who; pii:basic
	program_id uuid not null, -- which program; pii:none
	status text not null check (status in ('wished', 'dismissed')), -- wants it, or not now; pii:basic
	reason text not null default '', -- why, in the person's words; pii:basic
	at timestamptz not null, -- when; pii:none
	closed_at timestamptz check (closed_at >= at), -- no longer holds since, null while it does; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, program_id) references programs.program
);
create unique index wish_open on growth.wish (agency_id, person_id, program_id) where closed_at is null;
create index wish_program on growth.wish (agency_id, program_id) where closed_at is null and status = 'wished';

select platform.isolate('growth.wish');
