import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { gradeWithRank, readGrade } from '#kernel/grades.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf, type CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import { fullName, type CertificateFacts } from '../facts.ts';
import { countsInYear, type JpRate } from '../jp.ts';
import { settingOn, storedRule, type JpSetting } from '../jp-setting.ts';
import { isSelfPaced } from '../jp-overlap.ts';
import { certificateNumber, hoursOfClass } from '../rules.ts';
import { predicateFor } from '../template.ts';
import { verifyCode } from '../verify-code.ts';
import { classForCertificate, graduatesOf, type ClassForCertificate, type Graduate } from './graduates.ts';
import { jpSettings } from './jp-settings.ts';
import { jpRates } from './rates.ts';
import { templateInUse, type UsedTemplate } from './templates.ts';
import { ruleOfClass, standingsOf } from './standings.ts';

export type Issued = { certificateId: string; personId: string };

/**
 * Certificates and JP of everybody who may have one (eligibility.ts) and has none yet, in a handful of statements for
 * any number. The counter's row is locked until the transaction ends, so numbers neither repeat nor skip. Somebody whose hours were already counted elsewhere gets the certificate, but the JP are
 * refused with the other's name. Refuses: a class that is not over, an agency without a signatory, a form that has no rate.
 */
export async function issueForClass(
	tx: Tx,
	agencyId: string,
	classId: string,
	today: CivilDate,
	now: Date
): Promise<Issued[]> {
	return (await issueNext(tx, agencyId, classId, today, now, Infinity)).issued;
}

/** The same for the next `most` by name; answers also how many are still to come. */
export async function issueNext(
	tx: Tx,
	agencyId: string,
	classId: string,
	today: CivilDate,
	now: Date,
	most: number
): Promise<{ issued: Issued[]; left: number }> {
	const lesson = await classForCertificate(tx, classId, today);
	if (!lesson) throw missing();
	if (lesson.status !== 'finished') throw refused('credentials.issue.classNotOver', { code: lesson.code });
	const year = yearOf(today);
	// Locks before reading who is still without: a second press waits here and then finds nobody.
	const first = await nextNumbers(tx, agencyId, 'certificate', year, 0);
	const asked = await ruleOfClass(tx, classId);
	const may = (await standingsOf(tx, classId, asked)).filter(({ verdict }) => verdict === 'may');
	if (may.length === 0) return { issued: [], left: 0 };
	const graduates = await graduatesOf(
		tx,
		classId,
		may.slice(0, most).map(({ personId }) => personId)
	);
	const template = await templateInUse(tx, agencyId, asked.templateId, now);
	await nextNumbers(tx, agencyId, 'certificate', year, graduates.length);
	const rates = await jpRates(tx, agencyId);
	const setting = settingOn(await jpSettings(tx), lesson.endsOn);
	const position = await nextNumbers(tx, agencyId, 'badge', 0, graduates.length);
	const scores = new Map(may.map(({ personId, standing }) => [personId, standing.posttestPercent]));
	const rows = graduates.map((graduate, at) => ({
		...made(lesson, graduate, rates, setting, first + at, today, {
			template,
			score: scores.get(graduate.personId) ?? null
		}),
		position: position + at - 1
	}));
	await insertCertificates(tx, agencyId, classId, rows, today, template?.id ?? null);
	await insertEntries(tx, agencyId, classId, lesson, rows, setting, today, now);
	return {
		issued: rows.map((row) => ({ certificateId: row.certificateId, personId: row.graduate.personId })),
		left: may.length - rows.length
	};
}

type Made = ReturnType<typeof made> & { position: number };

