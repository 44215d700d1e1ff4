-- Needs analysis: campaigns, ratings, and the gap of every person in every competency.

create schema needs;
grant usage on schema needs to asah_app;

create table needs.campaign (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- campaign; pii:none
	name text not null, -- what people see; pii:none
	year integer not null, -- year that it plans for; pii:none
	status text not null check (status in ('draft', 'open', 'closed')), -- see NEXT in model.ts; pii:none
	opens_on date not null, -- from; pii:none
	closes_on date not null check (closes_on >= opens_on), -- last day; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);
-- A person asked "rate yourself" must never have to ask "for which of the two?".
create unique index campaign_one_open on needs.campaign (agency_id) where status = 'open';

-- Who is asked in a campaign, where they worked and in what post when it opened.
create table needs.target (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- who; pii:basic
	unit_id uuid not null, -- where they worked then; pii:basic
	post_level text not null, -- level of their post then, asn_jenjang code; pii:basic
	primary key (agency_id, campaign_id, person_id),
	unique (agency_id, campaign_id, person_id, unit_id),
	foreign key (agency_id, campaign_id) references needs.campaign,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit
);

-- Nine rows a person: agency, campaign, person and unit are guarded once, by the row of needs.target they belong to, and
-- competencies once a statement, by the trigger below. A foreign key each, looked up for 129,159 rows, made opening a
-- campaign for a city more than twice as long.
create table needs.gap (
	agency_id uuid not null, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- who; pii:basic
	competency_id uuid not null, -- in what; pii:none
	unit_id uuid not null, -- where they worked when it was measured; pii:basic
	required smallint not null, -- level the post asked for when the campaign opened; pii:none
	self_level smallint, -- own rating; pii:basic
	supervisor_level smallint, -- supervisor's rating; pii:basic
	assessment_level smallint, -- assessment centre's result; pii:basic
	actual smallint generated always as (coalesce(assessment_level, supervisor_level, self_level)) stored, -- assessment before supervisor before self; pii:basic
	gap smallint generated always as (required - coalesce(assessment_level, supervisor_level, self_level)) stored, -- above 0 is a need; pii:basic
	primary key (agency_id, campaign_id, person_id, competency_id),
	foreign key (agency_id, campaign_id, person_id, unit_id) references needs.target (agency_id, campaign_id, person_id, unit_id)
);
create index gap_heat on needs.gap (agency_id, campaign_id, unit_id, competency_id) include (gap, actual);

-- Every answer as it was given last; needs.gap carries the levels, this table who said so and when.
create table needs.rating (
	agency_id uuid not null, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- who is rated; pii:basic
	competency_id uuid not null, -- in what; pii:none
	source text not null check (source in ('self', 'supervisor', 'assessment')), -- who says so; pii:none
	rater_id uuid, -- the rating person, null for an assessment centre; pii:basic
	level smallint not null check (level between 0 and 5), -- 0 = not yet at level 1; pii:basic
	rated_at timestamptz not null, -- when; pii:none
	primary key (agency_id, campaign_id, person_id, competency_id, source),
	foreign key (agency_id, campaign_id, person_id, competency_id) references needs.gap,
	foreign key (agency_id, rater_id) references people.person,
	check ((source = 'assessment') = (rater_id is null))
);

create table needs.match_band (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	from_percent numeric(5,2) not null check (from_percent between 0 and 100), -- job-person match from here on; pii:none
	band text not null check (band in ('optimal', 'fairlyOptimal', 'lessOptimal', 'meets', 'stillMeets', 'belowStandard')), -- what it is called, both vocabularies of domain.md §6.1; pii:none
	legal_basis text not null, -- where the figures come from; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	primary key (agency_id, id),
	check (valid_to is null or valid_to > valid_from),
	constraint match_band_once exclude using gist (agency_id with =, from_percent with =, daterange(valid_from, valid_to) with &&)
);

select platform.isolate('needs.campaign', 'needs.target', 'needs.rating', 'needs.gap', 'needs.match_band');

-- The key from a gap to its competency: every one that a statement brings must exist. Nothing else can break it, since
-- the app can neither delete a competency nor change which one a gap is about.
create function needs.refuse_unknown_competency() returns trigger language plpgsql as $$
declare
	unknown uuid;
begin
	select a.competency_id into unknown
	from (select distinct agency_id, competency_id from added) a
	where not exists (
		select from competencies.competency c where c.agency_id = a.agency_id and c.id = a.competency_id
	) limit 1;
	if found then
		raise exception 'competency % does not exist', unknown using errcode = 'foreign_key_violation';
	end if;
	return null;
end $$;
create trigger gap_competency after insert on needs.gap referencing new table as added
	for each statement execute function needs.refuse_unknown_competency();
revoke delete on competencies.competency from asah_app;
revoke update, delete on needs.gap from asah_app;
grant update (self_level, supervisor_level, assessment_level) on needs.gap to asah_app;
