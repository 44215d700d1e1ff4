-- A search by part of a name reads the names of one agency and nothing else: from this index alone, whether the agency
-- is the only one on the server or one of 540 (bench/nation.ts). The id is carried, not part of the key: as a key column
-- it drew every join on a person's id here, which then read the whole agency for one row.

create index person_search on people.person (agency_id, name_folded) include (id, name, nip, active);
