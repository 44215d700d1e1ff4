-- Learning: which lessons were read, quizzes taken, answers saved one by one.

create schema learning;
grant usage on schema learning to asah_app;

create table learning.lesson_view (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	class_id uuid not null, -- in which class; pii:none
	lesson_id uuid not null, -- lesson; pii:none
	person_id uuid not null, -- who; pii:basic
	opened_at timestamptz not null, -- first opened; pii:basic
	finished_at timestamptz check (finished_at >= opened_at), -- marked as read; pii:basic
	primary key (agency_id, class_id, person_id, lesson_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, lesson_id) references content.lesson,
	foreign key (agency_id, person_id) references people.person
);
create index lesson_view_lesson on learning.lesson_view (agency_id, lesson_id);

create table learning.attempt (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- attempt; pii:none
	quiz_id uuid not null, -- quiz; pii:none
	class_id uuid not null, -- in which class; pii:none
	person_id uuid not null, -- who; pii:basic
	purpose text not null check (purpose in ('pretest', 'posttest', 'practice')), -- the quiz's purpose when it began; pii:none
	started_at timestamptz not null, -- begun; pii:none
	finished_at timestamptz check (finished_at >= started_at), -- handed in, null while it can be resumed; pii:none
	score numeric(8,2) check (score >= 0), -- points; pii:basic
	max_score numeric(8,2) check (max_score > 0), -- points that could be had; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, quiz_id) references content.quiz,
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person,
	check ((finished_at is null) = (score is null) and (score is null) = (max_score is null)),
	check (score <= max_score)
);
create unique index attempt_open on learning.attempt (agency_id, quiz_id, class_id, person_id) where finished_at is null;
-- Before and after are each measured once in a class, even when the quiz was replaced meanwhile; practice may be repeated.
create unique index attempt_test_once on learning.attempt (agency_id, class_id, person_id, purpose) where purpose <> 'practice';
create index attempt_class on learning.attempt (agency_id, class_id, purpose, person_id);
create index attempt_person on learning.attempt (agency_id, person_id);

create table learning.answer (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	attempt_id uuid not null, -- attempt; pii:none
	question_id uuid not null, -- question; pii:none
	choice_ids uuid[] not null, -- choices ticked, empty when unticked again; pii:basic
	answered_at timestamptz not null, -- ticked at, by the device's clock set to ours: of two, the later counts; pii:none
	saved_at timestamptz not null, -- reached us at, later than ticked when the signal was lost; pii:none
	primary key (agency_id, attempt_id, question_id),
	foreign key (agency_id, attempt_id) references learning.attempt on delete cascade,
	foreign key (agency_id, question_id) references content.question
);
create index answer_question on learning.answer (agency_id, question_id);

select platform.isolate('learning.lesson_view', 'learning.attempt', 'learning.answer');
