-- The floor under every room: agencies, the beam's own tables, files, jobs, links and tokens.
-- Text after "--" on a column's line becomes that column's comment in the database (src/platform/db/migrate.ts).

create extension if not exists ltree;
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create schema platform;
create schema auth;

-- The application connects as asah_app, which owns nothing and cannot bypass row-level security.
do $$ begin
	if not exists (select from pg_roles where rolname = 'asah_app') then create role asah_app nologin nobypassrls; end if;
	if not exists (select from pg_roles where rolname = 'asah_auth') then create role asah_auth nologin nobypassrls; end if;
	-- asah_worker carries events and jobs of every agency; it sees those two tables and nothing of any room.
	if not exists (select from pg_roles where rolname = 'asah_worker') then create role asah_worker nologin nobypassrls; end if;
end $$;
grant asah_app, asah_auth, asah_worker to current_user;
grant usage on schema platform to asah_app, asah_worker;
-- So that the health check can say which migrations are still to come.
grant select on public.asah_migration to asah_app;
grant usage on schema auth to asah_auth;
alter default privileges in schema auth grant select, insert, update, delete on tables to asah_auth;

create function platform.current_agency() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('app.agency_id', true), '')::uuid $$;
grant execute on function platform.current_agency() to asah_app;

-- Second wall between agencies: every table of every room is passed through here by its migration.
create function platform.isolate(variadic names text[]) returns void language plpgsql as $$
declare name text;
begin
	foreach name in array names loop
		execute format('alter table %s enable row level security', name);
		execute format('alter table %s force row level security', name);
		-- Asked in a subquery it is answered once a statement; bare, once for every row that a scan meets (the heat map of
		-- a city took three times as long). The wall is the same.
		execute format('create policy agency on %s to asah_app using (agency_id = (select platform.current_agency()))'
			' with check (agency_id = (select platform.current_agency()))', name);
		-- Force also binds the owner; migrations, set-up and the demo loader are the owner and cross agencies.
		execute format('create policy owner on %s to current_user using (true) with check (true)', name);
		execute format('grant select, insert, update, delete on %s to asah_app', name);
	end loop;
end $$;

create table platform.instance (
	key text primary key, -- name of a value that belongs to the whole installation; pii:none
	value text not null -- its value, e.g. the secret that signs cookies; never readable by asah_app; pii:none
);

create table platform.agency (
	agency_id uuid primary key, -- the agency itself; first part of every key in every room; pii:none
	code text not null unique, -- short code in numbers and addresses, e.g. medan; pii:none
	name text not null, -- official name, e.g. Pemerintah Kota Medan; pii:none
	city text not null, -- place named in letters and certificates; pii:none
	time_zone text not null, -- IANA zone: WIB, WITA or WIT; pii:none
	is_demo boolean not null default false, -- invented agency: its accounts are printed at start; pii:none
	created_at timestamptz not null default now() -- when it was set up; pii:none
);

create table platform.idempotency (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	account_id text not null, -- account that sent the command; pii:basic
	key text not null check (length(key) between 8 and 200), -- the sender's key: the same again gets the first answer; pii:none
	command text not null, -- name of the command; pii:none
	input_hash text not null, -- sha256 of the input: another input under the same key is refused; pii:none
	answer jsonb, -- what the command answered; pii:basic
	at timestamptz not null, -- when it ran; pii:none
	primary key (agency_id, account_id, key)
);

create table platform.audit (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- line; pii:none
	at timestamptz not null, -- when; pii:none
	command text not null, -- what was done; pii:none
	account_id text not null, -- by which account; pii:basic
	person_id uuid, -- by whom, when the account is a person's; pii:basic
	hat text, -- role and unit they acted in; pii:none
	request_id text, -- id that the error page and the log show; pii:none
	subject jsonb not null, -- ids of what was changed, as recorded by the command; pii:basic
	primary key (agency_id, id)
);
create index audit_recent on platform.audit (agency_id, at desc);

