-- Who comes in. The tables are better-auth 1.7's own (names and types as its compileMigrations prints them for
-- src/platform/auth/better-auth.ts, in our spelling); src/platform/auth/schema.db.test.ts proves that it has nothing to add.
--
-- They are the one place without agency isolation: whoever signs in has not said which agency they belong to, the
-- account tells it. In its stead stands a wall of roles: only asah_auth, the role of better-auth's own pool, may read
-- or write here (default privileges of 0001); asah_app, with which every room works, may not even look.

create table auth.user (
	id text not null primary key, -- account, a UUIDv7: what audit lines and rooms call account_id; pii:basic
	name text not null, -- name shown while signed in; pii:basic
	email text not null unique, -- better-auth wants one: made from the username at asah.invalid, never written to; pii:basic
	email_verified boolean not null, -- always false, nothing is sent; pii:none
	image text, -- not used; pii:none
	created_at timestamptz not null default current_timestamp, -- account made at; pii:none
	updated_at timestamptz not null default current_timestamp, -- last changed at; pii:none
	username text unique, -- what is typed to sign in: NIP, or an official's code; pii:basic
	two_factor_enabled boolean, -- asks for a second factor; pii:none
	agency_id uuid not null references platform.agency, -- agency the account works in; pii:none
	person_id uuid -- its personnel record, people.person, null for an account without one; pii:basic
);
create unique index user_person on auth.user (agency_id, person_id);

create table auth.session (
	id text not null primary key, -- session; pii:basic
	expires_at timestamptz not null, -- ends by itself at; pii:none
	token text not null unique, -- secret behind the signed cookie; pii:sensitive
	created_at timestamptz not null default current_timestamp, -- signed in at; pii:basic
	updated_at timestamptz not null, -- last prolonged at; pii:basic
	ip_address text, -- address it was opened from; pii:basic
	user_agent text, -- browser it was opened with; pii:basic
	user_id text not null references auth.user on delete cascade -- whose; pii:basic
);
create index session_user_id_idx on auth.session (user_id);

create table auth.account (
	id text not null primary key, -- way of signing in; pii:none
	account_id text not null, -- the account again, for passwords; pii:basic
	provider_id text not null, -- credential: a password; pii:none
	user_id text not null references auth.user on delete cascade, -- whose; pii:basic
	access_token text, -- not used; pii:sensitive
	refresh_token text, -- not used; pii:sensitive
	id_token text, -- not used; pii:sensitive
	access_token_expires_at timestamptz, -- not used; pii:none
	refresh_token_expires_at timestamptz, -- not used; pii:none
	scope text, -- not used; pii:none
	password text, -- scrypt, salted; pii:sensitive
	created_at timestamptz not null default current_timestamp, -- made at; pii:none
	updated_at timestamptz not null -- password last set at; pii:none
);
create index account_user_id_idx on auth.account (user_id);

create table auth.verification (
	id text not null primary key, -- open question, e.g. a second factor that is still asked for; pii:none
	identifier text not null, -- its name in the signed cookie; pii:none
	value text not null, -- account it is about, or tries so far; pii:basic
	expires_at timestamptz not null, -- worthless after; pii:none
	created_at timestamptz not null default current_timestamp, -- asked at; pii:none
	updated_at timestamptz not null default current_timestamp -- last changed at; pii:none
);
create index verification_identifier_idx on auth.verification (identifier);

create table auth.two_factor (
	id text not null primary key, -- second factor; pii:none
	secret text not null, -- shared secret of the authenticator app, encrypted with the installation's secret; pii:sensitive
	backup_codes text not null, -- recovery codes not used yet, encrypted likewise; pii:sensitive
	user_id text not null references auth.user on delete cascade, -- whose; pii:basic
	verified boolean, -- a first code has been typed, so the app surely holds the secret; pii:none
	failed_verification_count integer, -- wrong codes in a row; ten close it for a quarter of an hour; pii:none
	locked_until timestamptz -- closed until; pii:none
);
create index two_factor_secret_idx on auth.two_factor (secret);
create index two_factor_user_id_idx on auth.two_factor (user_id);

create table auth.rate_limit (
	id text not null primary key, -- line; pii:none
	key text not null unique, -- what is counted: scope, account or address, src/platform/auth/attempts.ts; pii:basic
	count integer not null, -- tries in the window; pii:none
	last_request bigint not null -- last counted try, milliseconds since 1970; pii:none
);

-- A one-time code is redeemed by somebody who is signed out: counted, used, password set and sessions ended in one
-- transaction of asah_auth, which therefore sees this one table of the platform, in every agency.
grant usage on schema platform to asah_auth;
grant select, update on platform.access_code to asah_auth;
create policy redeem on platform.access_code to asah_auth using (true) with check (true);
create index access_code_person on platform.access_code (agency_id, person_id);
comment on column platform.access_code.code_hash is 'HMAC-SHA256 of the one-time code and the person, keyed with the installation''s secret; pii:none';
