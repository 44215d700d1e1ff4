-- From a gap to a decided need: what units aim at and how citizens judge them, performance gaps, the ranking's rules,
-- proposals with their way to the decision, what they were computed from (frozen), forums, individual plans, reports.

-- One standing of everybody in every competency of a campaign, for everyone who plans: the estimate where a run made
-- one, else the level as it was answered. `measured` is false where nothing was ever said of this very competency.
create function needs.standing(campaign uuid)
	returns table (person_id uuid, competency_id uuid, unit_id uuid, required smallint, level real, sd real, p_gap real, shortfall real, measured boolean, run_id uuid)
	language sql stable parallel safe rows 100000
	as $$
		with run as materialized (
			select r.id from needs.estimate_run r
			where r.agency_id = (select platform.current_agency()) and r.campaign_id = campaign
			order by r.run_at desc, r.id desc limit 1
		)
		select g.person_id, g.competency_id, g.unit_id, g.required,
			coalesce(e.level, g.actual::real), e.sd,
			coalesce(e.p_gap, case when g.gap is null then null when g.gap > 0 then 1 else 0 end)::real,
			coalesce(e.shortfall, greatest(g.gap, 0)::real),
			g.actual is not null or coalesce(e.ratings, 0) > 0, e.run_id
		from needs.gap g
		left join needs.estimate e on e.agency_id = g.agency_id and e.run_id = (select id from run)
			and e.person_id = g.person_id and e.competency_id = g.competency_id
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = campaign
	$$;
grant execute on function needs.standing(uuid) to asah_app;

-- Where a service counts as good enough (SKM), by date: an element in a weak band opens a need.
create table needs.service_band (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	from_index numeric(5,2) not null check (from_index between 0 and 100), -- index (IKM) from here on; pii:none
	grade text not null check (grade in ('A', 'B', 'C', 'D')), -- mutu; pii:none
	weak boolean not null, -- an element in this band opens a need; pii:none
	legal_basis text not null, -- where the figures come from; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	primary key (agency_id, id),
	check (valid_to is null or valid_to > valid_from),
	constraint service_band_once exclude using gist (agency_id with =, grade with =, daterange(valid_from, valid_to) with &&)
);

create table needs.service_result (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	unit_id uuid not null, -- unit whose service was judged; pii:none
	year integer not null check (year between 2000 and 2100), -- year of the survey; pii:none
	half smallint not null check (half in (0, 1, 2)), -- half of the year, 0 for all of it; pii:none
	respondents integer not null check (respondents > 0), -- citizens who answered; pii:none
	u1 numeric(5,4) not null check (u1 between 1 and 4), -- NRR of U1 requirements; pii:none
	u2 numeric(5,4) not null check (u2 between 1 and 4), -- U2 system, mechanism, procedure; pii:none
	u3 numeric(5,4) not null check (u3 between 1 and 4), -- U3 time; pii:none
	u4 numeric(5,4) not null check (u4 between 1 and 4), -- U4 cost; pii:none
	u5 numeric(5,4) not null check (u5 between 1 and 4), -- U5 product; pii:none
	u6 numeric(5,4) not null check (u6 between 1 and 4), -- U6 competence of staff; pii:none
	u7 numeric(5,4) not null check (u7 between 1 and 4), -- U7 behaviour of staff; pii:none
	u8 numeric(5,4) not null check (u8 between 1 and 4), -- U8 complaints; pii:none
	u9 numeric(5,4) not null check (u9 between 1 and 4), -- U9 facilities; pii:none
	source text not null check (length(source) between 3 and 200), -- report that it stands in; pii:none
	recorded_by text not null, -- account; pii:basic
	recorded_at timestamptz not null, -- when; pii:none
	primary key (agency_id, unit_id, year, half),
	foreign key (agency_id, unit_id) references people.unit
);