create table platform.event (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- event; pii:none
	name text not null, -- catalogue name, src/kernel/events.ts; pii:none
	payload jsonb not null, -- ids only; pii:basic
	at timestamptz not null, -- written in the transaction of the command that caused it; pii:none
	delivered_at timestamptz, -- when every listener had it; pii:none
	attempts integer not null default 0, -- failed deliveries so far; pii:none
	next_at timestamptz not null default now(), -- not before; pii:none
	error text, -- why the last delivery failed; pii:none
	primary key (agency_id, id)
);
create index event_undelivered on platform.event (next_at) where delivered_at is null;

create table platform.job (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- job; pii:none
	kind text not null, -- name in src/app/server/jobs.ts; pii:none
	status text not null check (status in ('waiting', 'running', 'done', 'failed')), -- where it stands; pii:none
	input jsonb not null, -- ids it works on; pii:none
	done integer not null default 0, -- rows finished; pii:none
	total integer not null default 0, -- rows in all, 0 while unknown; pii:none
	result jsonb, -- what came of it; pii:none
	error text, -- message key of the failure; pii:none
	account_id text not null, -- who asked for it; pii:basic
	actor jsonb not null, -- and with which abilities, as they were then; pii:basic
	created_at timestamptz not null, -- asked at; pii:none
	finished_at timestamptz, -- ended at; pii:none
	primary key (agency_id, id)
);
create index job_recent on platform.job (agency_id, account_id, created_at desc);

create table platform.file (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- file; pii:none
	room text not null, -- slice that owns it; pii:none
	name text not null, -- name it came with; pii:basic
	mime text not null, -- kind found from its content, not its name; pii:none
	size integer not null, -- bytes; pii:none
	sha256 text not null, -- fingerprint of the content; pii:none
	content bytea not null, -- the bytes; pii:sensitive
	account_id text not null, -- who brought it; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

create table platform.link (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- link; pii:none
	purpose text not null, -- what it opens, e.g. programs.review; pii:none
	subject_id uuid not null, -- the thing it opens; pii:none
	token_hash text not null unique, -- sha256 of the secret in the address; pii:none
	holder text not null, -- for whom it was made, shown on the page; pii:basic
	expires_at timestamptz not null, -- good until; pii:none
	revoked_at timestamptz, -- taken back at; pii:none
	made_by text not null, -- account that made it; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

create table platform.api_token (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- token; pii:none
	name text not null, -- what it is for; pii:none
	token_hash text not null unique, -- sha256 of the token, which is shown once; pii:none
	account_id text not null, -- acts as this account; pii:basic
	person_id uuid not null, -- and this person; pii:basic
	hat_key text not null, -- in this role and unit; pii:none
	expires_at timestamptz not null, -- good until; pii:none
	revoked_at timestamptz, -- taken back at; pii:none
	last_used_at timestamptz, -- last call; pii:none
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

create table platform.access_code (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- code; pii:none
	person_id uuid not null, -- whose access it opens again; pii:basic
	code_hash text not null, -- sha256 of the one-time code; pii:none
	made_by text not null, -- account of the unit admin; pii:basic
	expires_at timestamptz not null, -- good until; pii:none
	used_at timestamptz, -- used at, then worthless; pii:none
	tries integer not null default 0, -- wrong tries; five close it; pii:none
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

create table platform.counter (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	name text not null, -- what is numbered, e.g. certificate:BMT; pii:none
	year integer not null, -- numbers start again each year; pii:none
	value integer not null, -- last number given; pii:none
	primary key (agency_id, name, year)
);

select platform.isolate('platform.agency', 'platform.idempotency', 'platform.audit', 'platform.event', 'platform.job',
	'platform.file', 'platform.link', 'platform.api_token', 'platform.access_code', 'platform.counter');

-- The audit trail only grows.
revoke update, delete on platform.audit from asah_app;
revoke insert, update, delete on platform.agency from asah_app;

create policy worker on platform.event to asah_worker using (true) with check (true);
create policy worker on platform.job to asah_worker using (true) with check (true);
create policy worker on platform.agency to asah_worker using (true);
grant select, update on platform.event, platform.job to asah_worker;
grant select on platform.agency to asah_worker;
