-- Rows that a file brings say from which import; a foreign key looks that up for each of sixty thousand rows, one by one. The
-- statement's trigger asks once for all of them, and an import, once there, is never taken away.
create function people.refuse_lost_import() returns trigger language plpgsql as $$
begin
	if exists (
		select from (select distinct agency_id, import_id from added where import_id is not null) a
		where not exists (select from people.import i where i.agency_id = a.agency_id and i.id = a.import_id)
	) then
		raise exception 'a row of an import that there is not' using errcode = 'foreign_key_violation';
	end if;
	return null;
end $$;
alter table people.import_row drop constraint import_row_agency_id_import_id_fkey;
create trigger import_row_import after insert on people.import_row referencing new table as added
	for each statement execute function people.refuse_lost_import();
alter table credentials.jp_entry drop constraint jp_entry_import;
create trigger jp_entry_import after insert on credentials.jp_entry referencing new table as added
	for each statement execute function people.refuse_lost_import();
revoke delete on people.import from asah_app;

-- A dry run keeps its rows aside until it is written (a temporary table of its transaction). Everybody may, unless the
-- server's owner took that away.
do $$ begin execute format('grant temporary on database %I to asah_app', current_database()); end $$;
