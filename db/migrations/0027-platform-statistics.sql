-- After work that fills a table in one go (a campaign opened for 14,351 people, a run of the estimator, an import) the
-- planner still believes it to be empty until autovacuum comes by, and for a new run of many it may never come: the
-- ranking of needs then compared each with each, 103 million pairs in 8 s instead of 0.1. Whoever filled a table says so.

create function platform.refresh_statistics(variadic tables regclass[]) returns void language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
declare
	one regclass;
begin
	-- A table that somebody else analyses or vacuums right now is left to them.
	foreach one in array tables loop
		execute format('analyze (skip_locked) %s', one);
	end loop;
end $$;
revoke execute on function platform.refresh_statistics(regclass[]) from public;
grant execute on function platform.refresh_statistics(regclass[]) to asah_app;
