-- The form for the end of a class that Asah ships asks how sure people were before and are now (A.03), in place of one
-- mark of agreement (A.01). Agencies that are there already get it as its next version; what classes have asked stays.

-- A box from before there were versions, or one that set-up filled, holds the first version.
update evaluation.reaction_box b set version_id = v.id
from evaluation.form_version v
join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id and t.shipped = 'final'
where v.agency_id = b.agency_id and v.number = 1 and b.version_id is null
	and (length(b.public_key) > 0
		or exists (select from evaluation.reaction_answer x where x.agency_id = b.agency_id and x.class_id = b.class_id));
comment on column evaluation.reaction_box.version_id is 'version of the form that is in it, null when nobody answered; pii:none';

insert into evaluation.reaction_item (agency_id, code, aspect, kind, wording_id, wording_en, sort)
select t.agency_id, 'A.03', 'application', 'confidence', 'Seberapa yakin Anda dapat melakukan isi pelatihan ini di tempat kerja?',
	'How sure are you that you can do at work what this training was about?', 9
from evaluation.form_template t where t.shipped = 'final';

insert into evaluation.form_version (agency_id, id, template_id, number, saved_by, saved_at)
select t.agency_id, gen_random_uuid(), t.id, 2, 'Asah', now() from evaluation.form_template t where t.shipped = 'final';

insert into evaluation.form_item (agency_id, version_id, item_code, sort)
select f.agency_id, n.id, case when f.item_code = 'A.01' then 'A.03' else f.item_code end, f.sort
from evaluation.form_template t
join evaluation.form_version v on v.agency_id = t.agency_id and v.template_id = t.id and v.number = 1
join evaluation.form_version n on n.agency_id = t.agency_id and n.template_id = t.id and n.number = 2
join evaluation.form_item f on f.agency_id = v.agency_id and f.version_id = v.id
where t.shipped = 'final';

update evaluation.form_version n set in_use_since = now()
from evaluation.form_template t
where t.agency_id = n.agency_id and t.id = n.template_id and t.shipped = 'final' and n.number = 2;
