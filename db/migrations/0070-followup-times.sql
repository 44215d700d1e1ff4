-- A check-in that waited on the device says when it was written and when it arrived; a setting may be mended on its day.

alter table followup.check_in add column arrived_at timestamptz check (arrived_at > at);
comment on column followup.check_in.at is 'when it was written; pii:none';
comment on column followup.check_in.arrived_at is 'when it arrived, null when it did at once; pii:none';

-- Of two settings of one day the one set last holds; both stay to be read.
alter table followup.setting drop constraint setting_once;
create index setting_valid on followup.setting (agency_id, valid_from desc, set_at desc);
