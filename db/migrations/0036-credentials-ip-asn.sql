-- JP by the agency's own rules, how each was counted, the professionalism index (IP ASN) by versioned rulesets, and what
-- was handed to SIASN.

-- What the law leaves to the agency: in which year a record counts, and how "+20 %" abroad is rounded. A change is a new row.
create table credentials.jp_setting (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- setting; pii:none
	valid_from date not null, -- from this day until the next row; the day is that of the end of the learning; pii:none
	year_by text not null check (year_by in ('endDate', 'certificateDate')), -- the year of the last day, or of the certificate; pii:none
	rounding text not null check (rounding in ('exact', 'down', 'nearest')), -- JP abroad: two decimals, whole ones below, nearest whole ones; pii:none
	legal_basis text not null, -- regulation, decree or circular; pii:none
	set_by_name text, -- who set it, null when it came with the agency; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, valid_from)
);

alter table credentials.jp_rate
	add column set_by_name text,
	add column set_at timestamptz;
comment on column credentials.jp_rate.set_by_name is 'who set the agency''s own rate, null for the national one; pii:basic';
comment on column credentials.jp_rate.set_at is 'when; pii:none';

alter table credentials.jp_entry
	add column certificate_on date,
	add column assigned boolean not null default false,
	add column leadership_level text check (leadership_level in ('01', '02', '03', '04', '05'));
comment on column credentials.jp_entry.certificate_on is 'date on the certificate; pii:none';
comment on column credentials.jp_entry.assigned is 'by written assignment of the office: counts towards the ceiling of PPPK; pii:basic';
comment on column credentials.jp_entry.leadership_level is 'KL01: for which level of post (asn_jenjang), when its name does not tell; pii:none';
update credentials.jp_entry e set assigned = true, certificate_on = c.issued_on
from credentials.certificate c
where e.source = 'class' and c.agency_id = e.agency_id and c.id = e.certificate_id;

-- ── IP ASN: the table of PermenPANRB 38/2018 and Per BKN 8/2019 as a version; another is a new row with its own points ──

create table credentials.ip_ruleset (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version of the rules; pii:none
	name text not null check (length(name) between 3 and 120), -- what people call it; pii:none
	legal_basis text not null, -- regulation; pii:none
	valid_from date not null, -- the index of a year is measured by the version in force on its last day; pii:none
	employment_kinds text[] not null, -- who is measured: PNS, PPPK …; pii:none
	hours_needed numeric(6,2) not null check (hours_needed > 0), -- JP in the measured year; pii:none
	seminar_years smallint not null check (seminar_years between 1 and 5), -- how many years back a seminar counts; pii:none
	seminar_forms text[] not null, -- forms that count as seminar, workshop, internship or course; pii:none
	higher_level_counts boolean not null, -- leadership training for a higher level satisfies a lower post; pii:none
	discipline_years smallint check (discipline_years between 1 and 50), -- how long a sanction counts, null: for ever; pii:none
	untrained_posts text[] not null, -- words in titles of functional posts that ask for no functional training; pii:none
	set_by_name text, -- who set it, null when it came with the agency; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, valid_from)
);

create table credentials.ip_point (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	ruleset_id uuid not null, -- version of the rules; pii:none
	dimension text not null check (dimension in ('qualification', 'structural', 'functional', 'general', 'performance', 'discipline', 'category')), -- part of the index, or group of posts whose competence it is; pii:none
	item text not null, -- case within it (ip-asn.ts); pii:none
	points numeric(5,2) not null check (points >= 0), -- its points; of a category the least that reaches it; pii:none
	primary key (agency_id, ruleset_id, dimension, item),
	foreign key (agency_id, ruleset_id) references credentials.ip_ruleset
);

