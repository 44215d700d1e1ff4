-- What a campaign asks: instruments in versions; whom it asks: its target and raters; who rates whom; and the answers
-- that are no level of a competency. Levels stay in needs.rating, whoever gives them.

create table needs.instrument (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- instrument; pii:none
	name text not null check (length(name) between 3 and 120), -- what people call it; pii:none
	template text, -- shipped template that it began as, templates.ts; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id)
);

create table needs.instrument_version (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version; pii:none
	instrument_id uuid not null, -- of which instrument; pii:none
	number integer not null check (number > 0), -- counts from 1; pii:none
	scale_points smallint not null check (scale_points in (4, 5)), -- of need and mastery: 1 to 5, or 1 to 4 without a middle; pii:none
	frozen_at timestamptz, -- when a campaign first used it; null: a draft; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	unique (agency_id, instrument_id, number),
	foreign key (agency_id, instrument_id) references needs.instrument
);
-- Editing makes a new version, and only one at a time.
create unique index instrument_one_draft on needs.instrument_version (agency_id, instrument_id) where frozen_at is null;

create table needs.instrument_section (
	agency_id uuid not null, -- agency; pii:none
	id uuid not null, -- section; pii:none
	version_id uuid not null, -- of which version; pii:none
	sort integer not null, -- order in it; pii:none
	title text not null check (length(title) between 1 and 120), -- heading, Indonesian; pii:none
	title_en text not null default '', -- heading, English; empty: the Indonesian is shown; pii:none
	intro text not null default '', -- a sentence before the questions; pii:none
	intro_en text not null default '', -- the same in English; pii:none
	primary key (agency_id, id),
	unique (agency_id, version_id, id),
	foreign key (agency_id, version_id) references needs.instrument_version
);
create index instrument_section_version on needs.instrument_section (agency_id, version_id, sort);

create table needs.instrument_item (
	agency_id uuid not null, -- agency; pii:none
	id uuid not null, -- item; pii:none
	version_id uuid not null, -- of which version; pii:none
	section_id uuid not null, -- in which section; pii:none
	sort integer not null, -- order in it; pii:none
	kind text not null check (kind in ('level', 'needMastery', 'frequency', 'choice', 'text', 'form', 'topic')), -- what is answered, ITEM_KINDS in instrument.ts; pii:none
	raters text[] not null check (raters <@ array['self', 'supervisor', 'peer', 'subordinate'] and cardinality(raters) > 0), -- who is asked; pii:none
	competency_id uuid, -- in one competency; null with a kind about competencies: in each that the post asks for; pii:none
	question text not null check (length(question) between 1 and 300), -- Indonesian; pii:none
	question_en text not null default '', -- English; empty: the Indonesian is shown; pii:none
	hint text not null default '', -- help below the question; pii:none
	hint_en text not null default '', -- the same in English; pii:none
	required boolean not null, -- nobody is done without it; pii:none
	most smallint not null default 1 check (most between 1 and 10), -- choices at most; pii:none
	options jsonb not null default '[]', -- of a choice: code, label, labelEn; pii:none
	condition_item_id uuid, -- shown only if this earlier item was answered so; pii:none
	condition_test text check (condition_test in ('atLeast', 'atMost', 'is', 'isNot')), -- how it is compared; pii:none
	condition_value text, -- with what: a number or the code of a choice; pii:none
	primary key (agency_id, id),
	unique (agency_id, version_id, id),
	foreign key (agency_id, version_id, section_id) references needs.instrument_section (agency_id, version_id, id),
	foreign key (agency_id, version_id, condition_item_id) references needs.instrument_item (agency_id, version_id, id),
	foreign key (agency_id, competency_id) references competencies.competency,
	check (competency_id is null or kind in ('level', 'needMastery', 'frequency')),
	check ((condition_item_id is null) = (condition_test is null) and (condition_item_id is null) = (condition_value is null)),
	-- Peers and subordinates only give levels, which leave the database as groups of three or more. Words would betray them.
	check (kind = 'level' or not raters && array['peer', 'subordinate'])
);
create index instrument_item_version on needs.instrument_item (agency_id, version_id, section_id, sort);

select platform.isolate('needs.instrument', 'needs.instrument_version', 'needs.instrument_section', 'needs.instrument_item');

