-- The hours of a record as one value: a training of four days was four rows, each with its own place in an index that
-- is costly to write. The same exclusion holds: no hour of a person counts twice.

alter table credentials.jp_time rename to jp_time_before;
alter table credentials.jp_time_before rename constraint jp_time_pkey to jp_time_before_pkey;
alter table credentials.jp_time_before rename constraint jp_time_once to jp_time_before_once;

create table credentials.jp_time (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	entry_id uuid not null, -- entry; pii:none
	person_id uuid not null, -- whose hours; pii:basic
	during tstzmultirange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)), -- stretches of time, each from, until (exclusive); pii:basic
	primary key (agency_id, entry_id),
	foreign key (agency_id, entry_id, person_id) references credentials.jp_entry (agency_id, id, person_id) on delete cascade,
	constraint jp_time_once exclude using gist (agency_id with =, person_id with =, during with &&)
);
insert into credentials.jp_time (agency_id, entry_id, person_id, during)
select agency_id, entry_id, person_id, range_agg(during) from credentials.jp_time_before group by agency_id, entry_id, person_id;
drop table credentials.jp_time_before;

select platform.isolate('credentials.jp_time');
