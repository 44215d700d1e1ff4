-- One row of a file may say several things (a person with a level in each of nine columns): each is judged by itself.
alter table people.import_row
	add column part smallint not null default 0,
	drop constraint import_row_pkey,
	add primary key (agency_id, import_id, row_number, part);
comment on column people.import_row.part is 'which of the things that the row says, from 0; its cells stand at the first; pii:none';
