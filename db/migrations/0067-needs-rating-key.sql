-- A rating is of a gap that was asked. The foreign key looked that up, and locked it, for each of 129,159 gaps of a city, one by
-- one; the statement's trigger asks once for all of them. It holds the people asked until the end of the transaction, so
-- that nobody stops asking them meanwhile (needs.forget_brought, the only one who does), and whoever does is refused where
-- answers stand.
create function needs.refuse_unasked_rating() returns trigger language plpgsql as $$
begin
	perform from needs.target t
		join (select distinct agency_id, campaign_id, person_id from added) a using (agency_id, campaign_id, person_id)
		order by t.campaign_id, t.person_id for key share of t;
	if exists (
		select from added a where not exists (
			select from needs.gap g where g.agency_id = a.agency_id and g.campaign_id = a.campaign_id and g.person_id = a.person_id
				and g.competency_id = a.competency_id
		)
	) then
		raise exception 'a rating of what was not asked' using errcode = 'foreign_key_violation';
	end if;
	return null;
end $$;
create trigger rating_asked after insert on needs.rating referencing new table as added
	for each statement execute function needs.refuse_unasked_rating();

create function needs.refuse_lost_rating() returns trigger language plpgsql as $$
begin
	if exists (
		select from gone o join needs.rating r
			on r.agency_id = o.agency_id and r.campaign_id = o.campaign_id and r.person_id = o.person_id
	) then
		raise exception 'somebody was rated who is no longer asked' using errcode = 'foreign_key_violation';
	end if;
	return null;
end $$;
create trigger target_rated after delete on needs.target referencing old table as gone
	for each statement execute function needs.refuse_lost_rating();

alter table needs.rating drop constraint rating_agency_id_campaign_id_person_id_competency_id_fkey;
