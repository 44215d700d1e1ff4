-- Reports: figures as they stood on the day they were handed out.

create schema reports;
grant usage on schema reports to asah_app;

create table reports.snapshot (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- snapshot; pii:none
	kind text not null, -- which report, e.g. learningHours; pii:none
	year integer not null check (year between 2000 and 2100), -- year it reports on; pii:none
	title text not null check (length(title) between 3 and 200), -- title; pii:none
	facts jsonb not null, -- its figures, and the ids that they were counted from; pii:basic
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'), -- fingerprint of the facts: the same report can be told from a changed one; pii:none
	made_by uuid, -- person who made it, null for an account without a personnel record; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, made_by) references people.person
);
create index snapshot_list on reports.snapshot (agency_id, kind, year, made_at desc);

select platform.isolate('reports.snapshot');

-- A report that was handed out is never rewritten; a better one is made beside it.
revoke update, delete on reports.snapshot from asah_app;
