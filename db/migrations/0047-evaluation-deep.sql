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
