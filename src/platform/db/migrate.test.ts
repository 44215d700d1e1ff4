import { expect, test } from 'vitest';
import { commentsOf } from './migrate.ts';

test('the words behind a column become its comment, in a new table and in one that grows', () => {
	const statements = commentsOf(`create table people.unit (
	id uuid not null, -- unit; pii:none
	name text not null check (length(name) > 0), -- what it's called; pii:none
	primary key (id)
); -- not a column
alter table people.unit
	add column closed_on date, -- until; pii:none
	add column note text not null default ''; -- why; pii:basic
create function f() returns void language sql as $$
	select 1 -- no column either
$$;
`);
	expect(statements).toEqual([
		"comment on column people.unit.id is 'unit; pii:none'",
		"comment on column people.unit.name is 'what it''s called; pii:none'",
		"comment on column people.unit.closed_on is 'until; pii:none'",
		"comment on column people.unit.note is 'why; pii:basic'"
	]);
});
