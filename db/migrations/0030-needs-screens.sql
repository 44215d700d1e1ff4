-- Who set the rules of the estimate and of the ranking, by name as it was then: screens say since when, why and by whom.
alter table needs.estimator_setting add column set_by_name text;
alter table needs.priority_rule add column set_by_name text;
alter table needs.importance
	add column set_by_name text,
	add column set_at timestamptz;

comment on column needs.estimator_setting.set_by_name is 'who, null for what Asah began with; pii:basic';
comment on column needs.priority_rule.set_by_name is 'who, null for what Asah began with; pii:basic';
comment on column needs.importance.set_by_name is 'who, null where it was not kept; pii:basic';
comment on column needs.importance.set_at is 'when, null where it was not kept; pii:none';

update needs.estimator_setting s set set_by_name = u.name from auth.user u where u.id = s.set_by;
update needs.priority_rule s set set_by_name = u.name from auth.user u where u.id = s.set_by;
update needs.importance s set set_by_name = u.name from auth.user u where u.id = s.set_by;

-- What a run found, added up for the holders of each post in each unit: the list of posts reads 6,000 of these in place of
-- 129,159 levels. The title is that of the survey's first day. Kept of the last run, as the levels are.
create table needs.estimate_post (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	run_id uuid not null, -- run that made it; pii:none
	unit_id uuid not null, -- unit where they worked when they were asked; pii:none
	post_level text not null, -- level of their post then, asn_jenjang code; pii:none
	post_title text not null, -- title of their post then; pii:none
	people integer not null, -- people asked; pii:none
	measured integer not null, -- of them with evidence of their own in any competency; pii:none
	levels integer not null, -- person and competency with such evidence; pii:none
	shortfall double precision not null, -- of those levels, sum of expected shortfalls; pii:none
	likely double precision not null, -- of those levels, sum of the probabilities that half a level or more is missing; pii:none
	sure double precision not null, -- of those levels, sum of how surely that can be said; pii:none
	primary key (agency_id, run_id, unit_id, post_level, post_title),
	foreign key (agency_id, run_id) references needs.estimate_run,
	foreign key (agency_id, unit_id) references people.unit
);
select platform.isolate('needs.estimate_post');
revoke update on needs.estimate_post from asah_app;

insert into needs.estimate_post (agency_id, run_id, unit_id, post_level, post_title, people, measured, levels, shortfall, likely, sure)
select t.agency_id, r.id, t.unit_id, t.post_level, min(coalesce(began.title, held.title, '–')), count(*), count(s.person_id),
	coalesce(sum(s.levels), 0), coalesce(sum(s.shortfall), 0), coalesce(sum(s.likely), 0), coalesce(sum(s.sure), 0)
from needs.estimate_run r
join needs.campaign c on c.agency_id = r.agency_id and c.id = r.campaign_id
join needs.target t on t.agency_id = r.agency_id and t.campaign_id = r.campaign_id
left join people.posting began on began.agency_id = t.agency_id and began.person_id = t.person_id
	and began.valid_from <= c.opens_on and (began.valid_to is null or began.valid_to > c.opens_on)
left join people.posting held on held.agency_id = t.agency_id and held.person_id = t.person_id and held.valid_to is null
left join (
	select agency_id, run_id, person_id, count(*) as levels, sum(shortfall) as shortfall, sum(p_gap) as likely, sum(greatest(p_gap, 1 - p_gap)) as sure
	from needs.estimate where ratings > 0 group by agency_id, run_id, person_id
) s on s.agency_id = r.agency_id and s.run_id = r.id and s.person_id = t.person_id
where exists (select from needs.estimate_unit u where u.agency_id = r.agency_id and u.run_id = r.id)
group by t.agency_id, r.id, t.unit_id, t.post_level, lower(coalesce(began.title, held.title, '–'));
