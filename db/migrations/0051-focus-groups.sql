-- Focus groups: what was said in them, coded by a codebook that the agency shares; findings may rest on it.

create table evaluation.theme_code (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- code; pii:none
	code text not null check (length(code) between 2 and 20), -- short name, as written beside a passage; pii:none
	name text not null check (length(name) between 3 and 120), -- the theme in words; pii:none
	definition text not null check (length(definition) between 5 and 1000), -- what belongs under it and what does not; pii:none
	example text not null default '' check (length(example) <= 500), -- a made-up sentence that belongs under it; pii:none
	active boolean not null default true, -- new passages may be given it; pii:none
	proposes boolean not null default true, -- a finding is proposed of it when it keeps coming up; praise is a theme too; pii:none
	merged_into uuid, -- the code that counts instead of it; what was coded keeps its own code; pii:none
	merged_at timestamptz, -- when; pii:none
	created_at timestamptz not null, -- when it came into the codebook; pii:none
	primary key (agency_id, id),
	unique (agency_id, code),
	foreign key (agency_id, merged_into) references evaluation.theme_code,
	check ((merged_into is null) = (merged_at is null) and (merged_into is null or not active) and merged_into is distinct from id)
);

create table evaluation.focus_group (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- focus group; pii:none
	version_id uuid not null, -- curriculum version that was talked about; pii:none
	class_id uuid, -- class whose participants talked; null when they came from several; pii:none
	title text not null check (length(title) between 3 and 160), -- what it is called; pii:none
	held_on date not null, -- day; pii:none
	place text not null default '' check (length(place) <= 160), -- where; pii:none
	people smallint not null check (people between 2 and 60), -- how many took part; who they were is kept nowhere; pii:none
	questions text[] not null, -- the guide, question by question; pii:none
	notes text not null default '' check (length(notes) <= 8000), -- what the facilitator noted; pii:basic
	facilitator_id uuid, -- who led it; pii:basic
	made_by uuid not null, -- who wrote it down; pii:basic
	made_at timestamptz not null, -- when; pii:none
	edition integer not null default 1, -- counts the saves of its head; pii:none
	second_coder_id uuid, -- who codes the passages again, without seeing the first codes; pii:basic
	second_done_at timestamptz, -- when they handed their codes over; pii:none
	agreement jsonb, -- agreement of the two as it was then: passages, Cohen's kappa by code; pii:none
	finished_at timestamptz, -- when its coding was finished: from then on others see its themes; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version,
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, facilitator_id) references people.person,
	foreign key (agency_id, made_by) references people.person,
	foreign key (agency_id, second_coder_id) references people.person,
	check (cardinality(questions) between 1 and 30),
	check ((second_done_at is null) = (agreement is null))
);
create index focus_group_version on evaluation.focus_group (agency_id, version_id);
create index focus_group_class on evaluation.focus_group (agency_id, class_id);

create table evaluation.focus_passage (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- passage; pii:none
	group_id uuid not null, -- focus group; pii:none
	sort integer not null, -- place in the talk; pii:none
	question smallint, -- number of the guide's question it answers; null when it came by itself; pii:none
	said text not null check (length(said) between 3 and 1000), -- what was said, word for word; pii:basic
	speaker text check (length(speaker) between 1 and 60), -- a role, not a name: "Peserta 1, kecamatan"; pii:basic
	shareable boolean not null default false, -- the organiser lets people outside the group read it; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, group_id) references evaluation.focus_group
);
create index focus_passage_group on evaluation.focus_passage (agency_id, group_id, sort);

create table evaluation.passage_code (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	passage_id uuid not null, -- passage; pii:none
	code_id uuid not null, -- code as it was given, whatever was merged since; pii:none
	round smallint not null check (round in (1, 2)), -- 1: counts; 2: the second coder's, for the agreement alone; pii:none
	coded_at timestamptz not null, -- when; pii:none
	primary key (agency_id, passage_id, round, code_id),
	foreign key (agency_id, passage_id) references evaluation.focus_passage on delete cascade,
	foreign key (agency_id, code_id) references evaluation.theme_code
);
create index passage_code_code on evaluation.passage_code (agency_id, code_id);

-- A finding may rest on a theme, and may be about a version alone.
alter table evaluation.finding alter column class_id drop not null;
alter table evaluation.finding add column code_id uuid;
comment on column evaluation.finding.code_id is 'theme it rests on, when it came from focus groups; pii:none';
alter table evaluation.finding add foreign key (agency_id, code_id) references evaluation.theme_code;
create index finding_owner on evaluation.finding (agency_id, owner_id);

create table evaluation.finding_passage (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	finding_id uuid not null, -- finding; pii:none
	passage_id uuid not null, -- passage that it rests on; pii:none
	primary key (agency_id, finding_id, passage_id),
	foreign key (agency_id, finding_id) references evaluation.finding,
	foreign key (agency_id, passage_id) references evaluation.focus_passage on delete cascade
);
create index finding_passage_passage on evaluation.finding_passage (agency_id, passage_id);

select platform.isolate('evaluation.theme_code', 'evaluation.focus_group', 'evaluation.focus_passage', 'evaluation.passage_code',
	'evaluation.finding_passage');
revoke delete on evaluation.theme_code, evaluation.focus_group from asah_app;
