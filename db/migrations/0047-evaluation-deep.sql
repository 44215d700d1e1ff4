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
