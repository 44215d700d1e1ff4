-- Reaction forms of one's own, in versions; a short form after each session; forms linked by what a device keeps.

create table evaluation.form_template (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- template; pii:none
	name text not null check (length(name) between 3 and 120), -- what the office calls it; pii:none
	purpose text not null default '' check (length(purpose) <= 500), -- when it is of use; pii:none
	shipped text check (shipped in ('final', 'session')), -- one that Asah ships, for the end of a class or of a session; null for the agency's own; pii:none
	retired_at timestamptz, -- no longer offered to classes since; those that chose it keep it; pii:none
	primary key (agency_id, id),
	constraint form_template_name unique (agency_id, name)
);
create unique index form_template_shipped on evaluation.form_template (agency_id, shipped) where shipped is not null;

create table evaluation.form_version (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null, -- version; pii:none
	template_id uuid not null, -- template; pii:none
	number integer not null check (number > 0), -- 1, 2, 3 within the template; pii:none
	in_use_since timestamptz, -- classes may choose it since; null for a draft; pii:none
	revision integer not null default 1, -- counts saves: a form made from an older one is refused; pii:none
	saved_by text not null, -- name of who saved it last; pii:basic
	saved_at timestamptz not null, -- when it was saved last; pii:none
	primary key (agency_id, id),
	unique (agency_id, template_id, number),
	foreign key (agency_id, template_id) references evaluation.form_template on delete cascade
);
-- One draft a template: two would be two successors of one version.
create unique index form_version_draft on evaluation.form_version (agency_id, template_id) where in_use_since is null;

-- Items are their words: the same words in two versions are one item, whose answers may be compared; other words are
-- another item. So an item's row never changes, and a new version leaves the old as it was.
alter table evaluation.reaction_item drop constraint reaction_item_kind_check;
alter table evaluation.reaction_item add constraint reaction_item_kind_check check (kind in ('score', 'scale', 'confidence', 'text'));
comment on column evaluation.reaction_item.kind is 'scored 1 to 4 (the shipped form), 1 to 5, how sure before and now 1 to 5, or free words; pii:none';

create table evaluation.form_item (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	version_id uuid not null, -- version of a template; pii:none
	item_code text not null, -- item; pii:none
	sort integer not null, -- order on the form; pii:none
	primary key (agency_id, version_id, item_code),
	foreign key (agency_id, version_id) references evaluation.form_version on delete cascade,
	foreign key (agency_id, item_code) references evaluation.reaction_item
);
create index form_item_code on evaluation.form_item (agency_id, item_code);

-- What a class uses when it is not the shipped form. No row: the shipped one at the end and none after sessions.
create table evaluation.class_form (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	class_id uuid not null, -- class; pii:none
	final_version_id uuid, -- form at the end; null for the shipped one; pii:none
	session_version_id uuid, -- short form after each session; null for none; pii:none
	primary key (agency_id, class_id),
	foreign key (agency_id, class_id) references classes.class,
	foreign key (agency_id, final_version_id) references evaluation.form_version,
	foreign key (agency_id, session_version_id) references evaluation.form_version
);
create index class_form_final on evaluation.class_form (agency_id, final_version_id);
create index class_form_session on evaluation.class_form (agency_id, session_version_id);

-- The version a box was made for: a class that chooses another later does not mix two forms. Null: the shipped one.
alter table evaluation.reaction_box add column version_id uuid;
comment on column evaluation.reaction_box.version_id is 'version of the form that is in it, null for the shipped one; pii:none';
alter table evaluation.reaction_box add foreign key (agency_id, version_id) references evaluation.form_version;
create index reaction_box_version on evaluation.reaction_box (agency_id, version_id);

-- Marks of 1 to 5 stand beside those of 1 to 4, so that whoever averages the old marks averages nothing else.
alter table evaluation.reaction_answer add column grade smallint check (grade between 1 and 5);
alter table evaluation.reaction_answer add column grade_before smallint check (grade_before between 1 and 5);
comment on column evaluation.reaction_answer.grade is '1 worst to 5 best; of a confidence item, now; pii:none';
comment on column evaluation.reaction_answer.grade_before is 'how sure before the class, of a confidence item; pii:none';
alter table evaluation.reaction_answer drop constraint reaction_answer_check;
alter table evaluation.reaction_answer add constraint reaction_answer_check check (num_nonnulls(score, grade, remark) = 1 and (grade_before is null or grade is not null));

create or replace function evaluation.shuffle_reactions() returns trigger language plpgsql security definer
	set search_path = pg_catalog, pg_temp as $$
