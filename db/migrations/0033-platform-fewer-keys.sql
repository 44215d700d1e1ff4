-- Keys that say twice what another key says: of a row whose person, import or entry is of this agency, the agency exists.
-- Each was a look-up for every row that a file or a run of the estimator brings.
alter table people.import_row drop constraint import_row_agency_id_fkey;
alter table credentials.jp_entry drop constraint jp_entry_agency_id_fkey;
alter table credentials.jp_time drop constraint jp_time_agency_id_fkey1;
alter table needs.estimate_unit drop constraint estimate_unit_agency_id_fkey;
alter table needs.estimate_post drop constraint estimate_post_agency_id_fkey;

-- What is forgotten of an applied row is most of it: with room in its page it is written beside itself, and no index hears
-- of it.
alter table people.import_row set (fillfactor = 85);

-- Nobody's hours twice, as before. Such an index weighs its columns from the first to the last wherever a row may go, and the
-- agency, the same in nearly all of them, tells it nothing.
alter table credentials.jp_time
	drop constraint jp_time_once,
	add constraint jp_time_once exclude using gist (person_id with =, agency_id with =, during with &&);
