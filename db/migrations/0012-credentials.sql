-- Proof: conversion rates, certificates in numbered versions, and the ledger of learning hours (JP).

create schema credentials;
grant usage on schema credentials to asah_app;

-- Columns as JpRate of src/slices/credentials/jp.ts; a change of the rules is a new row, never a changed one.
create table credentials.jp_rate (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rate; pii:none
	code text not null check (code ~ '^(PD|KL|NK)[0-9]{2}$'), -- bentuk, domain.md §2; pii:none
	path text not null check (path in ('education', 'classical', 'nonClassical')), -- jalur; pii:none
	basis text not null check (basis in ('programme', 'perDay', 'perTime', 'capPerDay', 'perSemester', 'none')), -- what the JP are counted from, none while the agency has set no rate; pii:none
	domestic numeric(8,2) check (domestic > 0), -- JP per day, time or semester at home; pii:none
	abroad numeric(8,2) check (abroad > 0), -- the same abroad, or the cap per day there; pii:none
	abroad_factor numeric(5,3) check (abroad_factor > 0), -- 1.2 where the table says +20 % abroad; pii:none
	cap_per_day numeric(6,2) check (cap_per_day > 0), -- most JP of this form on one day; pii:none
	cap_per_month smallint check (cap_per_month > 0), -- most sessions of this form in a person's month; pii:none
	siasn_id smallint, -- SIASN jenis_diklat; pii:none
	legal_basis text not null, -- regulation or decree; pii:none
	valid_from date not null, -- first day in force; pii:none
	valid_to date check (valid_to >= valid_from), -- last day in force (that day included), null while in force; pii:none
	primary key (agency_id, id),
	unique (agency_id, code, valid_from)
);

-- How many JP a year asks for (PNS), or lets an office assign at most (PPPK): a change of the rules is a new row.
create table credentials.jp_target (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	employment_kind text not null, -- PNS, CPNS, PPPK, PPPK_PARUH_WAKTU; pii:none
	nature text not null check (nature in ('minimum', 'ceiling')), -- at least, or at most by assignment; pii:none
	learning_hours numeric(6,2) not null check (learning_hours > 0), -- JP in a calendar year; pii:none
	legal_basis text not null, -- regulation or decree; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive), null while in force; pii:none
	primary key (agency_id, id),
	unique (agency_id, employment_kind, nature, valid_from)
);

create table credentials.certificate (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- certificate; pii:none
	number text not null check (length(number) between 3 and 100), -- printed number, never given twice; pii:none
	version integer not null check (version > 0), -- 1, and one more for each replacement; pii:none
	class_id uuid not null, -- for which class; pii:none
	person_id uuid not null, -- to whom; pii:basic
	issued_on date not null, -- date printed on it; pii:none
	status text not null check (status in ('valid', 'replaced', 'revoked')), -- what the public page says; pii:none
	reason text not null default '', -- why it was replaced or revoked; pii:basic
	replaces_id uuid, -- certificate in whose place it stands; pii:none
	verify_code text not null check (length(verify_code) between 8 and 40), -- code in the QR, beside the agency's own in the address; pii:none
	facts jsonb not null, -- everything printed, as it was then: the PDF is made from this alone; pii:basic
	primary key (agency_id, id),
	unique (agency_id, number),
	unique (agency_id, verify_code),
	unique (agency_id, replaces_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, replaces_id) references credentials.certificate,
	check ((version = 1) = (replaces_id is null)),
	check (status = 'valid' or length(reason) > 0)
);
create unique index certificate_valid on credentials.certificate (agency_id, class_id, person_id) where status = 'valid';
create index certificate_person on credentials.certificate (agency_id, person_id, issued_on desc);

create table credentials.jp_entry (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- entry; pii:none
	person_id uuid not null, -- whose hours; pii:basic
	source text not null check (source in ('class', 'external', 'self')), -- our class, somebody else's, or learned alone; pii:none
	class_id uuid, -- class it comes from; pii:none
	certificate_id uuid, -- our certificate for it; pii:none
	evidence_id uuid, -- file that proves what others gave; pii:none
	form text not null, -- bentuk, code of domain.md §2; pii:none
	title text not null check (length(title) between 3 and 300), -- what was learned; pii:none
	starts_on date not null, -- first day; pii:none
	ends_on date not null check (ends_on >= starts_on), -- last day; pii:none
	year integer not null, -- calendar year in which it counts; pii:none
	learning_hours numeric(7,2) not null check (learning_hours >= 0), -- JP by the rule, counted only when the status says so; pii:basic
	rule jsonb, -- the rate as it was applied, and what a cap took away; pii:none
	status text not null check (status in ('counted', 'waiting', 'rejected', 'refused_overlap')), -- only counted ones make up the 20 JP; pii:basic
	reason text not null default '', -- why it was not counted, or counted otherwise; pii:basic
	decided_by uuid, -- person who verified it, null when it came from our own class; pii:basic
	decided_at timestamptz, -- when; pii:none
	created_at timestamptz not null, -- entered at; pii:none
	primary key (agency_id, id),
	unique (agency_id, id, person_id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, certificate_id) references credentials.certificate,
	foreign key (agency_id, evidence_id) references platform.file,
	foreign key (agency_id, decided_by) references people.person,
	check ((source = 'class') = (class_id is not null)),
	check (status <> 'counted' or rule is not null)
);
create unique index jp_entry_class on credentials.jp_entry (agency_id, class_id, person_id) where class_id is not null;
create index jp_entry_person on credentials.jp_entry (agency_id, person_id, year);
create index jp_entry_year on credentials.jp_entry (agency_id, year, person_id) include (learning_hours) where status = 'counted';
create index jp_entry_waiting on credentials.jp_entry (agency_id, created_at) where status = 'waiting';

-- The hours that an entry takes; self-paced learning takes none (jp-overlap.ts). Nobody sits in two rooms at once,
-- so the database refuses a second entry for the same hour. An entry that stops counting gives its rows up.
create table credentials.jp_time (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	entry_id uuid not null, -- entry; pii:none
	person_id uuid not null, -- whose hours; pii:basic
	during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)), -- from, until (exclusive); pii:basic
	primary key (agency_id, entry_id, during),
	foreign key (agency_id, entry_id, person_id) references credentials.jp_entry (agency_id, id, person_id) on delete cascade,
	constraint jp_time_once exclude using gist (agency_id with =, person_id with =, during with &&)
);

select platform.isolate('credentials.jp_rate', 'credentials.jp_target', 'credentials.certificate', 'credentials.jp_entry', 'credentials.jp_time');

-- A certificate is what somebody holds in the hand: its number and words stay, only its standing may change.
revoke update, delete on credentials.certificate from asah_app;
grant update (status, reason) on credentials.certificate to asah_app;
