-- The outbox carries two channels: e-mail, and web push to the devices on which somebody turned it on.

alter table platform.letter
	add column channel text not null default 'mail' check (channel in ('mail', 'push')),
	add column reached uuid[] not null default '{}';
comment on column platform.letter.channel is 'by which way it goes; pii:none';
comment on column platform.letter.reached is 'devices that have it already: a second try passes them by; pii:none';

drop index platform.letter_waiting;
create unique index letter_waiting on platform.letter (agency_id, kind, about_id, person_id, channel) where status = 'waiting';
drop index platform.letter_due;
create index letter_due on platform.letter (channel, next_at, created_at) where status = 'waiting';

create table platform.push_subscription (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- device; pii:none
	person_id uuid not null, -- whose notices it shows; pii:basic
	session_id text not null, -- signed in there: gone with the session, so that nobody after them sees these notices; pii:basic
	endpoint text not null, -- address at the browser's push service; whoever knows it can disturb this device; pii:sensitive
	endpoint_hash text not null, -- sha256 of the address: one browser shows the notices of one person; pii:none
	p256dh text not null, -- the browser's public key, for which notices are encrypted; pii:sensitive
	auth text not null, -- secret shared with the browser, part of the same encryption; pii:sensitive
	label text, -- browser and system as they call themselves, e.g. Chrome · Android; pii:basic
	created_at timestamptz not null, -- turned on at; pii:none
	last_ok_at timestamptz, -- a notice was last taken by the push service at; pii:basic
	tried_at timestamptz, -- owner last asked for a trial at; pii:none
	primary key (agency_id, id)
);
create unique index push_subscription_endpoint on platform.push_subscription (endpoint_hash);
create index push_subscription_person on platform.push_subscription (agency_id, person_id);
create index push_subscription_session on platform.push_subscription (session_id);
select platform.isolate('platform.push_subscription');
create policy worker on platform.push_subscription to asah_worker using (true) with check (true);
grant select, update, delete on platform.push_subscription to asah_worker;

-- Signing out, "sign out everywhere", another password, a one-time code: whatever ends a session ends its notices.
create function platform.forget_devices() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	delete from platform.push_subscription where session_id = old.id;
	return null;
end $$;
create trigger forget_devices after delete on auth.session for each row execute function platform.forget_devices();

-- The one question about sessions that the rest of Asah may ask: sessions also end by themselves, and nobody deletes them then.
create function platform.session_open(which text) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from auth.session where id = which and expires_at > pg_catalog.now()) $$;

-- Before a device is written down: is the session open and this account's? The address leaves whoever had it before, in
-- whichever agency: a browser gives the same one to everybody who uses it.
create function platform.claim_device(which text, account text, hash text) returns boolean
	language plpgsql security definer set search_path = '' as $$
begin
	perform from auth.session where id = which and user_id = account and expires_at > pg_catalog.now() for key share;
	if not found then return false; end if;
	delete from platform.push_subscription d where d.endpoint_hash = hash and d.session_id <> which;
	return true;
end $$;

revoke execute on function platform.forget_devices(), platform.session_open(text), platform.claim_device(text, text, text) from public;
grant execute on function platform.session_open(text) to asah_app, asah_worker;
grant execute on function platform.claim_device(text, text, text) to asah_app;
