-- A survey under way asks whoever a staff list brings. When the list is undone while nobody has answered about them, they
-- go again with it: the only way in which what a survey asked is taken away, so that the app may do it through here alone.
create function needs.forget_brought(agency uuid, import uuid) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	brought uuid[];
begin
	if agency is distinct from platform.current_agency() then raise exception 'another agency'; end if;
	select coalesce(array_agg(ir.subject_id), '{}') into brought from people.import_row ir
	where ir.agency_id = agency and ir.import_id = import and ir.outcome = 'new';
	delete from needs.assignment a where a.agency_id = agency and (a.rater_id = any(brought) or a.person_id = any(brought));
	delete from needs.gap g where g.agency_id = agency and g.person_id = any(brought);
	delete from needs.target t where t.agency_id = agency and t.person_id = any(brought);
end $$;
revoke execute on function needs.forget_brought(uuid, uuid) from public;
grant execute on function needs.forget_brought(uuid, uuid) to asah_app;
