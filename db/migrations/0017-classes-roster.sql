-- The people of a class and their statuses are read on every page of it: from the index alone, without the rows.

create index registration_class on classes.registration (agency_id, class_id, status) include (person_id, id);