create table needs.unit_goal (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- goal; pii:none
	unit_id uuid not null, -- whose goal; pii:none
	goal text not null check (length(goal) between 5 and 500), -- as it stands in the document; pii:none
	source text not null check (source in ('rpjmd', 'renstra', 'vision', 'other')), -- document; pii:none
	weight numeric(3,2) not null check (weight between 0 and 2), -- 1 is usual, 2 counts twice; pii:none
	year_from integer not null check (year_from between 2000 and 2100), -- first year; pii:none
	year_to integer not null check (year_to between year_from and 2100), -- last year; pii:none
	competency_id uuid, -- competency that it leans on, null for all of them; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	ended_at timestamptz, -- taken back, null while it holds; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index unit_goal_unit on needs.unit_goal (agency_id, unit_id);

-- A predicate below "Baik", or an item of the SKP below its target. What comes from an import keeps its reference.
create table needs.performance_need (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- performance gap; pii:none
	person_id uuid not null, -- whose; pii:basic
	unit_id uuid not null, -- where they worked when it was recorded; pii:basic
	year integer not null check (year between 2000 and 2100), -- year of the appraisal; pii:none
	kind text not null check (kind in ('predicate', 'target')), -- the whole predicate, or one item of the SKP; pii:none
	predicate smallint check (predicate between 3 and 5), -- 3 Butuh Perbaikan, 4 Kurang, 5 Sangat Kurang (SIASN); pii:sensitive
	item text check (length(item) between 3 and 300), -- item of the SKP; pii:sensitive
	target numeric(14,2), -- its target; pii:sensitive
	reached numeric(14,2), -- what was reached; pii:sensitive
	source text not null check (length(source) between 3 and 200), -- where it is written; pii:basic
	recorded_by text not null, -- account; pii:basic
	recorded_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit,
	check ((kind = 'predicate') = (predicate is not null)),
	check ((kind = 'target') = (num_nonnulls(item, target, reached) = 3)),
	check (reached < target)
);
create unique index performance_need_predicate on needs.performance_need (agency_id, person_id, year) where kind = 'predicate';
create unique index performance_need_item on needs.performance_need (agency_id, person_id, year, lower(item)) where kind = 'target';
create index performance_need_unit on needs.performance_need (agency_id, unit_id, year);

-- How much a competency matters for a post; 1 where nothing is said.
create table needs.importance (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	competency_id uuid not null, -- competency; pii:none
	post_level text, -- asn_jenjang code, null for all posts; pii:none
	importance numeric(3,2) not null check (importance between 0 and 2), -- 1 is usual, 2 counts twice; pii:none
	reason text not null check (length(reason) between 3 and 500), -- decree or why; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	set_by text not null, -- account; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, competency_id) references competencies.competency,
	check (valid_to is null or valid_to > valid_from),
	constraint importance_once exclude using gist (agency_id with =, competency_id with =, coalesce(post_level, '') with =, daterange(valid_from, valid_to) with &&)
);

-- Weights of the ranking (priority.ts), by date: a factor is raised to its exponent; 0 leaves it out.
create table needs.priority_rule (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- rule; pii:none
	probability numeric(3,2) not null check (probability between 0 and 3), -- exponent of the probability; pii:none
	size numeric(3,2) not null check (size between 0 and 3), -- of the size; pii:none
	importance numeric(3,2) not null check (importance between 0 and 3), -- of the importance for the post; pii:none
	reach numeric(3,2) not null check (reach between 0 and 3), -- of the reach; pii:none
	goal numeric(3,2) not null check (goal between 0 and 3), -- of the unit's goal; pii:none
	size_full numeric(3,2) not null check (size_full between 0.5 and 5), -- levels missing that count in full; pii:none
	reach_full integer not null check (reach_full between 2 and 1000000), -- people that count in full; pii:none
	reason text not null check (length(reason) between 3 and 500), -- decree or why; pii:none
	valid_from date not null, -- from; pii:none
	valid_to date, -- until (exclusive); pii:none
	set_by text not null, -- account; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	check (valid_to is null or valid_to > valid_from),
	constraint priority_rule_once exclude using gist (agency_id with =, daterange(valid_from, valid_to) with &&)
);

