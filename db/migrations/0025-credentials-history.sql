-- Learning elsewhere in full: what proves it, where it came from, and a claim that can be drafted and sent back.

alter table credentials.jp_entry
	add column provider text not null default '', -- who held it, when it was not us; pii:none
	add column certificate_number text not null default '', -- number on the certificate or letter, as printed; pii:basic
	add column amount numeric(8,2), -- JP, days, times or semesters as claimed: which one, the form says; null for our own classes; pii:none
	add column abroad boolean not null default false, -- held abroad: other rates; pii:none
	add column duplicate_key text, -- what makes two records the same learning (rules.ts), null for our own classes; pii:basic
	add column import_id uuid, -- import that brought it; pii:none
	add column import_row integer; -- and its row in the file; pii:none

-- A draft is its owner's alone; a record that was sent back waits for them, and comes again.
alter table credentials.jp_entry drop constraint jp_entry_status_check;
alter table credentials.jp_entry add constraint jp_entry_status_check
	check (status in ('draft', 'waiting', 'revise', 'counted', 'rejected', 'refused_overlap'));
alter table credentials.jp_entry add constraint jp_entry_import
	foreign key (agency_id, import_id) references people.import;

update credentials.jp_entry set
	provider = coalesce(rule ->> 'provider', ''),
	certificate_number = coalesce(rule ->> 'number', ''),
	amount = coalesce((rule ->> 'amount')::numeric, case when rule ->> 'basis' = 'perDay' then ends_on - starts_on + 1 else learning_hours end),
	abroad = coalesce((rule ->> 'isAbroad')::boolean, false),
	duplicate_key = rule ->> 'duplicateKey',
	rule = rule - '{provider,number,amount,isAbroad,duplicateKey}'::text[]
where source <> 'class';

-- The same certificate, or the same learning on the same days, counts once; what was turned down may be sent anew.
create unique index jp_entry_twin on credentials.jp_entry (agency_id, person_id, duplicate_key)
	where status in ('waiting', 'revise', 'counted');
create index jp_entry_import_rows on credentials.jp_entry (agency_id, import_id) where import_id is not null;
drop index credentials.jp_entry_waiting;
create index jp_entry_queue on credentials.jp_entry (agency_id, status, created_at) where status in ('waiting', 'revise');
