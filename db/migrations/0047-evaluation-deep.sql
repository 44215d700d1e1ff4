-- Evaluation in depth: item analysis.

-- Which learning outcome a question measures. Apart from content.question, whose rows never change once the quiz was
-- taken: what a question measures may be said later, from its analysis.
create table evaluation.item_outcome (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	question_id uuid not null, -- question; pii:none
	outcome_id uuid not null, -- learning outcome of the same curriculum version; pii:none
	primary key (agency_id, question_id),
	foreign key (agency_id, question_id) references content.question on delete cascade,
	foreign key (agency_id, outcome_id) references programs.outcome on delete cascade
);
create index item_outcome_outcome on evaluation.item_outcome (agency_id, outcome_id);

-- All classes that took a quiz at once.
create index attempt_quiz on learning.attempt (agency_id, quiz_id);

select platform.isolate('evaluation.item_outcome');

-- Reactions wait sealed until nobody can add one: a form and the mark that somebody has answered are written by one
-- transaction, so that neither is lost, and PostgreSQL keeps that transaction's number in both rows, dead ones too, and
-- in its log. What it would lead to is an envelope that nothing in the database can open. docs/decisions/0010.
create table evaluation.reaction_box (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	class_id uuid not null, -- class; pii:none
	public_key bytea not null, -- closes envelopes (X25519); pii:none
	locked_key bytea, -- opens them, itself locked with a key that lies in no database; gone once the box was opened; pii:none
	opened_on date, -- the day on which all were opened together; null while reactions are taken; pii:none
	primary key (agency_id, class_id),
	foreign key (agency_id, class_id) references classes.class,
	check ((opened_on is null) = (locked_key is not null))
);

create table evaluation.reaction_envelope (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- random, points at nothing; pii:none
	class_id uuid not null, -- class; pii:none
	sealed bytea not null, -- a whole form, closed and padded to one size; pii:sensitive
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references evaluation.reaction_box
);
create index reaction_envelope_class on evaluation.reaction_envelope (agency_id, class_id);

select platform.isolate('evaluation.reaction_box', 'evaluation.reaction_envelope');
revoke update on evaluation.reaction_envelope from asah_app;
revoke delete on evaluation.reaction_box from asah_app;

-- Reactions given before boxes: what is closed already counts as opened.
insert into evaluation.reaction_box (agency_id, class_id, public_key, opened_on)
select c.agency_id, c.id, ''::bytea, current_date from classes.class c
where c.ends_on + 8 < current_date
	and exists (select from evaluation.reaction_given g where g.agency_id = c.agency_id and g.class_id = c.id);

-- What evaluation found about a curriculum version, written by people; it becomes a change request to programs.
create table evaluation.finding (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- finding; pii:none
	class_id uuid not null, -- class in whose results it was seen; pii:none
	version_id uuid not null, -- curriculum version it is about; pii:none
	statement text not null check (length(statement) between 10 and 500), -- what was found, in words for participants; pii:none
	evidence text not null default '' check (length(evidence) <= 2000), -- figures it rests on; pii:none
	severity text not null check (severity in ('high', 'medium', 'low')), -- how much it hurts learning; pii:none
	owner_id uuid, -- who sees it through; pii:basic
	written_at timestamptz not null, -- when; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, version_id) references programs.version,
	foreign key (agency_id, owner_id) references people.person
);
create index finding_class on evaluation.finding (agency_id, class_id);
create index finding_version on evaluation.finding (agency_id, version_id);

-- Wishes that a curriculum version be changed, from findings of evaluation; open until somebody answers.
create table programs.change_request (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- change request; the id of the finding that asks; pii:none
	version_id uuid not null, -- curriculum version to change; pii:none
	wording text not null check (length(wording) between 10 and 500), -- what is wrong; pii:none
	evidence text not null default '', -- what it rests on; pii:none
	severity text not null check (severity in ('high', 'medium', 'low')), -- how much it matters; pii:none
	asked_at timestamptz not null, -- when it came; pii:none
	decision text check (decision in ('adopted', 'partly', 'declined')), -- what became of it; pii:none
	answer text, -- what was changed, or why not: participants read it; pii:none
	decided_at timestamptz, -- when; pii:none
	decided_by uuid, -- by whom; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version,
	foreign key (agency_id, decided_by) references people.person,
	check ((decision is null) = (decided_at is null) and (decision is null or length(answer) > 0))
);
create index change_request_version on programs.change_request (agency_id, version_id);

select platform.isolate('evaluation.finding', 'programs.change_request');