begin
	perform pg_advisory_xact_lock(hashtextextended(c.class_id::text, 0))
	from (select distinct class_id from given order by class_id) c;
	with lifted as (
		delete from evaluation.reaction_answer a
		using (select distinct agency_id, class_id from given) c
		where a.agency_id = c.agency_id and a.class_id = c.class_id
		returning a.agency_id, a.class_id, a.item_code, a.score, a.grade, a.grade_before, a.remark
	)
	insert into evaluation.reaction_answer (agency_id, class_id, item_code, score, grade, grade_before, remark)
	select agency_id, class_id, item_code, score, grade, grade_before, remark from lifted order by random();
	return null;
end $$;

-- Forms after sessions: the same four, apart, so that who counts a class's reactions counts those at its end. Nothing
-- joins who has answered and what was answered here either.
create table evaluation.session_given (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	person_id uuid not null, -- who has answered; pii:basic
	given_on date not null, -- the day; no hour, which would tell whose answers came then; pii:basic
	primary key (agency_id, session_id, person_id),
	foreign key (agency_id, session_id) references classes.session,
	foreign key (agency_id, person_id) references people.person
);

create table evaluation.session_box (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	session_id uuid not null, -- session; pii:none
	version_id uuid, -- version of the form that is in it, null when nobody answered; pii:none
	public_key bytea not null, -- closes envelopes (X25519); pii:none
	locked_key bytea, -- opens them, itself locked with a key that lies in no database; gone once the box was opened; pii:none
	opened_on date, -- the day on which all were opened together; null while reactions are taken; pii:none
	primary key (agency_id, session_id),
	foreign key (agency_id, session_id) references classes.session,
	foreign key (agency_id, version_id) references evaluation.form_version,
	check ((opened_on is null) = (locked_key is not null))
);
create index session_box_version on evaluation.session_box (agency_id, version_id);

create table evaluation.session_envelope (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- random, points at nothing; pii:none
	session_id uuid not null, -- session; pii:none
	sealed bytea not null, -- a whole form, closed and padded to one size; pii:sensitive
	primary key (agency_id, id),
	foreign key (agency_id, session_id) references evaluation.session_box
);
create index session_envelope_session on evaluation.session_envelope (agency_id, session_id);

create table evaluation.session_answer (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	id uuid not null default gen_random_uuid(), -- random; points at nothing; pii:none
	session_id uuid not null, -- session; pii:none
	item_code text not null, -- item; pii:none
	score smallint check (score between 1 and 4), -- 1 worst to 4 best; pii:none
	grade smallint check (grade between 1 and 5), -- 1 worst to 5 best; of a confidence item, now; pii:none
	grade_before smallint check (grade_before between 1 and 5), -- how sure before the session, of a confidence item; pii:none
	remark text check (length(remark) between 1 and 2000), -- free words, which may name people; pii:basic
	primary key (agency_id, id),
	foreign key (agency_id, session_id) references classes.session,
	foreign key (agency_id, item_code) references evaluation.reaction_item,
	check (num_nonnulls(score, grade, remark) = 1 and (grade_before is null or grade is not null))
);
create index session_answer_session on evaluation.session_answer (agency_id, session_id, item_code);

-- The last marks of somebody who lets their forms be linked, closed with a key that only their device can make again.
-- No person, no class, no day; the address is a hash that nobody can make without the device's secret.
create table evaluation.reaction_slip (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	address bytea not null check (length(address) = 32), -- hash of the device's secret, the agency and the form; pii:basic
	sealed bytea not null, -- marks by item and the form they were given in, padded to one size; pii:sensitive
	primary key (agency_id, address)
);

-- How those who linked their forms changed, all together; never fewer than five, nor all but a few.
create table evaluation.reaction_change (
	agency_id uuid not null references platform.agency, -- agency; pii:none
	form_id uuid not null, -- the class of a final form, or the session of a session's; pii:none
	item_code text not null, -- item; pii:none
	pairs integer not null check (pairs >= 5), -- people with a mark then and now; pii:none
	mean_before double precision not null, -- their mean in the form before; pii:none
	mean_after double precision not null, -- and in this one; pii:none
	spread double precision not null, -- standard deviation of their differences, n - 1; pii:none
	primary key (agency_id, form_id, item_code),
	foreign key (agency_id, item_code) references evaluation.reaction_item
);

select platform.isolate('evaluation.form_template', 'evaluation.form_version', 'evaluation.form_item', 'evaluation.class_form',
	'evaluation.session_given', 'evaluation.session_box', 'evaluation.session_envelope', 'evaluation.session_answer',
	'evaluation.reaction_slip', 'evaluation.reaction_change');
