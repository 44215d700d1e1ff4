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
create index competency_sort on competencies.competency (agency_id, sort);

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
	check (valid_to is null or valid_to > valid_from),
	-- One rule at a time; the nil id stands for "all competencies", which a null cannot do inside a constraint.
	constraint required_level_once exclude using gist (agency_id with =, post_level with =,
		coalesce(competency_id, '00000000-0000-0000-0000-000000000000'::uuid) with =, daterange(valid_from, valid_to) with &&)
);
create index required_level_post on competencies.required_level (agency_id, post_level);

select platform.isolate('competencies.dictionary', 'competencies.competency', 'competencies.level', 'competencies.required_level');

-- Post level × competency in force on a day: what sets of people are measured against. A rule for one competency wins
-- over the rule for all of them. Post levels without any rule do not appear: nothing is asked of them.
create function competencies.required_on(day date)
	returns table (post_level text, competency_id uuid, level smallint, rule_id uuid)
	language sql stable parallel safe
	as $$
		select distinct on (r.post_level, c.id) r.post_level, c.id, r.level, r.id
		from competencies.dictionary d
		join competencies.competency c on c.agency_id = d.agency_id and c.dictionary_id = d.id
		join competencies.required_level r on r.agency_id = c.agency_id and (r.competency_id = c.id or r.competency_id is null)
		where d.agency_id = platform.current_agency()
			and d.valid_from <= day and (d.valid_to is null or d.valid_to > day)
			and r.valid_from <= day and (r.valid_to is null or r.valid_to > day)
		order by r.post_level, c.id, r.competency_id nulls last
	$$;
grant execute on function competencies.required_on(date) to asah_app;