function made(
	lesson: ClassForCertificate,
	graduate: Graduate,
	rates: readonly JpRate[],
	setting: JpSetting,
	number: number,
	today: CivilDate,
	{ template, score }: { template: UsedTemplate | null; score: number | null }
) {
	const hours = hoursOfClass(rates, lesson, graduate, setting.rounding);
	if (!hours.ok) throw refused(hours.code, hours.params);
	if (!lesson.signatory) throw refused('credentials.issue.noSignatory');
	const { signatory } = lesson;
	const grade = readGrade(signatory.grade ?? '');
	const predicate = predicateFor(template?.layout, score);
	const facts: CertificateFacts = {
		agency: { name: lesson.agencyName, office: signatory.office, code: lesson.agencyCode },
		recipient: { name: fullName(graduate), nip: graduate.nip, post: graduate.post, unit: graduate.unit },
		programme: {
			name: lesson.program,
			form: lesson.form,
			from: lesson.startsOn,
			to: lesson.endsOn,
			place: lesson.place,
			hours: hours.jp,
			modules: lesson.modules
		},
		signatory: {
			name: fullName(signatory),
			post: signatory.post,
			rank: grade && gradeWithRank(grade),
			nip: signatory.nip,
			...(signatory.acting === null ? {} : { acting: signatory.acting })
		},
		issued: { place: lesson.city, on: today },
		...(template ? { layout: template.layout } : {}),
		...(predicate === undefined ? {} : { predicate })
	};
	return {
		certificateId: newId(),
		entryId: newId(),
		number: certificateNumber(number, lesson.programCode, lesson.agencyCode, today),
		verifyCode: verifyCode(),
		graduate: isSelfPaced(hours.rule) ? { ...graduate, twin: null } : graduate,
		hours,
		facts
	};
}

async function insertCertificates(
	tx: Tx,
	agencyId: string,
	classId: string,
	rows: readonly Made[],
	today: CivilDate,
	templateId: string | null
) {
	await sql`
		insert into credentials.certificate (agency_id, id, number, version, class_id, person_id, issued_on, status, verify_code, facts,
			template_id, status_position)
		select ${agencyId}, n.id, n.number, 1, ${classId}, n.person_id, ${today}::date, 'valid', n.code, n.facts, ${templateId}::uuid, n.position
		from unnest(${rows.map((row) => row.certificateId)}::uuid[], ${rows.map((row) => row.number)}::text[],
			${rows.map((row) => row.graduate.personId)}::uuid[], ${rows.map((row) => row.verifyCode)}::text[],
			${rows.map((row) => JSON.stringify(row.facts))}::jsonb[], ${rows.map((row) => row.position)}::int[])
			as n(id, number, person_id, code, facts, position)`.execute(tx);
}

async function insertEntries(
	tx: Tx,
	agencyId: string,
	classId: string,
	lesson: ClassForCertificate,
	rows: readonly Made[],
	setting: JpSetting,
	today: CivilDate,
	now: Date
): Promise<void> {
	const fresh = rows.filter((row) => row.graduate.twin === null);
	const year = countsInYear({ endDate: lesson.endsOn, certificateDate: today }, setting.yearBy);
	await sql`
		insert into credentials.jp_entry (agency_id, id, person_id, source, class_id, certificate_id, form, title, starts_on, ends_on,
			abroad, assigned, certificate_on, year, learning_hours, rule, status, reason, created_at)
		select ${agencyId}, n.id, n.person_id, 'class', ${classId}, n.certificate_id, ${lesson.form}, ${lesson.program},
			${lesson.startsOn}::date, ${lesson.endsOn}::date, ${lesson.abroad}, true, ${today}::date, ${year}, n.jp, n.rule,
			case when n.twin is null then 'counted' else 'refused_overlap' end, coalesce(n.twin, ''), ${now}
		from unnest(${rows.map((row) => row.entryId)}::uuid[], ${rows.map((row) => row.graduate.personId)}::uuid[],
			${rows.map((row) => row.certificateId)}::uuid[], ${rows.map((row) => row.hours.jp)}::numeric[],
			${rows.map((row) => storedRule(row.hours))}::jsonb[],
			${rows.map((row) => row.graduate.twin)}::text[]) as n(id, person_id, certificate_id, jp, rule, twin)
		on conflict (agency_id, class_id, person_id) where class_id is not null
			do update set certificate_id = excluded.certificate_id`.execute(tx);
	const rule = rows[0]?.hours.rule;
	if (!rule || isSelfPaced(rule) || fresh.length === 0) return;
	// Parallel sessions of the same class are one stretch of time: range_agg melts them before they are stored.
	await sql`
		insert into credentials.jp_time (agency_id, entry_id, person_id, during)
		select e.agency_id, e.id, e.person_id, range_agg(tstzrange(s.starts_at, s.ends_at))
		from credentials.jp_entry e
		join classes.session s on s.agency_id = e.agency_id and s.class_id = e.class_id and s.cancelled_at is null
		join classes.attendance t on t.agency_id = s.agency_id and t.session_id = s.id and t.person_id = e.person_id
			and t.status in ('present', 'late')
		where e.agency_id = ${agencyId} and e.id = any(${fresh.map((row) => row.entryId)}::uuid[])
		group by e.agency_id, e.id, e.person_id`.execute(tx);
}
