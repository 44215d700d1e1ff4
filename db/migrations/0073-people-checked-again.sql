-- An import may be checked again against how things are now; the file does not come a second time, nor stay longer.

alter table people.import
	add column checked_at timestamptz; -- when its rows were last compared with what is known; pii:none
update people.import set checked_at = created_at;
alter table people.import alter column checked_at set not null;
