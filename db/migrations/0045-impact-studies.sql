-- Studies planned before the data: lottery, window, several outcomes, the plan's text with its hash, amendments, comments.

alter table impact.study drop constraint study_design_check;
alter table impact.study add constraint study_design_check
	check (design in ('lottery', 'staggered_start', 'matched', 'before_after_comparison', 'before_after'));
alter table impact.study
	add column starts_from date check (extract(day from starts_from) = 1), -- month from which on trained units count as trained, unless one has its own; pii:none
	add column months_before smallint check (months_before between 2 and 120), -- months before the start that are looked at, null: all; pii:none
	add column months_after smallint check (months_after between 1 and 120), -- months from the start on that are looked at, null: all; pii:none
	add column covariates text[] not null default '{}' check (covariates <@ array['level', 'trend', 'people']), -- what matched units must be alike in; pii:none
	add column spillover text check (length(spillover) between 3 and 500), -- how comparison units might feel the training too, null when nobody said; pii:none
	add column draw_seed bigint check (draw_seed between 0 and 4294967295), -- seed of the lottery, null: not drawn; pii:none
	add column drawn_at timestamptz, -- lot drawn at; pii:none
	add column drawn_by uuid, -- person who drew, null for an account without a personnel record; pii:basic
	add column plan_text text, -- the plan as it was fixed, word for word; pii:basic
	add column plan_hash text check (plan_hash ~ '^[0-9a-f]{64}$'), -- SHA-256 of that text in UTF-8; pii:none
	add constraint study_drawn check ((draw_seed is null) = (drawn_at is null)),
	add constraint study_plan check ((plan_text is null) = (plan_hash is null) and (plan_text is null or frozen_at is not null)),
	add foreign key (agency_id, drawn_by) references people.person;

alter table impact.study_unit
	add column lot smallint check (lot >= 0), -- its place in the lottery, 0: applied and not drawn yet, null: took no part in it; pii:none
	add column lot_key text, -- what the applicants stood in order by when lots were drawn: the unit's code then, or its id; pii:none
	add constraint study_unit_drawn check (coalesce(lot, 0) = 0 or lot_key is not null);

create table impact.study_outcome (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	study_id uuid not null, -- study; pii:none
	indicator_id uuid not null, -- looked at beside the first indicator; pii:none
	placebo boolean not null, -- the training should not move it: a change here speaks against the comparison; pii:none
	primary key (agency_id, study_id, indicator_id),
	foreign key (agency_id, study_id) references impact.study on delete cascade,
	foreign key (agency_id, indicator_id) references impact.indicator
);
create index study_outcome_indicator on impact.study_outcome (agency_id, indicator_id);
create trigger study_outcome_frozen before insert or update or delete on impact.study_outcome
	for each row execute function impact.refuse_frozen_unit();

-- Added beside a fixed plan, which stays as it was; neither changes nor goes away.
create table impact.study_remark (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- remark; pii:none
	study_id uuid not null, -- study; pii:none
	kind text not null check (kind in ('amendment', 'comment')), -- departure from the plan, or what the training's owner says; pii:none
	words text not null check (length(words) between 5 and 2000), -- what; pii:basic
	reason text check (length(reason) between 5 and 1000), -- why, of an amendment; pii:basic
	person_id uuid, -- who, null for an account without a personnel record; pii:basic
	made_by text not null, -- account; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, study_id) references impact.study,
	foreign key (agency_id, person_id) references people.person,
	check ((kind = 'amendment') = (reason is not null))
);
create index study_remark_study on impact.study_remark (agency_id, study_id, made_at);
create function impact.refuse_remark_change() returns trigger language plpgsql as $$
begin
	raise exception 'remark % stays as it is', old.id using errcode = 'AS001';
end $$;
create trigger study_remark_stays before update or delete on impact.study_remark
	for each row execute function impact.refuse_remark_change();

select platform.isolate('impact.study_outcome', 'impact.study_remark');
