-- Letters and other papers of a class, in the layout of an Indonesian office, and what a class costs.
-- Settings are dated rows that are never changed: a letter of March is signed by whoever might sign in March.

create schema papers;
grant usage on schema papers to asah_app;

create table papers.letterhead (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version of the letterhead; pii:none
	valid_from date not null, -- printed on papers from this day on; pii:none
	government text not null check (length(government) between 3 and 200), -- first line, e.g. Pemerintah Kota Medan; pii:none
	office text not null check (length(office) between 3 and 200), -- second line, the office; pii:none
	address text not null check (length(address) between 3 and 300), -- street and number; pii:none
	city text not null check (length(city) between 2 and 100), -- where papers are signed; pii:none
	postal_code text not null default '', -- five digits; pii:none
	phone text not null default '', -- telephone of the office; pii:none
	email text not null default '', -- its e-mail; pii:none
	website text not null default '', -- its web address; pii:none
	logo_id uuid, -- coat of arms, a picture whose content was checked; pii:none
	set_by text not null, -- account; pii:basic
	set_by_name text not null, -- who, by name as it was then; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, logo_id) references platform.file
);
create index letterhead_dated on papers.letterhead (agency_id, valid_from desc, set_at desc);

create table papers.numbering (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version of the rule; pii:none
	kind text not null, -- kind of paper, src/slices/papers/model.ts; pii:none
	valid_from date not null, -- holds from this day on; pii:none
	pattern text not null check (pattern like '%{no%' and length(pattern) <= 120), -- e.g. 800.2.3/{no:000}/BKPSDM/{bulanRomawi}/{tahun}; pii:none
	series text not null check (series ~ '^[a-z0-9-]{1,40}$'), -- counter from which the number is taken; kinds may share one; pii:none
	copies text not null default '', -- tembusan, one a line; pii:none
	set_by text not null, -- account; pii:basic
	set_by_name text not null, -- who, by name as it was then; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);
create index numbering_dated on papers.numbering (agency_id, kind, valid_from desc, set_at desc);

create table papers.signatory (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- right to sign; pii:none
	kind text, -- kind of paper, null for all that name nobody of their own; pii:none
	person_id uuid not null, -- who signs; pii:basic
	capacity text not null check (capacity in ('definitive', 'plt', 'plh', 'an')), -- holds the post, acts for a time, acts for days, or signs on behalf of its holder; pii:none
	post text not null check (length(post) between 3 and 200), -- post printed above the name; pii:none
	own_post text not null default '', -- of who signs a.n.: the own post, printed on the second line; pii:none
	basis text not null default '', -- order that says so; pii:none
	valid_from date not null, -- signs from this day; pii:none
	valid_to date, -- until (exclusive), null while it holds; pii:none
	set_by text not null, -- account; pii:basic
	set_by_name text not null, -- who entered it, by name as it was then; pii:basic
	set_at timestamptz not null, -- when; pii:none
	ended_by_name text, -- who ended it; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	check (valid_to is null or valid_to > valid_from),
	check ((capacity = 'an') = (own_post <> ''))
);
create index signatory_dated on papers.signatory (agency_id, valid_from desc);

create table papers.batch (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- many letters asked for at once; pii:none
	class_id uuid not null, -- class; pii:none
	kind text not null, -- kind of paper; pii:none
	per text not null check (per in ('unit', 'person')), -- one for each of what; pii:none
	parts jsonb not null, -- texts as they were edited before; pii:none
	total integer not null check (total > 0), -- letters asked for; pii:none
	job_id uuid, -- job that makes them; pii:none
	file_id uuid, -- all of them in one archive, when it has been made; pii:none
	asked_by text not null, -- account; pii:basic
	asked_by_name text not null, -- who, by name as it was then; pii:basic
	asked_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, file_id) references platform.file
);
create index batch_class on papers.batch (agency_id, class_id, asked_at desc);

