-- People of an agency: units, persons, their posts by date, dated grants, imports.

create schema people;
grant usage on schema people to asah_app;
create sequence people.unit_label;
grant usage on sequence people.unit_label to asah_app;

create table people.unit (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- unit; pii:none
	external_id text, -- SIASN unor id; pii:none
	code text, -- code people use (CepatKode); pii:none
	name text not null check (length(name) between 1 and 300), -- official name; pii:none
	kind text not null, -- opd.json kind: dinas, badan, kecamatan, kelurahan, uptd, bagian, seksi …; pii:none
	parent_id uuid, -- unit above (DiatasanId); pii:none
	label text not null, -- own label in the path; pii:none
	path ltree not null, -- labels from the top; what scopes are made of; pii:none
	head_title text, -- post of the head (NamaJabatan); pii:none
	echelon text, -- EselonId of the head's post; pii:none
	head_external_id text, -- SIASN pns_id of the head (PemimpinPnsId), kept until that person is imported too; pii:basic
	head_person_id uuid, -- head (PemimpinPnsId), null when vacant; pii:basic
	leader_person_id uuid, -- head, or the nearest head above when vacant: supervises the members; pii:basic
	upper_person_id uuid, -- nearest other head above the leader: supervises the leader; pii:basic
	valid_from date not null, -- exists from; pii:none
	valid_to date, -- exists until, null while it stands; pii:none
	primary key (agency_id, id),
	unique (agency_id, label),
	unique (agency_id, external_id),
	foreign key (agency_id, parent_id) references people.unit,
	check (valid_to is null or valid_to > valid_from)
);
create index unit_path on people.unit using gist (path);
create index unit_parent on people.unit (agency_id, parent_id);
create index unit_head on people.unit (agency_id, head_person_id); -- hats: asked with every page

create table people.person (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- person: never the NIP, which may change; pii:basic
	external_id text, -- SIASN pns_id; pii:basic
	nip text check (nip ~ '^[0-9]{18}$'), -- staff number, null only for officials who are not ASN; pii:basic
	name text not null check (length(name) between 1 and 200), -- name without titles; pii:basic
	name_folded text collate "C" generated always as (lower(name)) stored, -- the name as it is searched: byte by byte; pii:basic
	front_title text, -- academic title before the name; pii:basic
	back_title text, -- academic title after the name; pii:basic
	sex text not null check (sex in ('male', 'female')), -- for equity reports; pii:basic
	birth_date date, -- for the rules of retirement and NIP; pii:basic
	employment_kind text not null check (employment_kind in ('PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU', 'OFFICIAL')), -- domain.md §10.4; pii:basic
	legal_status text not null default 'active', -- kedudukan hukum; pii:basic
	grade text, -- golongan, e.g. III/c or IX; pii:basic
	education_level text, -- S1, D3 …; pii:basic
	email text, -- office e-mail for notices; pii:basic
	active boolean not null default true, -- works here now; pii:basic
	import_id uuid, -- import that last wrote this row; pii:none
	import_row integer, -- and its row in the file; pii:none
	created_at timestamptz not null default now(), -- first seen; pii:none
	changed_at timestamptz not null default now(), -- last changed; pii:none
	primary key (agency_id, id),
	unique (agency_id, nip),
	unique (agency_id, external_id),
	check (nip is not null or employment_kind = 'OFFICIAL')
);
-- No trigram index: row-level security lets no operator use an index that is not leakproof, and LIKE is not. A scan of
-- the agency's folded names is a few milliseconds instead (bench/search.ts).

create table people.posting (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- posting; pii:none
	person_id uuid not null, -- who; pii:basic
	unit_id uuid not null, -- where; pii:basic
	title text not null, -- name of the post; pii:basic
	kind text not null check (kind in ('structural', 'functional', 'general', 'official')), -- jenis jabatan; pii:basic
	level text not null, -- asn_jenjang code, 01 … 24, domain.md §10.3; pii:basic
	is_head boolean not null default false, -- leads the unit; pii:basic
	valid_from date not null, -- TMT; pii:basic
	valid_to date, -- until (exclusive), null while held; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit,
	check (valid_to is null or valid_to > valid_from),
	-- As one text, so that the planner can't take this index where posting_current answers 20 times as fast.
	constraint posting_one_at_a_time exclude using gist
		((agency_id::text || person_id::text) with =, daterange(valid_from, valid_to) with &&)
);
create unique index posting_current on people.posting (agency_id, person_id) where valid_to is null;
create index posting_unit on people.posting (agency_id, unit_id) where valid_to is null;

