-- Learning material of a curriculum version: lessons and quizzes.

create schema content;
grant usage on schema content to asah_app;

create table content.lesson (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- lesson; pii:none
	module_id uuid not null, -- module it belongs to; pii:none
	sort integer not null, -- order; pii:none
	title text not null check (length(title) between 2 and 200), -- title; pii:none
	body text not null, -- text, paragraphs by blank lines; headings and lists as in Markdown; pii:none
	picture_id uuid, -- picture; pii:none
	picture_alt text, -- what the picture shows, in words; pii:none
	based_on uuid, -- lesson of an earlier curriculum version it was copied from; pii:none
	minutes integer not null check (minutes between 1 and 240), -- time it takes; pii:none
	changed_at timestamptz not null, -- last changed; pii:none
	changed_by text not null, -- by which account; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, module_id) references programs.module,
	foreign key (agency_id, picture_id) references platform.file,
	check (picture_id is null or length(picture_alt) > 0)
);
create index lesson_module on content.lesson (agency_id, module_id, sort);
create index lesson_picture on content.lesson (agency_id, picture_id);

create table content.quiz (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- quiz; pii:none
	version_id uuid not null, -- curriculum version; pii:none
	purpose text not null check (purpose in ('pretest', 'posttest', 'practice')), -- what it is for; pii:none
	title text not null, -- title; pii:none
	pass_percent smallint not null check (pass_percent between 0 and 100), -- needed to pass; pii:none
	revision integer not null default 1, -- counts saves: a form made from an older one is refused; pii:none
	used_at timestamptz, -- first taken at: from then on its questions never change, or scores could not be compared; pii:none
	retired_at timestamptz, -- replaced at: nobody begins it any more; pii:none
	based_on uuid, -- quiz it was copied from; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, version_id) references programs.version
);
create index quiz_version on content.quiz (agency_id, version_id);
-- One test before and one after, so that everybody of a class is measured with the same one.
create unique index quiz_test_once on content.quiz (agency_id, version_id, purpose) where purpose <> 'practice' and retired_at is null;

create table content.question (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- question; pii:none
	quiz_id uuid not null, -- quiz; pii:none
	sort integer not null, -- order; pii:none
	kind text not null check (kind in ('single', 'multiple')), -- one or several right choices; pii:none
	stem text not null check (length(stem) between 3 and 2000), -- the question; pii:none
	explanation text not null default '', -- shown after answering; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, quiz_id) references content.quiz on delete cascade
);
create index question_quiz on content.question (agency_id, quiz_id);

create table content.choice (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- choice; pii:none
	question_id uuid not null, -- question; pii:none
	sort integer not null, -- order; pii:none
	wording text not null check (length(wording) between 1 and 500), -- text; pii:none
	correct boolean not null, -- is it right; leaves the server only after the quiz is handed in; pii:none
	primary key (agency_id, id),
	foreign key (agency_id, question_id) references content.question on delete cascade
);
create index choice_question on content.choice (agency_id, question_id);

select platform.isolate('content.lesson', 'content.quiz', 'content.question', 'content.choice');

-- Questions of a quiz that somebody has begun stay as they were asked.
create function content.refuse_used() returns trigger language plpgsql as $$
begin
	perform from content.quiz q
		where q.used_at is not null and (
			(tg_op <> 'INSERT' and q.agency_id = old.agency_id and q.id = old.quiz_id)
			or (tg_op <> 'DELETE' and q.agency_id = new.agency_id and q.id = new.quiz_id));
	if found then raise exception 'quiz has been taken and cannot change' using errcode = 'AS001'; end if;
	return coalesce(new, old);
end $$;
create trigger question_used before insert or update or delete on content.question for each row execute function content.refuse_used();

create function content.refuse_used_choice() returns trigger language plpgsql as $$
begin
	perform from content.question n join content.quiz q on q.agency_id = n.agency_id and q.id = n.quiz_id
		where q.used_at is not null and (
			(tg_op <> 'INSERT' and n.agency_id = old.agency_id and n.id = old.question_id)
			or (tg_op <> 'DELETE' and n.agency_id = new.agency_id and n.id = new.question_id));
	if found then raise exception 'quiz has been taken and cannot change' using errcode = 'AS001'; end if;
	return coalesce(new, old);
end $$;
create trigger choice_used before insert or update or delete on content.choice for each row execute function content.refuse_used_choice();
