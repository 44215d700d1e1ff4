-- A rule set by mistake is followed by another of the same day: it stays to be read, and held on no day.
alter table needs.estimator_setting drop constraint estimator_setting_check, add check (valid_to >= valid_from);
alter table needs.priority_rule drop constraint priority_rule_check, add check (valid_to >= valid_from);
alter table needs.importance drop constraint importance_check, add check (valid_to >= valid_from);

-- Whoever reads a decided proposal reads who decided it.
alter table competencies.proposal add column decided_by_name text;
comment on column competencies.proposal.decided_by_name is 'who decided, null until then and where it was not kept; pii:basic';
update competencies.proposal p set decided_by_name = u.name from auth.user u where u.id = p.decided_by;
