-- Who set the rules of the estimate and of the ranking, by name as it was then: screens say since when, why and by whom.
alter table needs.estimator_setting add column set_by_name text;
alter table needs.priority_rule add column set_by_name text;
alter table needs.importance
	add column set_by_name text,
	add column set_at timestamptz;

comment on column needs.estimator_setting.set_by_name is 'who, null for what Asah began with; pii:basic';
comment on column needs.priority_rule.set_by_name is 'who, null for what Asah began with; pii:basic';
comment on column needs.importance.set_by_name is 'who, null where it was not kept; pii:basic';
comment on column needs.importance.set_at is 'when, null where it was not kept; pii:none';

update needs.estimator_setting s set set_by_name = u.name from auth.user u where u.id = s.set_by;
update needs.priority_rule s set set_by_name = u.name from auth.user u where u.id = s.set_by;
update needs.importance s set set_by_name = u.name from auth.user u where u.id = s.set_by;
