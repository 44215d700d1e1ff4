-- Reactions of participants (level 1): the form, who has answered, and what was answered, which nothing joins.

create schema evaluation;
grant usage on schema evaluation to asah_app;

create table evaluation.reaction_item (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	code text not null, -- item, e.g. F.02; pii:none
	aspect text not null check (aspect in ('organiser', 'facilitator', 'material', 'facility', 'relevance', 'application')), -- what it asks about; pii:none
	kind text not null check (kind in ('score', 'text')), -- scored 1 to 4, or free words; pii:none
	wording_id text not null, -- the question in Indonesian; pii:none
	wording_en text not null, -- the question in English; pii:none
	sort integer not null, -- order on the form; pii:none
	primary key (agency_id, code)
);

-- Who has answered, so that nobody answers twice and the rest can be reminded. The day only, and not what was said.
create table evaluation.reaction_given (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	class_id uuid not null, -- class; pii:none
	person_id uuid not null, -- who has answered; pii:basic
	given_on date not null, -- the day; no hour, which would tell whose answers came then; pii:basic
	primary key (agency_id, class_id, person_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, person_id) references people.person
);

-- What was answered. Promised to be anonymous, so there is no person, no time and no key in common with
-- reaction_given, and none among the answers of one form: each stands alone under a random number. The number must
-- be a v4: a v7, as everywhere else, carries the millisecond. See reaction_shuffle below for what rows give away.
create table evaluation.reaction_answer (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- random and drawn anew as later answers come; points at nothing; pii:none
	class_id uuid not null, -- class; pii:none
	item_code text not null, -- item; pii:none
	score smallint check (score between 1 and 4), -- 1 worst to 4 best; pii:none
	remark text check (length(remark) between 1 and 2000), -- free words, which may name people; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, item_code) references evaluation.reaction_item,
	check (num_nonnulls(score, remark) = 1)
);
create index reaction_answer_class on evaluation.reaction_answer (agency_id, class_id, item_code);

select platform.isolate('evaluation.reaction_item', 'evaluation.reaction_given', 'evaluation.reaction_answer');

-- Once given it stays: neither an answer nor the mark of having answered can be taken back or rewritten.
revoke update, delete on evaluation.reaction_given, evaluation.reaction_answer from asah_app;

-- PostgreSQL itself keeps two keys that would join the tables: the number of the writing transaction (xmin) and the
-- place in the file (ctid), both in order of arrival. So each form that comes in lays the class's answers down again,
-- in random order and by one transaction. Left over are dead rows until vacuum, the write-ahead log and backups,
-- which only the operator of the server reaches. One class at a time, else two forms at once would not mix.
create function evaluation.shuffle_reactions() returns trigger language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	perform pg_advisory_xact_lock(hashtextextended(c.class_id::text, 0))
	from (select distinct class_id from given order by class_id) c;
	with lifted as (
		delete from evaluation.reaction_answer a
		using (select distinct agency_id, class_id from given) c
		where a.agency_id = c.agency_id and a.class_id = c.class_id
		returning a.agency_id, a.class_id, a.item_code, a.score, a.remark
	)
	insert into evaluation.reaction_answer (agency_id, class_id, item_code, score, remark)
	select agency_id, class_id, item_code, score, remark from lifted order by random();
	return null;
end $$;
revoke execute on function evaluation.shuffle_reactions() from public;
create trigger reaction_shuffle after insert on evaluation.reaction_answer referencing new table as given
	for each statement when (pg_trigger_depth() = 0) execute function evaluation.shuffle_reactions();
