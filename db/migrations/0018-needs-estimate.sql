-- Estimated levels: several raters of one source, evidence from outside campaigns, and what the gap estimator made of it.

-- A person has many peers and subordinates, and over a campaign perhaps two supervisors: the key carries the rater. An
-- assessment centre has none, and a key cannot hold nothing, so the nil id stands for it.
alter table needs.rating
	add column rater_key uuid not null generated always as (coalesce(rater_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored,
	drop constraint rating_pkey,
	add constraint rating_pkey primary key (agency_id, campaign_id, person_id, competency_id, source, rater_key),
	drop constraint rating_source_check,
	add constraint rating_source_check check (source in ('self', 'supervisor', 'assessment', 'peer', 'subordinate'));

comment on column needs.rating.rater_key is 'rater_id, the nil id for none; pii:basic';

-- What was measured outside a campaign: assessment centres, tests, certificates. Never updated; what was wrong is
-- replaced by what is right (deleted by its import, written anew).
create table needs.evidence (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- piece of evidence; pii:none
	person_id uuid not null, -- whose level; pii:basic
	competency_id uuid not null, -- in what; pii:none
	source text not null check (source in ('assessment', 'test', 'certificate')), -- what kind; pii:none
	level numeric(3,2) not null check (level between 0 and 5), -- on the dictionary's scale; pii:basic
	measured_on date not null, -- when; pii:none
	reference text not null check (length(reference) between 1 and 200), -- where it is written: report, certificate or test; pii:basic
	import_id uuid, -- import that brought it, null when none did; pii:none
	import_row integer, -- and its row in the file; pii:none
	recorded_at timestamptz not null, -- when it came here; pii:none
	primary key (agency_id, id),
	-- The same result read twice is one piece of evidence.
	constraint evidence_once unique (agency_id, person_id, competency_id, source, measured_on, reference),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index evidence_import on needs.evidence (agency_id, import_id) where import_id is not null;

-- What an agency changes in the estimator's defaults (src/slices/needs/estimator/settings.ts), by date.
create table needs.estimator_setting (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	settings jsonb not null, -- only what differs from the defaults; pii:none
	reason text not null check (length(reason) between 3 and 500), -- decree, study or why; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	set_by text not null, -- account; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	check (valid_to is null or valid_to > valid_from),
	constraint estimator_setting_once exclude using gist (agency_id with =, daterange(valid_from, valid_to) with &&)
);

-- One run over a campaign. Runs stay; levels are kept of the last one only.
create table needs.estimate_run (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- run; pii:none
	campaign_id uuid not null, -- whose people and standards; pii:none
	as_of date not null, -- day that ages are counted from; later evidence is left out; pii:none
	run_at timestamptz not null, -- when; pii:none
	run_by text not null, -- name of whoever asked, Asah itself after closing; pii:basic
	people integer not null, -- people asked; pii:none
	ratings integer not null, -- pieces of evidence read; pii:none
	settings jsonb not null, -- all settings it used; pii:none
	settings_reason text, -- reason of the agency's own settings, null with the defaults; pii:none
	found jsonb not null, -- offsets, deviations and counts found in the data; pii:none
	leniency jsonb not null, -- how many raters of each source are how lenient, no names; pii:none
	agreement jsonb not null, -- ICC and r_wg with intervals; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, campaign_id) references needs.campaign
);
create index estimate_run_campaign on needs.estimate_run (agency_id, campaign_id, run_at desc);

-- A level in a competency: how sure, and what carried it. The run stands in the key, so that a new run writes at the end
-- of the index in its order, and not among what the last one leaves behind (four times as long for 287,020 rows). A
-- foreign key each, looked up row by row, would take longer than the estimate itself: the statement's trigger asks once.
create table needs.estimate (
	agency_id uuid not null, -- agency; pii:none
	run_id uuid not null, -- run that made it; pii:none
	person_id uuid not null, -- who; pii:basic
	competency_id uuid not null, -- in what; pii:none
	required smallint not null, -- level required by the campaign; pii:none
	level real not null, -- posterior mean; pii:basic
	sd real not null check (sd > 0), -- posterior standard deviation; pii:basic
	p_gap real not null check (p_gap between 0 and 1), -- probability that half a level or more is missing; pii:basic
	shortfall real not null check (shortfall >= 0), -- expected shortfall, a reserve counting 0; pii:basic
	ratings smallint not null, -- pieces of evidence in this very competency; pii:basic
	weight_assessment smallint not null, -- weight of the source in the level, in per cent; what is missing to 100 is the post group's mean; pii:basic
	weight_supervisor smallint not null, -- likewise; pii:basic
	weight_peer smallint not null, -- likewise; pii:basic
	weight_subordinate smallint not null, -- likewise; pii:basic
	weight_self smallint not null, -- likewise; pii:basic
	weight_test smallint not null, -- likewise; pii:basic
	weight_certificate smallint not null, -- likewise; pii:basic
	primary key (agency_id, run_id, person_id, competency_id)
);

-- The same added up for the people of each unit itself, for maps: sums, so that units add up to offices. Who was never
-- measured in a competency is not in its sums: the mean of their post group says nothing of the unit.
create table needs.estimate_unit (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	run_id uuid not null, -- run that made it; pii:none
	unit_id uuid not null, -- unit where they worked when they were asked; pii:none
	competency_id uuid not null, -- in what; pii:none
	people integer not null, -- people asked; pii:none
	n integer not null, -- of them with evidence of their own in this competency; pii:none
	gap double precision not null, -- of those n, sum of required − level; pii:none
	shortfall double precision not null, -- of those n, sum of expected shortfalls; pii:none
	likely double precision not null, -- of those n, sum of the probabilities that half a level or more is missing; pii:none
	sure double precision not null, -- of those n, sum of how surely that can be said, max(p, 1 − p); pii:none
	primary key (agency_id, run_id, unit_id, competency_id),
	foreign key (agency_id, run_id) references needs.estimate_run,
	foreign key (agency_id, unit_id) references people.unit
);

select platform.isolate('needs.evidence', 'needs.estimator_setting', 'needs.estimate_run', 'needs.estimate', 'needs.estimate_unit');

create function needs.refuse_unasked_estimate() returns trigger language plpgsql as $$
begin
	if exists (
		select from (select distinct agency_id, run_id, person_id from added) a
		left join needs.estimate_run r on r.agency_id = a.agency_id and r.id = a.run_id
		left join needs.target t on t.agency_id = a.agency_id and t.campaign_id = r.campaign_id and t.person_id = a.person_id
		where t.agency_id is null
	) or exists (
		select from (select distinct agency_id, competency_id from added) a
		where not exists (select from competencies.competency c where c.agency_id = a.agency_id and c.id = a.competency_id)
	) then
		raise exception 'an estimate of what nobody was asked' using errcode = 'foreign_key_violation';
	end if;
	return null;
end $$;
create trigger estimate_asked after insert on needs.estimate referencing new table as added
	for each statement execute function needs.refuse_unasked_estimate();

revoke update, delete on needs.estimate_run from asah_app;
revoke update on needs.estimate, needs.estimate_unit, needs.evidence from asah_app;