-- A version that a campaign used is what its answers mean: the database itself refuses to change it. The version is
-- share-locked while its parts change, so that it cannot be used halfway through.
create function needs.refuse_frozen_instrument() returns trigger language plpgsql as $$
declare version record;
begin
	for version in
		select v.id, v.frozen_at from needs.instrument_version v
		where (tg_op <> 'INSERT' and v.agency_id = old.agency_id and v.id = old.version_id)
			or (tg_op <> 'DELETE' and v.agency_id = new.agency_id and v.id = new.version_id)
		for share
	loop
		if version.frozen_at is not null then
			raise exception 'instrument version % has been used and cannot change', version.id using errcode = 'AS001';
		end if;
	end loop;
	return coalesce(new, old);
end $$;
create trigger instrument_section_frozen before insert or update or delete on needs.instrument_section for each row execute function needs.refuse_frozen_instrument();
create trigger instrument_item_frozen before insert or update or delete on needs.instrument_item for each row execute function needs.refuse_frozen_instrument();

create function needs.refuse_thawing() returns trigger language plpgsql as $$
begin
	if old.frozen_at is null then return coalesce(new, old); end if;
	raise exception 'instrument version % has been used and cannot change', old.id using errcode = 'AS001';
end $$;
create trigger instrument_version_frozen before update or delete on needs.instrument_version for each row execute function needs.refuse_thawing();

alter table needs.campaign
	add column instrument_version_id uuid,
	add column raters text[] not null default '{self,supervisor}',
	add column peers smallint not null default 3,
	add column subordinates smallint not null default 5,
	add column most_per_rater smallint not null default 6,
	add column group_post_kinds text[] not null default '{}',
	add column adjust_until date,
	add column quota_percent smallint not null default 80,
	add foreign key (agency_id, instrument_version_id) references needs.instrument_version,
	add check (raters <@ array['self', 'supervisor', 'peer', 'subordinate', 'assessment'] and raters && array['self', 'supervisor']),
	add check (peers between 3 and 10),
	add check (subordinates between 3 and 10),
	add check (most_per_rater between 1 and 20),
	add check (quota_percent between 1 and 100);
comment on column needs.campaign.instrument_version_id is 'what is asked; null: only levels, of oneself and by the supervisor; pii:none';
comment on column needs.campaign.raters is 'whose answers it wants; pii:none';
comment on column needs.campaign.peers is 'peers proposed for each person, when peers rate; pii:none';
comment on column needs.campaign.subordinates is 'subordinates proposed for each head at most, when they rate; pii:none';
comment on column needs.campaign.most_per_rater is 'people whom nobody is asked to rate more of as a peer; pii:none';
comment on column needs.campaign.group_post_kinds is 'kinds of post whose people peers and subordinates rate; empty: everybody; pii:none';
comment on column needs.campaign.adjust_until is 'last day on which supervisors may change who rates as a peer; null: not at all; pii:none';
comment on column needs.campaign.quota_percent is 'share of a unit that must have answered; pii:none';

-- Opening a campaign is its use of the version: from then on it is frozen, whoever opened it by whatever way.
create function needs.freeze_used_instrument() returns trigger language plpgsql as $$
begin
	if new.status <> 'draft' and new.instrument_version_id is not null then
		update needs.instrument_version set frozen_at = now()
		where agency_id = new.agency_id and id = new.instrument_version_id and frozen_at is null;
	end if;
	if tg_op = 'UPDATE' and old.status <> 'draft' and (
		new.instrument_version_id is distinct from old.instrument_version_id or new.raters is distinct from old.raters
	) then
		raise exception 'campaign % is open: what it asks cannot change', old.id using errcode = 'AS001';
	end if;
	return new;
end $$;
create trigger campaign_uses before insert or update on needs.campaign for each row execute function needs.freeze_used_instrument();

-- Whom a campaign is for. Rows of one kind widen, kinds narrow: (unit A or unit B) and (structural). No rows: everybody.
create table needs.campaign_scope (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	kind text not null check (kind in ('unit', 'postKind', 'employmentKind', 'postLevel')), -- what is compared; pii:none
	value text not null, -- id of a unit (it and everything below), or a code; pii:none
	primary key (agency_id, campaign_id, kind, value),
	foreign key (agency_id, campaign_id) references needs.campaign
);

-- How far the two usual raters are, so that progress of a city is counted without its ratings.
alter table needs.target
	add column self_done_at timestamptz,
	add column supervisor_done_at timestamptz;
comment on column needs.target.self_done_at is 'when the person had answered everything required of themselves; pii:basic';
comment on column needs.target.supervisor_done_at is 'when the supervisor had; pii:basic';