create table needs.proposal (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- need that is proposed; pii:none
	unit_id uuid not null, -- unit that proposes it; pii:none
	year integer not null check (year between 2000 and 2100), -- year that it plans for; pii:none
	kind text not null check (kind in ('competency', 'performance', 'service', 'own')), -- what it comes from; pii:none
	competency_id uuid, -- competency, null for what no dictionary names; pii:none
	element smallint check (element between 1 and 9), -- element of the SKM; pii:none
	topic text not null check (length(topic) between 3 and 200), -- what people see; pii:none
	campaign_id uuid, -- campaign that measured it; pii:none
	people integer not null check (people between 1 and 100000), -- for how many; pii:none
	form text not null, -- wanted form, code of domain.md §2; pii:none
	quarter smallint not null check (quarter between 1 and 4), -- when; pii:none
	reason text not null check (length(reason) between 5 and 1000), -- why; pii:none
	rank integer, -- place in the ranking when it was picked, null for own ones; pii:none
	score numeric(6,2), -- priority then, 0 to 100; pii:none
	status text not null check (status in ('draft', 'submitted', 'revise', 'verified', 'discussed', 'accepted', 'rejected', 'deferred')), -- see NEED_NEXT in need-model.ts; pii:none
	merged_into uuid, -- need of several units that it became part of; pii:none
	created_by uuid, -- person, null for an account without one; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, competency_id) references competencies.competency,
	foreign key (agency_id, campaign_id) references needs.campaign,
	foreign key (agency_id, merged_into) references needs.proposal,
	foreign key (agency_id, created_by) references people.person,
	check (kind <> 'competency' or (competency_id is not null and campaign_id is not null)),
	check ((kind = 'service') = (element is not null))
);
create index proposal_unit on needs.proposal (agency_id, unit_id, year);
create index proposal_status on needs.proposal (agency_id, year, status);
create index proposal_parts on needs.proposal (agency_id, merged_into) where merged_into is not null;

create table needs.proposal_step (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- step; pii:none
	proposal_id uuid not null, -- need; pii:none
	from_status text not null, -- before, empty for the first; pii:none
	to_status text not null, -- after; pii:none
	changed_by uuid, -- person, null for an account without one; pii:basic
	by_name text not null, -- name as it was then; pii:basic
	at timestamptz not null, -- when; pii:none
	note text not null default '', -- why; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, proposal_id) references needs.proposal on delete cascade,
	foreign key (agency_id, changed_by) references people.person
);
create index proposal_step_of on needs.proposal_step (agency_id, proposal_id, at);

-- The ranking proposes, a person decides: what was taken and what was passed over, and why.
create table needs.priority_decision (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- decision; pii:none
	unit_id uuid not null, -- whose ranking; pii:none
	year integer not null, -- year that it plans for; pii:none
	subject text not null, -- line of the ranking: competency:<id>, service:<element>, performance; pii:none
	decision text not null check (decision in ('taken', 'passed')), -- taken into a proposal, or passed over; pii:none
	rank integer not null, -- place it had; pii:none
	score numeric(6,2) not null, -- priority it had; pii:none
	arithmetic jsonb not null, -- every factor with its number then; pii:none
	reason text not null check (length(reason) between 5 and 1000), -- why; pii:none
	decided_by uuid, -- person, null for an account without one; pii:basic
	by_name text not null, -- name as it was then; pii:basic
	at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, decided_by) references people.person
);
create index priority_decision_unit on needs.priority_decision (agency_id, unit_id, year, at);

-- What an accepted need was computed from, as it was then.
create table needs.snapshot (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	proposal_id uuid not null, -- accepted need; pii:none
	taken_at timestamptz not null, -- when it was accepted; pii:none
	facts jsonb not null, -- campaign, run, counts, means, priority rule, parts, results behind it; no names; pii:none
	primary key (agency_id, proposal_id),
	foreign key (agency_id, proposal_id) references needs.proposal
);
create table needs.snapshot_person (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	proposal_id uuid not null, -- accepted need; pii:none
	person_id uuid not null, -- who; pii:basic
	unit_id uuid not null, -- where they worked then; pii:basic
	required smallint not null, -- level their post asked for; pii:none
	level real not null, -- their level then; pii:basic
	sd real, -- how sure, null without an estimate; pii:basic
	p_gap real not null, -- probability of a gap then; pii:basic
	shortfall real not null, -- levels missing then; pii:basic
	primary key (agency_id, proposal_id, person_id),
	foreign key (agency_id, proposal_id) references needs.snapshot,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit
);

