-- Which kecamatan adjoin: what a split of nominated people asks of the map. A pair stands once, in the order of the ids, so
-- that both sides say the same. Pairs of a unit that has ended stay (it did adjoin then); readers ask for units that stand.
create table people.neighbour (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	unit_id uuid not null, -- one kecamatan, the one with the smaller id; pii:none
	other_id uuid not null, -- the other one; pii:none
	made_by text not null, -- account that said so; pii:basic
	made_at timestamptz not null, -- when; pii:none
	primary key (agency_id, unit_id, other_id),
	foreign key (agency_id, unit_id) references people.unit,
	foreign key (agency_id, other_id) references people.unit (agency_id, id),
	check (unit_id < other_id)
);
create index neighbour_other on people.neighbour (agency_id, other_id);
select platform.isolate('people.neighbour');
