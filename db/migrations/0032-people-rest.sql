-- One row of a file may say several things (a person with a level in each of nine columns): each is judged by itself.
alter table people.import_row
	add column part smallint not null default 0,
	drop constraint import_row_pkey,
	add primary key (agency_id, import_id, row_number, part);
comment on column people.import_row.part is 'which of the things that the row says, from 0; its cells stand at the first; pii:none';

-- A browser knows its language by a cookie; letters are written where there is none.
alter table people.person add column language text check (language in ('id', 'en'));
comment on column people.person.language is 'language that they chose for the screen while signed in, for letters too; null: the base language; pii:basic';