-- Peers and subordinates: who rates whom. Oneself and the supervisor of today need no row.
create table needs.assignment (
	agency_id uuid not null, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- who is rated; pii:basic
	rater_id uuid not null check (rater_id <> person_id), -- by whom; pii:sensitive
	source text not null check (source in ('peer', 'subordinate')), -- as what; pii:basic
	origin text not null check (origin in ('proposed', 'supervisor')), -- proposed at opening, or put in by the supervisor; pii:none
	done_at timestamptz, -- when everything required was answered; pii:basic
	primary key (agency_id, campaign_id, person_id, rater_id),
	foreign key (agency_id, campaign_id, person_id) references needs.target,
	foreign key (agency_id, rater_id) references people.person
);
create index assignment_rater on needs.assignment (agency_id, campaign_id, rater_id);

-- Answers that are no level. No key to the item: its row would be locked by everybody who answers at once, and a version
-- in use can neither lose nor change one.
create table needs.answer (
	agency_id uuid not null, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- about whom; pii:basic
	rater_id uuid not null, -- by whom; pii:basic
	item_id uuid not null, -- to what; pii:none
	competency_id uuid not null default '00000000-0000-0000-0000-000000000000', -- in what; nil for an item about none; pii:none
	source text not null check (source in ('self', 'supervisor')), -- as what; pii:none
	number smallint check (number between 1 and 5), -- need, frequency; pii:basic
	mastery smallint check (mastery between 1 and 5), -- beside the need; pii:basic
	words text check (length(words) <= 2000), -- what was written; pii:basic
	codes text[], -- what was chosen; pii:basic
	counts boolean not null default true, -- false while a condition hides the item: kept, not counted; pii:none
	answered_at timestamptz not null, -- when; pii:none
	primary key (agency_id, campaign_id, person_id, rater_id, item_id, competency_id),
	foreign key (agency_id, campaign_id, person_id) references needs.target
);
create index answer_item on needs.answer (agency_id, campaign_id, item_id);

-- That somebody was reminded on a day: nobody is twice.
create table needs.reminder (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	campaign_id uuid not null, -- campaign; pii:none
	person_id uuid not null, -- who; pii:basic
	sent_on date not null, -- day in the agency's zone; pii:basic
	channel text not null check (channel in ('email')), -- by what way; pii:none
	primary key (agency_id, campaign_id, person_id, sent_on, channel),
	foreign key (agency_id, campaign_id) references needs.campaign,
	foreign key (agency_id, person_id) references people.person
);

select platform.isolate('needs.campaign_scope', 'needs.assignment', 'needs.answer', 'needs.reminder');

-- What peers and subordinates gave, as anybody may ever see it: three or more, and only once nobody can add an answer.
-- Whoever looked before and after a fourth answer would otherwise know it. Everything that shows them reads this.
create view needs.group_rating with (security_invoker = true) as
select r.agency_id, r.campaign_id, r.person_id, r.competency_id, r.source, count(*)::int as raters, round(avg(r.level), 1) as mean
from needs.rating r
join needs.campaign c on c.agency_id = r.agency_id and c.id = r.campaign_id and c.status = 'closed'
where r.source in ('peer', 'subordinate')
group by r.agency_id, r.campaign_id, r.person_id, r.competency_id, r.source
having count(*) >= 3;
grant select on needs.group_rating to asah_app;

-- What waits for whom in an open campaign: the one list that homes, reminders and messages read.
create view needs.duty with (security_invoker = true) as
select t.agency_id, t.campaign_id, t.person_id, t.person_id as rater_id, 'self' as source, t.unit_id, t.self_done_at as done_at
from needs.target t
join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id and 'self' = any(c.raters)
union all
select t.agency_id, t.campaign_id, t.person_id, s.supervisor_id, 'supervisor', t.unit_id, t.supervisor_done_at
from needs.target t
join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id and 'supervisor' = any(c.raters)
join people.staff s on s.agency_id = t.agency_id and s.person_id = t.person_id and s.supervisor_id <> s.person_id
union all
select a.agency_id, a.campaign_id, a.person_id, a.rater_id, a.source, t.unit_id, a.done_at
from needs.assignment a
join needs.target t on t.agency_id = a.agency_id and t.campaign_id = a.campaign_id and t.person_id = a.person_id;
grant select on needs.duty to asah_app;
