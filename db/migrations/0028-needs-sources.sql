-- Where needs come from: results of assessment centres by file, performance gaps out of imported predicates, and
-- corrections that a later staff list does not silently undo.

-- An assessment centre measures a person in a competency once a day: which report says so may be put right later, and
-- must not make a second result of the first.
create unique index evidence_assessment_once on needs.evidence (agency_id, person_id, competency_id, measured_on) where source = 'assessment';
alter table needs.evidence alter column recorded_at set default now();

-- Of one year the annual predicate counts, else that of its latest period: a quarter comes after the months in it.
create function people.period_rank(period text) returns integer language sql immutable parallel safe as $$
	select case when period = 'year' then 100 when period like 'q%' then right(period, 1)::integer * 6 + 1 else right(period, 2)::integer * 2 end
$$;

-- Whose predicate of a year lies below "Baik", as a file brought it.
create view people.performance_below with (security_invoker = true) as
select r.agency_id, r.id, r.person_id, r.year, r.period, r.predicate, r.import_id, r.import_row
from people.performance_rating r
where r.predicate >= 3 and (r.period = 'year' or not exists (
	select from people.performance_rating o
	where o.agency_id = r.agency_id and o.person_id = r.person_id and o.year = r.year
		and people.period_rank(o.period) > people.period_rank(r.period)
));

-- What is short of what was expected, of whom: recorded by hand, or imported where nobody recorded a predicate of the same
-- person and year by hand. An imported one belongs to the unit where its person works today.
create view needs.performance_gap with (security_invoker = true) as
select n.agency_id, n.id, n.person_id, n.unit_id, n.year, n.kind, n.predicate, n.item, n.target, n.reached, n.source,
	null::uuid as import_id, null::integer as import_row
from needs.performance_need n
union all
select b.agency_id, b.id, b.person_id, s.unit_id, b.year, 'predicate', b.predicate, null, null, null, null, b.import_id, b.import_row
from people.performance_below b
join people.staff s on s.agency_id = b.agency_id and s.person_id = b.person_id
where not exists (
	select from needs.performance_need n
	where n.agency_id = b.agency_id and n.person_id = b.person_id and n.year = b.year and n.kind = 'predicate'
);
grant select on people.performance_below, needs.performance_gap to asah_app;

-- A correction stands against the value that it replaced until a file says something else: then the source has moved, and
-- is believed again.
alter table people.correction add column settled_import_id uuid;
comment on column people.correction.settled_import_id is 'import in which the source no longer said the old value, null while the correction stands against it; pii:none';
