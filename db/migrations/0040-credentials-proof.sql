-- Who may have a certificate, what it looks like, and what proves it away from us: signatures and badges.

-- What a program asks before a certificate is given; without a row the class's own outcome is enough.
create table credentials.eligibility (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	program_id uuid not null, -- program; pii:none
	attendance_percent smallint check (attendance_percent between 0 and 100), -- attendance asked for, null: what the class asks; pii:none
	posttest_percent smallint check (posttest_percent between 0 and 100), -- score asked for in the post-test, null: no test asked; pii:none
	needs_reaction boolean not null default false, -- asks that the reaction was sent, never what it says; pii:none
	template_id uuid, -- template its certificates are printed with, null: the one that Asah brings; pii:none
	changed_by text not null, -- account; pii:basic
	changed_at timestamptz not null, -- when; pii:none
	primary key (agency_id, program_id),
	foreign key (agency_id, program_id) references programs.program
);

-- The words around the data, as the agency wants them. What was printed with once is never changed: a change is a new version.
create table credentials.template (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- one version of a template; pii:none
	family_id uuid not null, -- the template of which it is a version; pii:none
	version integer not null check (version > 0), -- 1, and one more for each change after it was used; pii:none
	name text not null check (length(name) between 3 and 100), -- what people say; pii:none
	language text not null check (language in ('id', 'en')), -- language of what is printed; pii:none
	layout jsonb not null, -- the words, as template.ts reads them; pii:none
	first_used_at timestamptz, -- since when certificates are printed with it, null while it may change; pii:none
	retired_at timestamptz, -- no longer offered since, null while it is; pii:none
	changed_by text not null, -- account; pii:basic
	changed_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, family_id, version)
);
alter table credentials.eligibility add foreign key (agency_id, template_id) references credentials.template;

create function credentials.refuse_used_template() returns trigger language plpgsql as $$
begin
	if old.first_used_at is null then return coalesce(new, old); end if;
	if tg_op = 'UPDATE' and (to_jsonb(new) - 'retired_at') = (to_jsonb(old) - 'retired_at') then return new; end if;
	raise exception 'certificates are printed with template %, it cannot change', old.id using errcode = 'AS001';
end $$;
create trigger template_frozen before update or delete on credentials.template
	for each row execute function credentials.refuse_used_template();

alter table credentials.certificate
	add column template_id uuid, -- template it was printed with, null: the one that Asah brings; pii:none
	add column status_position integer, -- its bit in the agency's list of revoked badges; pii:none
	add foreign key (agency_id, template_id) references credentials.template;
update credentials.certificate c set status_position = n.position
from (select agency_id, id, (row_number() over (partition by agency_id order by issued_on, number) - 1)::int as position from credentials.certificate) n
where n.agency_id = c.agency_id and n.id = c.id;
insert into platform.counter (agency_id, name, year, value)
select agency_id, 'badge', 0, count(*) from credentials.certificate group by agency_id;
alter table credentials.certificate alter column status_position set not null;
create unique index certificate_status_position on credentials.certificate (agency_id, status_position);

-- What the agency signs with, if it has a certificate of its own.
create table credentials.seal (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- P12 file the agency signs with; pii:none
	name text not null check (length(name) between 3 and 100), -- what people say; pii:none
	subject text not null, -- whose certificate it is, as it says itself; pii:basic
	issuer text not null, -- who vouches for it; pii:none
	serial text not null, -- its number at the issuer, hex; pii:none
	valid_from timestamptz not null, -- not before; pii:none
	valid_to timestamptz not null, -- not after; pii:none
	content bytea not null, -- the file, closed by its own passphrase and once more by the installation's key; pii:sensitive
	time_server text not null default '', -- address of the time-stamp server (RFC 3161), empty: the server's own clock; pii:none
	retired_at timestamptz, -- no longer used since; pii:none
	account_id text not null, -- who brought it; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

-- The signed sheet of a certificate, made by us or brought from elsewhere. The passphrase is nowhere.
create table credentials.signature (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	certificate_id uuid not null, -- certificate; pii:none
	way text not null check (way in ('seal', 'brought')), -- signed by us, or signed elsewhere and brought; pii:none
	seal_id uuid, -- with which file; pii:none
	file_id uuid not null, -- the signed PDF; pii:none
	sha256 text not null check (length(sha256) = 64), -- fingerprint of the signed PDF; pii:none
	profile text not null, -- PAdES-B-B, PAdES-B-T, or what an uploaded file carries; pii:none
	signer text not null, -- whose certificate signed; pii:basic
	signed_at timestamptz, -- when, by the signature itself; pii:none
	account_id text not null, -- who had it signed or brought it; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, certificate_id),
	foreign key (agency_id, certificate_id) references credentials.certificate,
	foreign key (agency_id, seal_id) references credentials.seal,
	foreign key (agency_id, file_id) references platform.file,
	check ((way = 'seal') = (seal_id is not null))
);
create index signature_sha256 on credentials.signature (agency_id, sha256);

-- The key pair of the agency's badges. The public half of a retired one stays: badges made with it are still checked.
create table credentials.badge_key (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- key; pii:none
	public_key text not null, -- Ed25519, multibase as in the did:web document; pii:none
	secret_key bytea not null, -- the other half, closed by the installation's key; pii:sensitive
	created_at timestamptz not null, -- made at; pii:none
	retired_at timestamptz, -- signs no more since; pii:none
	primary key (agency_id, id)
);
create unique index badge_key_one on credentials.badge_key (agency_id) where retired_at is null;

-- Codes that stood in addresses before the agency changed its own: printed QR codes still lead home.
create table credentials.former_code (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	code text not null, -- code that is printed on certificates; pii:none
	primary key (agency_id, code)
);
create function credentials.keep_code() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
	insert into credentials.former_code (agency_id, code) values (old.agency_id, old.code) on conflict do nothing;
	return new;
end $$;
revoke execute on function credentials.keep_code() from public;
create trigger agency_code_kept after update of code on platform.agency for each row when (old.code <> new.code)
	execute function credentials.keep_code();

select platform.isolate('credentials.eligibility', 'credentials.template', 'credentials.seal', 'credentials.signature',
	'credentials.badge_key', 'credentials.former_code');
revoke update, delete on credentials.former_code, credentials.badge_key from asah_app;
grant update (retired_at) on credentials.badge_key to asah_app;
create policy worker on credentials.former_code to asah_worker using (true);
grant usage on schema credentials to asah_worker;
grant select on credentials.former_code to asah_worker;