create table papers.paper (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- paper; pii:none
	class_id uuid not null, -- class that it is about; pii:none
	kind text not null check (kind in ('invitation', 'assignment', 'attendance', 'schedule', 'nominative', 'terms', 'report', 'minutes')), -- what it is; pii:none
	status text not null check (status in ('draft', 'issued', 'withdrawn')), -- an issued paper never changes; pii:none
	unit_id uuid, -- unit to which it is addressed, null for the whole class; pii:none
	person_id uuid, -- the one person to whom it is addressed; pii:basic
	parts jsonb not null, -- texts that may be edited before it is issued; pii:basic
	number text, -- number as it is printed, null while a draft; pii:none
	series text, -- counter it was taken from; pii:none
	year integer, -- year of that counter; pii:none
	counter integer, -- what the counter gave; pii:none
	issued_on date, -- date of the paper; pii:none
	facts jsonb, -- everything printed, frozen when it was issued; pii:basic
	batch_id uuid, -- asked for together with others; pii:none
	made_by text not null, -- account; pii:basic
	made_by_name text not null, -- who drafted it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	issued_by_name text, -- who issued it; pii:basic
	issued_at timestamptz, -- when; pii:none
	withdrawn_by_name text, -- who withdrew it; pii:basic
	withdrawn_at timestamptz, -- when; pii:none
	reason text not null default '', -- why it was withdrawn; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, batch_id) references papers.batch,
	check ((status = 'draft') = (number is null)),
	check (num_nulls(number, series, year, counter, issued_on, facts, issued_at) in (0, 7)),
	check ((status = 'withdrawn') = (withdrawn_at is not null)),
	check (status <> 'withdrawn' or length(reason) > 0)
);
create unique index paper_counter on papers.paper (agency_id, series, year, counter) where number is not null;
create unique index paper_number on papers.paper (agency_id, number) where number is not null;
create index paper_class on papers.paper (agency_id, class_id, kind, made_at);
create index paper_unit on papers.paper (agency_id, unit_id) where unit_id is not null;
create index paper_recent on papers.paper (agency_id, issued_at desc) where number is not null;
create index paper_batch on papers.paper (agency_id, batch_id) where batch_id is not null;

create table papers.recipient (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	paper_id uuid not null, -- invitation or assignment; pii:none
	person_id uuid not null, -- who is invited or sent by it; pii:basic
	primary key (agency_id, paper_id, person_id),
	foreign key (agency_id, paper_id) references papers.paper on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index recipient_person on papers.recipient (agency_id, person_id);

-- Whom each letter of a batch is for, written when it is asked for; a process that is killed goes on where none is yet.
create table papers.batch_target (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	batch_id uuid not null, -- batch; pii:none
	sort integer not null, -- order in which numbers are given; pii:none
	unit_id uuid not null, -- unit; pii:none
	person_ids uuid[] not null, -- people of the class in it; pii:basic
	paper_id uuid, -- the letter, once it has been issued; pii:none
	primary key (agency_id, batch_id, sort),
	foreign key (agency_id, batch_id) references papers.batch on delete cascade,
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, paper_id) references papers.paper
);

create table papers.cost (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- item; pii:none
	class_id uuid not null, -- class; pii:none
	kind text not null check (kind in ('honorarium', 'consumption', 'rent', 'stationery', 'travel', 'other')), -- what it is spent on; pii:none
	description text not null check (length(description) between 2 and 200), -- as the budget writes it; pii:none
	person_id uuid, -- whose honorarium; pii:basic
	unit_word text not null check (length(unit_word) between 1 and 20), -- of what so many: OJ, orang/hari, paket; pii:none
	planned_quantity numeric(10,2) not null check (planned_quantity >= 0), -- how many are planned; pii:none
	planned_rate bigint not null check (planned_rate between 0 and 1000000000000), -- rupiah each, as planned; pii:none
	planned_amount bigint not null generated always as (round(planned_quantity * planned_rate)) stored, -- rupiah planned; pii:none
	realised_quantity numeric(10,2) check (realised_quantity >= 0), -- how many there were; pii:none
	realised_rate bigint check (realised_rate between 0 and 1000000000000), -- rupiah paid each; pii:none
	realised_amount bigint generated always as (round(realised_quantity * realised_rate)) stored, -- rupiah spent, null until it is entered; pii:none
	evidence text not null default '', -- number of the receipt; pii:none
	planned_by_name text not null, -- who planned it; pii:basic
	planned_at timestamptz not null, -- when; pii:none
	realised_by_name text, -- who entered what was spent; pii:basic
	realised_at timestamptz, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	check (num_nulls(realised_quantity, realised_rate, realised_by_name, realised_at) in (0, 4))
);
create index cost_class on papers.cost (agency_id, class_id, kind, planned_at);

select platform.isolate('papers.letterhead', 'papers.numbering', 'papers.signatory', 'papers.batch', 'papers.paper',
	'papers.recipient', 'papers.batch_target', 'papers.cost');

-- What was set on a day was set on that day.
revoke update, delete on papers.letterhead, papers.numbering from asah_app;
revoke update, delete on papers.signatory from asah_app;
grant update (valid_to, ended_by_name) on papers.signatory to asah_app;

-- A paper that has left the office stays as it left: its number is used for good, only its standing may change.
create function papers.refuse_issued() returns trigger language plpgsql as $$
begin
	if old.status = 'draft' then
		return coalesce(new, old);
	end if;
	if tg_op = 'DELETE' or old.status = 'withdrawn'
		or (to_jsonb(new) - '{status,reason,withdrawn_at,withdrawn_by_name}'::text[])
			is distinct from (to_jsonb(old) - '{status,reason,withdrawn_at,withdrawn_by_name}'::text[]) then
		raise exception 'paper % has been issued and cannot change', old.id using errcode = 'AS001';
	end if;
	return new;
end $$;
create trigger paper_issued before update or delete on papers.paper for each row execute function papers.refuse_issued();
