-- Follow-up at work: action plans of participants, their steps, and check-ins with evidence.

create schema followup;
grant usage on schema followup to asah_app;

create table followup.action_plan (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- action plan (RTL); pii:none
	class_id uuid not null, -- class it follows; pii:none
	person_id uuid not null, -- whose; pii:basic
	goal text not null check (length(goal) <= 1000), -- what shall be different at work, empty only in a draft; pii:none
	indicator text not null default '', -- by what one will see it; pii:none
	status text not null check (status in ('draft', 'submitted', 'returned', 'approved', 'running', 'done')), -- where it stands; pii:none
	supervisor_id uuid, -- who decides, as it was when submitted; pii:basic
	submitted_at timestamptz, -- last submitted; pii:none
	decided_at timestamptz, -- last approved or returned; pii:none
	note text not null default '', -- supervisor's words; pii:basic
	created_at timestamptz not null, -- begun; pii:none
	primary key (agency_id, id),
	unique (agency_id, class_id, person_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	foreign key (agency_id, supervisor_id) references people.person,
	check (status = 'draft' or (length(goal) > 0 and submitted_at is not null)),
	check (status in ('draft', 'submitted') or decided_at is not null)
);
create index action_plan_person on followup.action_plan (agency_id, person_id);
create index action_plan_supervisor on followup.action_plan (agency_id, supervisor_id, status);

create table followup.step (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- step; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	sort integer not null, -- order; pii:none
	what text not null check (length(what) between 3 and 500), -- what will be done; pii:none
	due_on date not null, -- by when; pii:none
	done_on date, -- done on; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, action_plan_id) references followup.action_plan on delete cascade
);
create index step_action_plan on followup.step (agency_id, action_plan_id, sort);
create index step_due on followup.step (agency_id, due_on) where done_on is null;

create table followup.check_in (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- check-in; pii:none
	action_plan_id uuid not null, -- action plan; pii:none
	at timestamptz not null, -- when; pii:none
	progress smallint not null check (progress between 0 and 100), -- per cent, in the person's own judgement; pii:none
	note text not null check (length(note) between 3 and 2000), -- what was done and seen; pii:basic
	obstacle text, -- code of what stood in the way, null for nothing; pii:none
	photo_id uuid, -- evidence; pii:sensitive
	answered_by uuid, -- supervisor who answered; pii:basic
	answered_at timestamptz, -- when; pii:none
	answer text check (length(answer) between 1 and 2000), -- the answer; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, action_plan_id) references followup.action_plan,
	foreign key (agency_id, photo_id) references platform.file,
	foreign key (agency_id, answered_by) references people.person,
	check (num_nulls(answered_by, answered_at, answer) in (0, 3))
);
create index check_in_action_plan on followup.check_in (agency_id, action_plan_id, at desc);
create index check_in_unanswered on followup.check_in (agency_id, at) where answered_at is null;

select platform.isolate('followup.action_plan', 'followup.step', 'followup.check_in');
