-- Attendance is asked once: by the class, preset by its program. What a certificate asked beyond that becomes what the
-- program presets, and what its classes ask that are not over yet; classes that are over keep how they ended.
update programs.program p set attendance_percent = e.attendance_percent
from credentials.eligibility e
where e.agency_id = p.agency_id and e.program_id = p.id and e.attendance_percent > p.attendance_percent;

update classes.class c set attendance_percent = e.attendance_percent, edition = c.edition + 1
from credentials.eligibility e
join programs.version v on v.agency_id = e.agency_id and v.program_id = e.program_id
where v.agency_id = c.agency_id and v.id = c.version_id and c.status in ('planned', 'open', 'running')
	and e.attendance_percent > c.attendance_percent;

alter table credentials.eligibility drop column attendance_percent;
