-- A finding says which session and which item it was seen in, so that it is not proposed twice.
alter table evaluation.finding add column session_id uuid;
alter table evaluation.finding add column item_code text;
comment on column evaluation.finding.session_id is 'session in whose results it was seen, null for those of the whole class; pii:none';
comment on column evaluation.finding.item_code is 'item whose marks it rests on, null when it rests on none; pii:none';
alter table evaluation.finding add foreign key (agency_id, session_id) references classes.session;
alter table evaluation.finding add foreign key (agency_id, item_code) references evaluation.reaction_item;
alter table evaluation.finding add check (session_id is null or class_id is not null);
create index finding_session on evaluation.finding (agency_id, session_id);
create index finding_item on evaluation.finding (agency_id, item_code);

-- All that a mean of marks reads, so that thousands of forms are summed without a look at each row.
create index reaction_answer_marks on evaluation.reaction_answer (agency_id, class_id) include (score, grade)
	where remark is null and grade_before is null;

-- Marks of one form are told in one group of people only, before or after: two groups that differ by one person tell theirs.
alter table evaluation.reaction_change add column earlier uuid[] not null default '{}';
comment on column evaluation.reaction_change.earlier is 'forms whose marks the mean before is of: those are not used for another; pii:none';
