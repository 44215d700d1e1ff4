-- Forms that classes of a program use by themselves; who wrote a finding, beside who sees it through.

-- Each row says what holds from a moment on; what a form that opened before that moment was made of stays as it was.
create table evaluation.program_form (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	program_id uuid not null, -- program; pii:none
	since timestamptz not null, -- forms that open from this moment on; pii:none
	final_version_id uuid, -- form at the end of its classes; null for the shipped one; pii:none
	session_version_id uuid, -- short form after each session; null for none; pii:none
	set_by uuid, -- by whom; pii:basic
	primary key (agency_id, program_id, since),
	foreign key (agency_id, program_id) references programs.program,
	foreign key (agency_id, final_version_id) references evaluation.form_version,
	foreign key (agency_id, session_version_id) references evaluation.form_version,
	foreign key (agency_id, set_by) references people.person
);
create index program_form_final on evaluation.program_form (agency_id, final_version_id);
create index program_form_session on evaluation.program_form (agency_id, session_version_id);

select platform.isolate('evaluation.program_form');
revoke update, delete on evaluation.program_form from asah_app;

-- A version that a program gives its classes is as fixed as one that a class chose.
create or replace function evaluation.refuse_chosen_form() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and (new.in_use_since is not null or old.in_use_since is null) then return new; end if;
	if exists (select from evaluation.class_form f where f.agency_id = old.agency_id and old.id in (f.final_version_id, f.session_version_id))
		or exists (select from evaluation.program_form f where f.agency_id = old.agency_id and old.id in (f.final_version_id, f.session_version_id))
		or exists (select from evaluation.reaction_box b where b.agency_id = old.agency_id and b.version_id = old.id)
		or exists (select from evaluation.session_box b where b.agency_id = old.agency_id and b.version_id = old.id)
	then raise exception 'reaction form % was used by a class and cannot change', old.id using errcode = 'AS001'; end if;
	return coalesce(new, old);
end $$;

-- Its owner was always its writer; now another may see it through.
alter table evaluation.finding add column written_by uuid;
comment on column evaluation.finding.written_by is 'who wrote it; pii:basic';
alter table evaluation.finding add foreign key (agency_id, written_by) references people.person;
update evaluation.finding set written_by = owner_id;
-- How its owners changed is read from the audit trail.
create index audit_finding_owner on platform.audit (agency_id, (subject ->> 'findingId')) where command = 'evaluation.nameOwner';
-- Who rated whom is told to nobody; lines of before this was so give up their names. What was said lies elsewhere, unchanged.
update platform.audit set account_id = 'withheld', person_id = null, hat = null, request_id = null
where command in ('followup.rate', 'needs.answer');
