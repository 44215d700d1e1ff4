-- A search by part of a name reads the names of one agency and nothing else: from this index alone, whether the agency
-- is the only one on the server or one of 540 (bench/nation.ts).

create index person_search on people.person (agency_id, name_folded, id) include (name, nip, active);
