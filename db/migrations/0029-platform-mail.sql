-- Letters by e-mail: an outbox in the manner of platform.event. A row names whom and what about; its words and the
-- address are put together when it goes, so that neither lies here and nobody is reminded of what they did meanwhile.

create table platform.letter (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- letter; also its Message-ID, by which a mail server knows a second copy; pii:none
	kind text not null, -- name in src/app/server/letters.ts; pii:none
	about_id uuid not null, -- what it is about, e.g. a campaign; pii:none
	person_id uuid not null, -- to whom; pii:basic
	status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed', 'dropped')), -- dropped: no longer needed when it was its turn; pii:none
	attempts integer not null default 0, -- tries so far; pii:none
	next_at timestamptz not null, -- not before; while it is being carried, when another worker may take it over; pii:none
	expires_at timestamptz not null, -- given up after; pii:none
	error text, -- message key of why the last try failed; pii:none
	refused_hash text, -- sha256 of the address that was refused: not written to again while it is the same; pii:basic
	created_at timestamptz not null, -- put down at; pii:none
	finished_at timestamptz, -- sent, given up or dropped at; pii:none
	primary key (agency_id, id),
	check ((status = 'waiting') = (finished_at is null))
);
-- However often it is asked for: what still waits is not put down a second time.
create unique index letter_waiting on platform.letter (agency_id, kind, about_id, person_id) where status = 'waiting';
create index letter_due on platform.letter (next_at, created_at) where status = 'waiting';
create index letter_about on platform.letter (agency_id, about_id, kind, person_id);

select platform.isolate('platform.letter');

create policy worker on platform.letter to asah_worker using (true) with check (true);
grant select, update, delete on platform.letter to asah_worker;
