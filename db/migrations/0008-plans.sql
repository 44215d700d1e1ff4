-- The plan of a year: lines made from measured gaps, its way to the decree, frozen after.

create schema plans;
grant usage on schema plans to asah_app;

create table plans.plan (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- plan; pii:none
	year integer not null check (year between 2000 and 2100), -- year that it plans; pii:none
	title text not null check (length(title) between 3 and 200), -- what people see; pii:none
	status text not null check (status in ('draft', 'submitted', 'returned', 'approved', 'decreed')), -- a decreed plan never changes; pii:none
	budget numeric(15,2) not null check (budget >= 0), -- ceiling in rupiah, all lines together; pii:none
	decree_number text, -- number of the decree that fixed it; pii:none
	decree_date date, -- and its date; pii:none
	created_by text not null, -- account; pii:basic
	created_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	check ((status = 'decreed') = (decree_number is not null)),
	check ((status = 'decreed') = (decree_date is not null))
);
create index plan_year on plans.plan (agency_id, year);

create table plans.line (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- line; pii:none
	plan_id uuid not null, -- plan it belongs to; pii:none
	sort integer not null, -- order; pii:none
	program_id uuid not null, -- program to be held; pii:none
	competency_id uuid, -- competency it raises, null when it answers no measured need; pii:none
	target_level smallint check (target_level between 1 and 5), -- to this level; pii:none
	unit_id uuid, -- for whom, null for the whole agency; pii:none
	unit_goal text not null default '', -- goal of the unit (visi/misi, Renstra) that it serves; pii:none
	seats integer not null check (seats > 0), -- people to be trained; pii:none
	learning_hours numeric(6,2) not null check (learning_hours > 0), -- JP for each of them; pii:none
	cost numeric(15,2) not null check (cost >= 0), -- rupiah, the whole line; pii:none
	quarter smallint not null check (quarter between 1 and 4), -- quarter in which it is held; pii:none
	fund_source text not null check (fund_source in ('own', 'province', 'national', 'partner')), -- APBD of the agency, of the province, APBN, or a partner's money; pii:none
	campaign_id uuid, -- evidence: campaign whose gaps it was made from; pii:none
	gap_people integer check (gap_people >= 0), -- evidence: people below the required level then; pii:none
	gap_mean numeric(4,2) check (gap_mean between 0 and 5), -- evidence: their mean gap then, in levels; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, plan_id) references plans.plan on delete cascade,
	foreign key (agency_id, program_id) references programs.program,
	foreign key (agency_id, competency_id) references competencies.competency,
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, campaign_id) references needs.campaign,
	check ((competency_id is null) = (target_level is null)),
	check (num_nulls(campaign_id, gap_people, gap_mean) in (0, 3))
);
create index line_plan on plans.line (agency_id, plan_id, sort);
create index line_program on plans.line (agency_id, program_id);
create index line_competency on plans.line (agency_id, competency_id);
create index line_unit on plans.line (agency_id, unit_id);
create index line_campaign on plans.line (agency_id, campaign_id);

create table plans.history (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- step; pii:none
	plan_id uuid not null, -- plan; pii:none
	from_status text not null, -- status before; pii:none
	to_status text not null, -- status after; pii:none
	changed_by uuid, -- person who did it, null for an account without a personnel record; pii:basic
	at timestamptz not null, -- when; pii:none
	note text not null default '', -- reason, e.g. why it was returned; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, plan_id) references plans.plan on delete cascade,
	foreign key (agency_id, changed_by) references people.person
);
create index history_plan on plans.history (agency_id, plan_id, at);

select platform.isolate('plans.plan', 'plans.line', 'plans.history');

-- What was decided stays as it was decided.
revoke update, delete on plans.history from asah_app;

-- Budgets and classes rest on the decree: the database itself refuses to change a decreed plan or its lines.
create function plans.refuse_frozen_plan() returns trigger language plpgsql as $$
begin
	if old.status = 'decreed' then
		raise exception 'plan % is decreed and cannot change', old.id using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger plan_frozen before update or delete on plans.plan for each row execute function plans.refuse_frozen_plan();

-- Both the plan that a line leaves and the one that it comes to; the lock keeps a decree from passing in between.
create function plans.refuse_frozen_line() returns trigger language plpgsql as $$
declare
	agency uuid := coalesce(new.agency_id, old.agency_id);
	frozen uuid;
begin
	perform from plans.plan p where p.agency_id = agency and p.id in (new.plan_id, old.plan_id) order by p.id for share;
	select p.id into frozen from plans.plan p
	where p.agency_id = agency and p.id in (new.plan_id, old.plan_id) and p.status = 'decreed' limit 1;
	if found then
		raise exception 'plan % is decreed and its lines cannot change', frozen using errcode = 'AS001';
	end if;
	return coalesce(new, old);
end $$;
create trigger line_frozen before insert or update or delete on plans.line for each row execute function plans.refuse_frozen_line();