create table needs.forum (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- forum (FGD); pii:none
	year integer not null check (year between 2000 and 2100), -- year whose needs it discusses; pii:none
	title text not null check (length(title) between 3 and 200), -- what it is about; pii:none
	number text, -- number of the minutes; pii:none
	held_on date not null, -- day; pii:none
	place text not null check (length(place) between 2 and 200), -- place; pii:none
	chair text not null check (length(chair) between 2 and 200), -- who led it; pii:basic
	status text not null check (status in ('open', 'closed')), -- closed: its minutes are signed and stay; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	closed_at timestamptz, -- when its minutes were closed; pii:none
	primary key (agency_id, id),
	check ((status = 'closed') = (closed_at is not null and number is not null))
);
create table needs.forum_participant (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	forum_id uuid not null, -- forum; pii:none
	sort integer not null, -- order; pii:none
	name text not null check (length(name) between 2 and 200), -- name; pii:basic
	office text not null default '', -- whom they speak for; pii:basic
	primary key (agency_id, forum_id, sort),
	foreign key (agency_id, forum_id) references needs.forum on delete cascade
);
create table needs.forum_item (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	forum_id uuid not null, -- forum; pii:none
	proposal_id uuid not null, -- need that was discussed; pii:none
	sort integer not null, -- order; pii:none
	outcome text check (outcome in ('accepted', 'rejected', 'deferred')), -- what came of it, null while it is talked about; pii:none
	note text not null default '', -- why; pii:none
	primary key (agency_id, forum_id, proposal_id),
	foreign key (agency_id, forum_id) references needs.forum,
	foreign key (agency_id, proposal_id) references needs.proposal
);
create index forum_item_proposal on needs.forum_item (agency_id, proposal_id);

create table needs.idp (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- individual development plan; pii:none
	person_id uuid not null, -- whose; pii:basic
	year integer not null check (year between 2000 and 2100), -- year that it plans; pii:none
	career_target text not null default '' check (length(career_target) <= 300), -- where the person wants to get; pii:basic
	status text not null check (status in ('draft', 'submitted', 'revise', 'agreed', 'declined')), -- see IDP_NEXT in idp.ts; pii:basic
	decided_by uuid, -- supervisor who decided last; pii:basic
	submitted_at timestamptz, -- handed in last; pii:none
	decided_at timestamptz, -- decided last; pii:none
	created_at timestamptz not null, -- begun; pii:none
	primary key (agency_id, id),
	constraint idp_one_a_year unique (agency_id, person_id, year),
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, decided_by) references people.person
);
create index idp_year on needs.idp (agency_id, year, status);
create table needs.idp_line (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	idp_id uuid not null, -- plan; pii:none
	sort smallint not null check (sort between 1 and 5), -- order; pii:none
	competency_id uuid, -- competency, null for another topic; pii:basic
	topic text not null check (length(topic) between 3 and 200), -- what; pii:basic
	form text not null, -- wanted form, code of domain.md §2; pii:none
	learning_hours numeric(5,1) not null check (learning_hours > 0 and learning_hours <= 400), -- JP, about; pii:none
	quarter smallint not null check (quarter between 1 and 4), -- when; pii:none
	reason text not null check (length(reason) between 3 and 500), -- why; pii:basic
	primary key (agency_id, idp_id, sort),
	foreign key (agency_id, idp_id) references needs.idp on delete cascade,
	foreign key (agency_id, competency_id) references competencies.competency
);
create index idp_line_competency on needs.idp_line (agency_id, competency_id);
create table needs.idp_step (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- step; pii:none
	idp_id uuid not null, -- plan; pii:none
	from_status text not null, -- before, empty for the first; pii:none
	to_status text not null, -- after; pii:none
	changed_by uuid not null, -- person; pii:basic
	at timestamptz not null, -- when; pii:none
	note text not null default '', -- why; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, idp_id) references needs.idp on delete cascade,
	foreign key (agency_id, changed_by) references people.person
);
create index idp_step_of on needs.idp_step (agency_id, idp_id, at);

create table needs.report (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- report; pii:none
	kind text not null check (kind in ('akpk_pdf', 'akpk_xlsx', 'a4q1_pdf', 'a4q1_xlsx', 'a4q2_pdf', 'a4q2_xlsx')), -- what it is; pii:none
	campaign_id uuid not null, -- campaign that it tells of; pii:none
	file_id uuid not null, -- the file; pii:none
	made_by text not null, -- account; pii:basic
	by_name text not null, -- name of whoever made it; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, campaign_id) references needs.campaign,
	foreign key (agency_id, file_id) references platform.file
);
create index report_recent on needs.report (agency_id, made_at desc);

