-- Follow-up in depth: support and change projects, check-ins that fall due, supervisors who change, evaluation after
-- training by several raters, and its way into the estimate of levels.

alter table followup.action_plan
	add column support text not null default '' check (length(support) <= 1000),
	add column indicator_id uuid,
	add column project text check (length(project) between 3 and 300);
comment on column followup.action_plan.support is 'what the person needs from others for it; pii:none';
comment on column followup.action_plan.indicator_id is 'impact indicator that it should move, null when none; a room to the right, so no reference; pii:none';
comment on column followup.action_plan.project is 'title of the change project (aksi perubahan), null for a plain plan; pii:none';

-- Milestones of a change project: one a horizon, as the forms of LAN ask.
create table followup.milestone (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	horizon text not null check (horizon in ('short', 'medium', 'long')), -- jangka pendek, menengah, panjang; pii:none
	target text not null check (length(target) between 3 and 500), -- what is there when it is reached; pii:none
	months smallint not null check (months between 1 and 60), -- duration, counted from the day it was first submitted; pii:none
	state text not null default 'planned' check (state in ('planned', 'running', 'reached', 'dropped')), -- where it stands; pii:none
	state_at timestamptz, -- when that was said; pii:none
	primary key (agency_id, action_plan_id, horizon),
	foreign key (agency_id, action_plan_id) references followup.action_plan on delete cascade
);

-- Has the unit taken the project over? Said by the sponsor at 3, 6 and 12 months; what was said stays.
create table followup.adoption (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	months smallint not null check (months in (3, 6, 12)), -- months after approval; pii:none
	answer text not null check (answer in ('yes', 'partly', 'no')), -- adopted; pii:none
	note text not null default '' check (length(note) <= 1000), -- why; pii:basic
	said_by uuid not null, -- sponsor; pii:basic
	said_at timestamptz not null, -- when; pii:none
	primary key (agency_id, action_plan_id, months),
	foreign key (agency_id, action_plan_id) references followup.action_plan,
	foreign key (agency_id, said_by) references people.person
);

-- A plan that went to another supervisor, because the one before left or moved, or its writer did.
create table followup.reassignment (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- reassignment; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	from_id uuid, -- supervisor before, null when there was none; pii:basic
	to_id uuid, -- supervisor from now on, null when nobody is known; pii:basic
	at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, action_plan_id) references followup.action_plan,
	foreign key (agency_id, from_id) references people.person,
	foreign key (agency_id, to_id) references people.person
);
create index reassignment_action_plan on followup.reassignment (agency_id, action_plan_id, at desc);

-- When check-ins and evaluations fall due, for the agency or one program; a later row replaces an earlier one.
create table followup.setting (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- setting; pii:none
	program_id uuid, -- for this program only, null for all others; pii:none
	valid_from date not null, -- from; pii:none
	check_in_days smallint[] not null check (cardinality(check_in_days) between 1 and 6), -- days after the class; pii:none
	evaluate_after_days smallint not null check (evaluate_after_days between 30 and 400), -- evaluation asked so many days after the class; pii:none
	evaluate_for_days smallint not null check (evaluate_for_days between 7 and 90), -- and open so long; pii:none
	peers smallint not null check (peers between 0 and 10), -- peers asked, 0 or three and more; pii:none
	subordinates smallint not null check (subordinates between 0 and 10), -- likewise; pii:none
	remind_every_days smallint not null check (remind_every_days between 2 and 30), -- days between reminders; pii:none
	most_reminders smallint not null check (most_reminders between 0 and 5), -- after so many they stop; pii:none
	set_by text not null, -- account; pii:basic
	set_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	constraint setting_once unique nulls not distinct (agency_id, program_id, valid_from),
	foreign key (agency_id, program_id) references programs.program
);

-- A check-in that was asked for. Laid down when a plan is approved, so that the board counts rows and not calendars.
create table followup.check_in_due (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	days smallint not null check (days between 1 and 400), -- days after the class; pii:none
	due_on date not null, -- day; pii:none
	check_in_id uuid, -- check-in that answered it; pii:none
	primary key (agency_id, action_plan_id, days),
	foreign key (agency_id, action_plan_id) references followup.action_plan,
	foreign key (agency_id, check_in_id) references followup.check_in
);
create index check_in_due_open on followup.check_in_due (agency_id, due_on) where check_in_id is null;

alter table followup.check_in
	add column thumb_id uuid,
	add constraint check_in_thumb foreign key (agency_id, thumb_id) references platform.file;
comment on column followup.check_in.thumb_id is 'small picture of the photo, null when the device made none; pii:sensitive';
-- Ids of photos are asked one by one.
create index check_in_photo on followup.check_in (agency_id, photo_id) where photo_id is not null;
create index check_in_thumb on followup.check_in (agency_id, thumb_id) where thumb_id is not null;

-- Evaluation after training (EPP, level 3) of one alumnus of one class.
create table followup.evaluation (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- evaluation; pii:none
	class_id uuid not null, -- class it looks back on; pii:none
	person_id uuid not null, -- alumnus; pii:basic
	unit_id uuid not null, -- unit where they worked when it was asked; pii:basic
	opens_on date not null, -- first day; pii:none
	closes_on date not null check (closes_on >= opens_on), -- last day; pii:none
	closed_at timestamptz, -- counted and handed on at, null while it is open; pii:none
	primary key (agency_id, id),
	unique (agency_id, class_id, person_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, unit_id) references people.unit
);
create index evaluation_open on followup.evaluation (agency_id, closes_on) where closed_at is null;
create index evaluation_person on followup.evaluation (agency_id, person_id);

