-- Scores of the index are kept as long as somebody may ask for them: see `prune` in measure-ip.ts.
grant delete on credentials.ip_score to asah_app;

-- The history of a cost is read from the audit trail.
create index audit_cost on platform.audit (agency_id, (subject ->> 'costId')) where subject ? 'costId';
