-- Rooms and facilitators that a split may give to its classes, and which it gave.

create table classes.split_room (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	split_id uuid not null, -- split; pii:none
	room_id uuid not null, -- room that its classes may get; pii:none
	primary key (agency_id, split_id, room_id),
	foreign key (agency_id, split_id) references classes.split on delete cascade,
	foreign key (agency_id, room_id) references classes.room
);
create index split_room_room on classes.split_room (agency_id, room_id);

create table classes.split_facilitator (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	split_id uuid not null, -- split; pii:none
	person_id uuid not null, -- who may teach its classes; pii:basic
	primary key (agency_id, split_id, person_id),
	foreign key (agency_id, split_id) references classes.split on delete cascade,
	foreign key (agency_id, person_id) references people.person
);
create index split_facilitator_person on classes.split_facilitator (agency_id, person_id);

alter table classes.split_class
	add column room_id uuid, -- room it gets when the split is applied, null when it has one or none was free; pii:none
	add column room_by_hand boolean not null default false, -- the room was chosen by a person: solving again leaves it; pii:none
	add column facilitator_id uuid, -- who teaches it when the split is applied, null when it has somebody or nobody was free; pii:basic
	add column facilitator_by_hand boolean not null default false, -- chosen by a person: solving again leaves it; pii:none
	add check (not room_by_hand or room_id is not null),
	add check (not facilitator_by_hand or facilitator_id is not null);
alter table classes.split_class add foreign key (agency_id, room_id) references classes.room;
alter table classes.split_class add foreign key (agency_id, facilitator_id) references people.person;

select platform.isolate('classes.split_room', 'classes.split_facilitator');

-- Who answers for a class in the office: told when something happens to it, e.g. when its room is closed.
alter table classes.class add column owner_id uuid;
comment on column classes.class.owner_id is 'person of the office who answers for it, null when an account without a person made it; pii:basic';
alter table classes.class add foreign key (agency_id, owner_id) references people.person;
update classes.class c set owner_id = u.person_id from auth.user u where u.id = c.created_by and u.agency_id = c.agency_id;
create index class_owner on classes.class (agency_id, owner_id);