create table followup.rater (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	evaluation_id uuid not null, -- evaluation; pii:none
	rater_id uuid not null, -- who is asked; pii:sensitive
	role text not null check (role in ('self', 'supervisor', 'peer', 'subordinate')), -- as what; pii:basic
	asked_on date not null, -- since; pii:none
	done_at timestamptz, -- answered at; pii:basic
	reminders smallint not null default 0, -- how often reminded; pii:none
	reminded_on date, -- last reminded; pii:none
	replaces_id uuid, -- supervisor in whose place, null for the first asked; pii:basic
	primary key (agency_id, evaluation_id, rater_id),
	foreign key (agency_id, evaluation_id) references followup.evaluation,
	foreign key (agency_id, rater_id) references people.person,
	foreign key (agency_id, replaces_id) references people.person
);
create index rater_person on followup.rater (agency_id, rater_id) where done_at is null;

-- The level before the class and now, by one rater. Nobody but the estimator reads peers and subordinates one by one.
create table followup.rating (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	evaluation_id uuid not null, -- evaluation; pii:none
	rater_id uuid not null, -- by whom; pii:sensitive
	competency_id uuid not null, -- in what; pii:none
	level_before smallint not null check (level_before between 0 and 5), -- before the class, looking back; pii:basic
	level_now smallint not null check (level_now between 0 and 5), -- now; pii:basic
	rated_at timestamptz not null, -- when; pii:none
	primary key (agency_id, evaluation_id, rater_id, competency_id),
	foreign key (agency_id, evaluation_id, rater_id) references followup.rater,
	foreign key (agency_id, competency_id) references competencies.competency
);

-- What was known of a level when the evaluation began, and what is known since it closed.
create table followup.level (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	evaluation_id uuid not null, -- evaluation; pii:none
	competency_id uuid not null, -- in what; pii:none
	required smallint check (required between 0 and 5), -- level of the post, null when it asks none; pii:none
	level_before real, -- estimated level of the last survey before, null when it was never estimated; pii:basic
	sd_before real check (sd_before > 0), -- its deviation; pii:basic
	level_now real, -- estimate with the ratings of this evaluation, null while it is open; pii:basic
	sd_now real check (sd_now > 0), -- its deviation; pii:basic
	primary key (agency_id, evaluation_id, competency_id),
	foreign key (agency_id, evaluation_id) references followup.evaluation,
	foreign key (agency_id, competency_id) references competencies.competency
);

-- Peers and subordinates leave only as a group of three or more, and only when the evaluation is closed.
create view followup.group_rating with (security_invoker = true) as
select g.agency_id, g.evaluation_id, g.competency_id, w.role, count(*)::int as raters,
	avg(g.level_before)::float8 as before, avg(g.level_now)::float8 as now
from followup.rating g
join followup.rater w on w.agency_id = g.agency_id and w.evaluation_id = g.evaluation_id and w.rater_id = g.rater_id
join followup.evaluation e on e.agency_id = g.agency_id and e.id = g.evaluation_id and e.closed_at is not null
where w.role in ('peer', 'subordinate')
group by g.agency_id, g.evaluation_id, g.competency_id, w.role
having count(*) >= 3;
grant select on followup.group_rating to asah_app;

select platform.isolate('followup.milestone', 'followup.adoption', 'followup.reassignment', 'followup.setting',
	'followup.check_in_due', 'followup.evaluation', 'followup.rater', 'followup.rating', 'followup.level');
revoke update, delete on followup.adoption, followup.reassignment, followup.setting from asah_app;

-- Ratings after training are evidence of a level too: of oneself and the supervisor with who said it, of peers and
-- subordinates as the mean of their group.
alter table needs.evidence
	drop constraint evidence_source_check,
	add constraint evidence_source_check check (source in ('assessment', 'supervisor', 'peer', 'subordinate', 'self', 'test', 'certificate')),
	add column rater_id uuid,
	add constraint evidence_rater foreign key (agency_id, rater_id) references people.person;
comment on column needs.evidence.rater_id is 'who rated, null for what nobody rated or a group did; pii:sensitive';

-- Plans approved before check-ins fell due: 30, 90 and 180 days after their class, each answered by the first check-in
-- of its time (from three weeks before it until three weeks before the next).
insert into followup.check_in_due (agency_id, action_plan_id, days, due_on, check_in_id)
select d.agency_id, d.id, d.days, d.due_on, (
	select k.id from followup.check_in k
	where k.agency_id = d.agency_id and k.action_plan_id = d.id and k.at::date >= d.due_on - 21
		and (d.next_on is null or k.at::date < d.next_on - 21)
	order by k.at limit 1)
from (
	select p.agency_id, p.id, n.days, c.ends_on + n.days as due_on, c.ends_on + lead(n.days) over (partition by p.agency_id, p.id order by n.days) as next_on
	from followup.action_plan p
	join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
	cross join unnest(array[30, 90, 180]::smallint[]) as n (days)
	where p.status in ('approved', 'running', 'done')
) d;