-- The least that the index asks: which level of sanction, from when, by which decree. Nothing of what was done.
create table credentials.sanction (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- record; pii:none
	person_id uuid not null, -- whose; pii:sensitive
	level text not null check (level in ('light', 'medium', 'heavy')), -- tingkat hukuman disiplin, PP 94/2021; pii:sensitive
	decided_on date not null, -- date of the decree; pii:sensitive
	decree text not null check (length(decree) between 3 and 120), -- its number; pii:sensitive
	recorded_by_name text not null, -- who entered it; pii:basic
	recorded_at timestamptz not null, -- when; pii:none
	withdrawn_at timestamptz, -- taken back (entered by mistake, or the decree was annulled); pii:none
	withdrawn_by_name text, -- by whom; pii:basic
	withdrawn_reason text, -- and why; pii:sensitive
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index sanction_person on credentials.sanction (agency_id, person_id);

create table credentials.ip_run (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- run; pii:none
	year integer not null, -- measured year; pii:none
	as_of date not null, -- what was known until this day; pii:none
	ruleset_id uuid not null, -- by which version; pii:none
	people integer not null, -- how many were measured; pii:none
	mean numeric(5,2), -- mean of all, null of nobody; pii:none
	recounted integer not null, -- JP records whose hours were reckoned anew from their rule; pii:none
	differing jsonb not null, -- of them those that the ledger has otherwise: id, stored, reckoned; pii:none
	run_by_name text not null, -- who asked for it; pii:basic
	run_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, ruleset_id) references credentials.ip_ruleset
);
create index ip_run_year on credentials.ip_run (agency_id, year, run_at desc);

create table credentials.ip_score (
	agency_id uuid not null, -- agency; its run is of one that exists; pii:none
	run_id uuid not null, -- run; pii:none
	person_id uuid not null, -- who; pii:basic
	unit_path ltree not null, -- where the person worked then; pii:basic
	qualification numeric(5,2) not null, -- of 25; pii:basic
	competence numeric(5,2) not null, -- of 40; pii:basic
	performance numeric(5,2) not null, -- of 30; pii:basic
	discipline numeric(5,2) not null, -- of 5; pii:sensitive
	total numeric(5,2) not null, -- of 100; pii:basic
	category text not null check (category in ('veryHigh', 'high', 'medium', 'low', 'veryLow')), -- five categories; pii:basic
	primary key (agency_id, run_id, person_id),
	foreign key (agency_id, run_id) references credentials.ip_run,
	foreign key (agency_id, person_id) references people.person
);

-- ── What was handed to SIASN ─────────────────────────────────────────────────────────────────────────────────────────

create table credentials.siasn_batch (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- batch; pii:none
	year integer not null, -- year of its number; pii:none
	number integer not null check (number > 0), -- number within the year, never given twice; pii:none
	status text not null check (status in ('made', 'sent', 'taken_back')), -- where it stands; pii:none
	many integer not null check (many > 0), -- records in it; pii:none
	xlsx_file_id uuid not null, -- workbook as it was made; pii:none
	csv_course_file_id uuid, -- courses (kursus) as CSV; pii:none
	csv_leadership_file_id uuid, -- structural training (diklat) as CSV; pii:none
	made_by_name text not null, -- who made it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	sent_by_name text, -- who says it was sent; pii:basic
	sent_at timestamptz, -- when; pii:none
	taken_back_by_name text, -- who took it back; pii:basic
	taken_back_at timestamptz, -- when; pii:none
	reason text, -- why it was taken back; pii:basic
	primary key (agency_id, id),
	unique (agency_id, year, number),
	foreign key (agency_id, xlsx_file_id) references platform.file,
	foreign key (agency_id, csv_course_file_id) references platform.file,
	foreign key (agency_id, csv_leadership_file_id) references platform.file,
	check ((status = 'taken_back') = (reason is not null))
);

create table credentials.siasn_row (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	batch_id uuid not null, -- batch; pii:none
	entry_id uuid not null, -- record of the ledger; pii:none
	live boolean not null default true, -- false once the batch was taken back; pii:none
	sent jsonb not null, -- what the file says of it, in SIASN's names; pii:basic
	primary key (agency_id, batch_id, entry_id),
	foreign key (agency_id, batch_id) references credentials.siasn_batch,
	foreign key (agency_id, entry_id) references credentials.jp_entry
);
create unique index siasn_row_once on credentials.siasn_row (agency_id, entry_id) where live;

select platform.isolate('credentials.jp_setting', 'credentials.ip_ruleset', 'credentials.ip_point', 'credentials.sanction',
	'credentials.ip_run', 'credentials.ip_score', 'credentials.siasn_batch', 'credentials.siasn_row');

-- Rules, runs and what was handed over are never rewritten.
revoke update, delete on credentials.jp_setting, credentials.ip_ruleset, credentials.ip_point, credentials.ip_run, credentials.ip_score,
	credentials.sanction, credentials.siasn_batch, credentials.siasn_row from asah_app;
grant update (withdrawn_at, withdrawn_by_name, withdrawn_reason) on credentials.sanction to asah_app;
grant update (status, sent_by_name, sent_at, taken_back_by_name, taken_back_at, reason) on credentials.siasn_batch to asah_app;
grant update (live) on credentials.siasn_row to asah_app;
