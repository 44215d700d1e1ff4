-- Standards: the dictionary in force, its levels, and the level that each post must have.

create schema competencies;
grant usage on schema competencies to asah_app;

create table competencies.dictionary (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version of a dictionary; pii:none
	name text not null, -- what it is called; pii:none
	legal_basis text not null, -- regulation it follows; pii:none
	valid_from date not null, -- in force from; pii:none
	valid_to date, -- until, null while in force; pii:none
	primary key (agency_id, id)
);

create table competencies.competency (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- competency; pii:none
	dictionary_id uuid not null, -- version it belongs to; pii:none
	code text not null, -- e.g. M.05; pii:none
	family text not null check (family in ('managerial', 'sociocultural', 'technical')), -- group; pii:none
	name text not null, -- Indonesian name; pii:none
	name_en text not null, -- English name; pii:none
	definition text not null, -- what it is; pii:none
	sort integer not null, -- order on screens; pii:none
	primary key (agency_id, id),
	unique (agency_id, dictionary_id, code),
	foreign key (agency_id, dictionary_id) references competencies.dictionary
);

create table competencies.level (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	competency_id uuid not null, -- competency; pii:none
	level smallint not null check (level between 1 and 5), -- 1 to 5; pii:none
	headline text not null, -- the level in a sentence; pii:none
	indicators jsonb not null, -- list of observable behaviours; pii:none
	primary key (agency_id, competency_id, level),
	foreign key (agency_id, competency_id) references competencies.competency
);

create table competencies.required_level (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	post_level text not null, -- asn_jenjang code; pii:none
	competency_id uuid, -- one competency, or null for all of them; pii:none
	level smallint not null check (level between 1 and 5), -- required; pii:none
	legal_basis text not null, -- decree or regulation; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	primary key (agency_id, id),
	foreign key (agency_id, competency_id) references competencies.competency,
	check (valid_to is null or valid_to > valid_from)
);
create index required_level_post on competencies.required_level (agency_id, post_level);

select platform.isolate('competencies.dictionary', 'competencies.competency', 'competencies.level', 'competencies.required_level');