revoke update, delete on evaluation.session_given, evaluation.session_answer, evaluation.reaction_change from asah_app;
revoke update on evaluation.session_envelope, evaluation.reaction_slip, evaluation.reaction_item from asah_app;
revoke delete on evaluation.session_box from asah_app;

-- Agencies that are there already get what createAgency gives new ones: the form of today as a template that Asah ships,
-- and a short one for sessions, which no class uses until somebody chooses it.
insert into evaluation.form_template (agency_id, id, name, purpose, shipped)
select a.agency_id, gen_random_uuid(), t.name, t.purpose, t.shipped
from platform.agency a
cross join (values
	('Tanggapan akhir kelas', 'Sepuluh pernyataan dan dua pertanyaan terbuka, tiga menit. Dipakai setiap kelas yang tidak memilih formulir lain.', 'final'),
	('Tanggapan sesi, pendek', 'Tiga pernyataan, satu keyakinan sebelum dan sesudah, satu pertanyaan terbuka. Satu menit di akhir sesi.', 'session')
) t(name, purpose, shipped)
where exists (select from evaluation.reaction_item i where i.agency_id = a.agency_id);

insert into evaluation.form_version (agency_id, id, template_id, number, in_use_since, saved_by, saved_at)
select t.agency_id, gen_random_uuid(), t.id, 1, now(), 'Asah', now() from evaluation.form_template t where t.shipped is not null;

insert into evaluation.form_item (agency_id, version_id, item_code, sort)
select v.agency_id, v.id, i.code, i.sort
from evaluation.form_version v
join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id and t.shipped = 'final'
join evaluation.reaction_item i on i.agency_id = v.agency_id;

insert into evaluation.reaction_item (agency_id, code, aspect, kind, wording_id, wording_en, sort)
select t.agency_id, x.code, x.aspect, x.kind, x.wording_id, x.wording_en, x.sort
from evaluation.form_template t
cross join (values
	('SF.01', 'facilitator', 'scale', 'Penjelasan di sesi ini mudah saya ikuti', 'I could follow the explanations of this session', 0),
	('SM.01', 'material', 'scale', 'Waktu untuk berlatih di sesi ini cukup', 'There was enough time to practise in this session', 1),
	('SR.01', 'relevance', 'scale', 'Isi sesi ini berguna untuk pekerjaan saya', 'The content of this session is useful for my work', 2),
	('SA.01', 'application', 'confidence', 'Seberapa yakin Anda dapat melakukan isi sesi ini di tempat kerja?', 'How sure are you that you can do at work what this session was about?', 3),
	('SA.02', 'application', 'text', 'Apa yang masih membingungkan?', 'What is still unclear?', 4)
) x(code, aspect, kind, wording_id, wording_en, sort)
where t.shipped = 'session';

insert into evaluation.form_item (agency_id, version_id, item_code, sort)
select v.agency_id, v.id, i.code, i.sort
from evaluation.form_version v
join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id and t.shipped = 'session'
join evaluation.reaction_item i on i.agency_id = v.agency_id and i.code in ('SF.01', 'SM.01', 'SR.01', 'SA.01', 'SA.02');

-- What is in use stays as it was asked.
create function evaluation.refuse_form_in_use() returns trigger language plpgsql as $$
begin
	perform from evaluation.form_version v
		where v.in_use_since is not null and (
			(tg_op <> 'INSERT' and v.agency_id = old.agency_id and v.id = old.version_id)
			or (tg_op <> 'DELETE' and v.agency_id = new.agency_id and v.id = new.version_id))
		for share;
	if found then raise exception 'reaction form is in use and cannot change' using errcode = 'AS001'; end if;
	return coalesce(new, old);
end $$;
create trigger form_item_frozen before insert or update or delete on evaluation.form_item for each row execute function evaluation.refuse_form_in_use();

-- Back to a draft only while no class has chosen it and nobody has answered it.
create function evaluation.refuse_chosen_form() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' and (new.in_use_since is not null or old.in_use_since is null) then return new; end if;
	if exists (select from evaluation.class_form f where f.agency_id = old.agency_id and old.id in (f.final_version_id, f.session_version_id))
		or exists (select from evaluation.reaction_box b where b.agency_id = old.agency_id and b.version_id = old.id)
		or exists (select from evaluation.session_box b where b.agency_id = old.agency_id and b.version_id = old.id)
	then raise exception 'reaction form % was used by a class and cannot change', old.id using errcode = 'AS001'; end if;
	return coalesce(new, old);
end $$;
create trigger form_version_frozen before update or delete on evaluation.form_version for each row execute function evaluation.refuse_chosen_form();
