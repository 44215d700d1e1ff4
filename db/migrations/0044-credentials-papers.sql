-- Scores of the index are kept as long as somebody may ask for them: see `prune` in measure-ip.ts.
grant delete on credentials.ip_score to asah_app;