create table people.role_grant (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- grant; pii:none
	person_id uuid not null, -- to whom; pii:basic
	role text not null, -- bundle of abilities, src/app/server/roles.ts; pii:none
	unit_id uuid not null, -- holds in this unit and below; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	reason text not null default '', -- why, e.g. number of the order; pii:none
	made_by text not null, -- account that gave it; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit,
	check (valid_to is null or valid_to > valid_from)
);
create index role_grant_person on people.role_grant (agency_id, person_id);

create table people.import (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- import; pii:none
	kind text not null check (kind in ('units', 'people')), -- what the file holds; pii:none
	file_name text not null, -- name it came with; pii:none
	status text not null check (status in ('checked', 'applied', 'discarded')), -- nothing is written before applied; pii:none
	columns jsonb not null, -- sheet, header row, headers: used, dropped, missing; pii:none
	counts jsonb not null, -- rows new, changed, unchanged, wrong, with a warning, skipped; known ones missing from the file; pii:none
	account_id text not null, -- who brought it; pii:basic
	created_at timestamptz not null, -- checked at; pii:none
	applied_at timestamptz, -- applied at; pii:none
	applied_by text, -- by whom, as shown to whoever comes second; pii:basic
	primary key (agency_id, id)
);
create index import_recent on people.import (agency_id, created_at desc);

create table people.import_row (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	import_id uuid not null, -- import; pii:none
	row_number integer not null, -- row in the file as a spreadsheet numbers it; pii:none
	outcome text not null check (outcome in ('new', 'changed', 'unchanged', 'wrong')), -- what applying does; pii:none
	subject_id uuid, -- the person or unit it is about; for a new one the id that it will have; pii:basic
	label text not null default '', -- name and NIP as typed, to find the row by; pii:basic
	data jsonb not null, -- only the columns that Asah keeps, read; nothing of a wrong row; pii:basic
	changes jsonb, -- field by field: from, to; pii:basic
	problems jsonb, -- column, value, code and facts of each thing wrong, or merely odd (warning); pii:basic
	primary key (agency_id, import_id, row_number),
	foreign key (agency_id, import_id) references people.import on delete cascade
);
create index import_row_outcome on people.import_row (agency_id, import_id, outcome, row_number);

-- Who works here today, with unit and supervisor: what most screens and scopes read.
create view people.staff with (security_invoker = true) as
select p.agency_id, p.id as person_id, p.nip, p.name, p.front_title, p.back_title, p.sex, p.employment_kind, p.grade,
	j.title as post_title, j.kind as post_kind, j.level as post_level, j.is_head,
	u.id as unit_id, u.name as unit_name, u.path as unit_path,
	case when u.leader_person_id = p.id then u.upper_person_id else u.leader_person_id end as supervisor_id,
	p.name_folded
from people.person p
join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
where p.active;
grant select on people.staff to asah_app;

-- Supervisors follow from heads and the tree; run after either changes. Who leads a unit and the one below it
-- (a Sekda, an acting head) is supervised by the next other head above, never by himself.
create function people.refresh_leaders(agency uuid) returns void language sql as $$
	with recursive tree as (
		select id, head_person_id as leader, null::uuid as upper from people.unit
		where agency_id = agency and parent_id is null
		union all
		select u.id, coalesce(u.head_person_id, t.leader),
			case when u.head_person_id is null or u.head_person_id = t.leader then t.upper else t.leader end
		from people.unit u join tree t on u.parent_id = t.id
		where u.agency_id = agency
	)
	update people.unit u set leader_person_id = tree.leader, upper_person_id = tree.upper
	from tree
	where u.agency_id = agency and u.id = tree.id
		and (u.leader_person_id, u.upper_person_id) is distinct from (tree.leader, tree.upper)
$$;

select platform.isolate('people.unit', 'people.person', 'people.posting', 'people.role_grant', 'people.import', 'people.import_row');
