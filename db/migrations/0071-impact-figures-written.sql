-- Impact: what was worked out from the figures of an indicator stands only until one of them is written.

alter table impact.indicator
	add column figures uuid not null default gen_random_uuid(); -- another one after every statement that writes its figures, of units or of people; pii:none

-- By chance and not counted: a number that came back after a write was undone would stand for other figures.
create function impact.figures_written() returns trigger language plpgsql as $$
begin
	update impact.indicator i set figures = gen_random_uuid()
	from (select distinct agency_id, indicator_id from written) w
	where i.agency_id = w.agency_id and i.id = w.indicator_id;
	return null;
end $$;
create trigger measurement_added after insert on impact.measurement referencing new table as written
	for each statement execute function impact.figures_written();
create trigger measurement_was after update on impact.measurement referencing old table as written
	for each statement execute function impact.figures_written();
create trigger measurement_became after update on impact.measurement referencing new table as written
	for each statement execute function impact.figures_written();
create trigger measurement_taken after delete on impact.measurement referencing old table as written
	for each statement execute function impact.figures_written();
create trigger person_measurement_added after insert on impact.person_measurement referencing new table as written
	for each statement execute function impact.figures_written();
create trigger person_measurement_was after update on impact.person_measurement referencing old table as written
	for each statement execute function impact.figures_written();
create trigger person_measurement_became after update on impact.person_measurement referencing new table as written
	for each statement execute function impact.figures_written();
create trigger person_measurement_taken after delete on impact.person_measurement referencing old table as written
	for each statement execute function impact.figures_written();