select platform.isolate('needs.service_band', 'needs.service_result', 'needs.unit_goal', 'needs.performance_need', 'needs.importance',
	'needs.priority_rule', 'needs.proposal', 'needs.proposal_step', 'needs.priority_decision', 'needs.snapshot', 'needs.snapshot_person',
	'needs.forum', 'needs.forum_participant', 'needs.forum_item', 'needs.idp', 'needs.idp_line', 'needs.idp_step', 'needs.report');

-- What was decided stays as it was decided.
revoke update, delete on needs.proposal_step, needs.priority_decision, needs.snapshot, needs.snapshot_person, needs.idp_step, needs.report from asah_app;
revoke delete on needs.forum, needs.service_band, needs.importance, needs.priority_rule from asah_app;

-- Plans and budgets rest on an accepted need: not even the owner of the database changes what it was computed from.
create function needs.refuse_snapshot_change() returns trigger language plpgsql as $$
begin
	raise exception 'what need % was computed from cannot change', old.proposal_id using errcode = 'AS001';
end $$;
create trigger snapshot_frozen before update or delete on needs.snapshot for each row execute function needs.refuse_snapshot_change();
create trigger snapshot_person_frozen before update or delete on needs.snapshot_person for each row execute function needs.refuse_snapshot_change();

-- Nobody joins a snapshot after the moment it was taken: its people come in the same transaction.
create function needs.refuse_late_person() returns trigger language plpgsql as $$
begin
	if exists (
		select from (select distinct agency_id, proposal_id from added) a
		join needs.snapshot s on s.agency_id = a.agency_id and s.proposal_id = a.proposal_id
		where s.xmin::text::bigint <> pg_current_xact_id()::text::bigint % 4294967296
	) then
		raise exception 'the snapshot is closed' using errcode = 'AS001';
	end if;
	return null;
end $$;
create trigger snapshot_person_in_time after insert on needs.snapshot_person referencing new table as added
	for each statement execute function needs.refuse_late_person();

create function needs.refuse_decided_need() returns trigger language plpgsql as $$
begin
	if old.status in ('accepted', 'rejected') then
		raise exception 'need % is decided and cannot change', old.id using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger proposal_frozen before update or delete on needs.proposal for each row execute function needs.refuse_decided_need();

create function needs.refuse_closed_forum() returns trigger language plpgsql as $$
begin
	if old.status = 'closed' then
		raise exception 'the minutes of forum % are closed', old.id using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger forum_frozen before update or delete on needs.forum for each row execute function needs.refuse_closed_forum();

create function needs.refuse_closed_minutes() returns trigger language plpgsql as $$
declare
	agency uuid := coalesce(new.agency_id, old.agency_id);
	forum uuid := coalesce(new.forum_id, old.forum_id);
begin
	perform from needs.forum f where f.agency_id = agency and f.id = forum for share;
	if exists (select from needs.forum f where f.agency_id = agency and f.id = forum and f.status = 'closed') then
		raise exception 'the minutes of forum % are closed', forum using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger forum_participant_frozen before insert or update or delete on needs.forum_participant for each row execute function needs.refuse_closed_minutes();
create trigger forum_item_frozen before insert or update or delete on needs.forum_item for each row execute function needs.refuse_closed_minutes();

-- A line of the plan knows the accepted need that it answers.
alter table plans.line
	add column need_id uuid,
	add foreign key (agency_id, need_id) references needs.proposal;
comment on column plans.line.need_id is 'accepted need that it was made from, null when it came straight from a gap or from none; pii:none';
create index line_need on plans.line (agency_id, need_id) where need_id is not null;

-- Agencies that stood before these rules existed begin with the figures of the regulation and an even ranking.
insert into needs.service_band (agency_id, id, from_index, grade, weak, legal_basis, valid_from)
select a.agency_id, gen_random_uuid(), b.from_index, b.grade, b.weak, 'PermenPANRB 14/2017', '2017-05-09'
from platform.agency a cross join (values (88.31, 'A', false), (76.61, 'B', false), (65.00, 'C', true), (25.00, 'D', true)) as b (from_index, grade, weak);
insert into needs.priority_rule (agency_id, id, probability, size, importance, reach, goal, size_full, reach_full, reason, valid_from, set_by, set_at)
select agency_id, gen_random_uuid(), 1, 1, 1, 1, 1, 2, 1000, 'Nilai awal; berlaku sampai instansi menetapkan bobot sendiri', '2018-01-01', 'system', now()
from platform.agency;
