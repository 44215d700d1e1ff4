import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import {
	laterImports,
	oneProblem,
	type Applied,
	type Checking,
	type ComparedRows,
	type Dependant,
	type ImportKind,
	type Progress,
	type Undone
} from '#slices/people/public.server.ts';
import { checkTrainings, countedKey, TRAININGS, type CountedBefore } from '../import/check-trainings.ts';
import { jpSettings } from './jp-settings.ts';
import { jpRates } from './rates.ts';
import { UNDER_CAP } from './under-cap.ts';

/** Training history of the import office: records of learning elsewhere, straight into the ledger of JP. */
export const trainingsKind: ImportKind = {
	shape: TRAININGS,
	label: 'credentials.import.kind',
	fieldLabel: (field) => `credentials.import.field.${field}`,
	check: async (sheet, { tx, agencyId, today }) =>
		checkTrainings(sheet, {
			today,
			rates: await jpRates(tx, agencyId),
			settings: await jpSettings(tx),
			counted: await cappedBefore(tx, agencyId)
		}),
	compare: compareTrainings,
	apply: applyTrainings,
	dependants: dependantsOf,
	undo: undoTrainings,
	subjects: sql`(select e.id, p.name || coalesce(' · ' || p.nip, '') as label, e.agency_id, '/people/' || p.id as href
		from credentials.jp_entry e join people.person p on p.agency_id = e.agency_id and p.id = e.person_id)`,
	expected: null
};

/** What counts already of the forms that have a cap over all records of a person. */
async function cappedBefore(tx: Tx, agencyId: Checking['agencyId']): Promise<CountedBefore> {
	const { rows } = await sql<{
		nip: string;
		form: string;
		startsOn: string;
		endsOn: string;
		hours: number;
		times: number;
	}>`
		select p.nip, e.form, e.starts_on as "startsOn", e.ends_on as "endsOn", ${UNDER_CAP} as hours, coalesce(e.amount, 1)::int as times
		from credentials.jp_entry e
		join people.person p on p.agency_id = e.agency_id and p.id = e.person_id and p.nip is not null
		where e.agency_id = ${agencyId} and e.status = 'counted' and e.form in (
			select r.code from credentials.jp_rate r
			where r.agency_id = ${agencyId} and (r.cap_per_day is not null or r.cap_per_month is not null)
		)`.execute(tx);
	return Map.groupBy(rows, ({ nip, form }) => countedKey(nip, form));
}

/** Of each `day`, in the zone of the agency `a`: what a claim takes without times (claims.ts). */
const OFFICE_HOURS = sql`range_agg(tstzrange((day::date + time '08:00') at time zone a.time_zone, (day::date + time '16:00') at time zone a.time_zone))`;

const RECORD = sql`d(form text, title text, provider text, number text, starts_on date, ends_on date, year int, amount numeric,
	learning_hours numeric, rate_from date, capped jsonb, how jsonb, certificate_on date, status text, reason text, duplicate_key text, holds boolean, person_id uuid)`;

/**
 * Wrong here: nobody has this NIP; another row is the same learning; the ledger has it otherwise; its hours are taken.
 * The ledger is never overwritten by a file: what stands there was verified, and says who by.
 */
async function compareTrainings(tx: Tx, { agencyId, importId }: ComparedRows): Promise<void> {
	await sql`
		with r as materialized (
			select r.row_number, r.label, r.wrong, r.problems, r.new_id, r.known_nip, r.data, r.cells, d.title, d.form, d.starts_on, d.ends_on,
				d.learning_hours, d.status, d.duplicate_key, d.holds
			from pg_temp.checked_row r
			left join lateral jsonb_to_record(r.data) as ${RECORD} on true
		), m as materialized (
			select r.*, p.id as owner, min(r.row_number) filter (where not r.wrong) over (partition by p.id, r.duplicate_key) as first_row
			from r left join people.person p on p.agency_id = ${agencyId} and p.nip = r.known_nip
		), own as materialized (
			-- Our own certificates, by their number as it is compared.
			select c.person_id, lower(regexp_replace(c.number, '[^[:alnum:]]', '', 'g')) as key, c.facts #>> '{programme,name}' as title
			from credentials.certificate c where c.agency_id = ${agencyId} and c.status = 'valid'
		), busy as materialized (
			-- The days around it first: what lies on them is found at little cost, and its hours are then compared.
			select distinct on (m.row_number) m.row_number, e.title, e.starts_on, e.ends_on
			from m
			join credentials.jp_time x on x.agency_id = ${agencyId} and x.person_id = m.owner
				and x.during && tstzrange(m.starts_on - 1, m.ends_on + 2)
			join platform.agency a on a.agency_id = x.agency_id
				and x.during && (select ${OFFICE_HOURS} from generate_series(m.starts_on, m.ends_on, interval '1 day') as day)
			join credentials.jp_entry e on e.agency_id = x.agency_id and e.id = x.entry_id
			where m.holds and m.status = 'counted' and not m.wrong
			order by m.row_number, lower(x.during)
		), c as (
			select m.*, t.id as known, t.title is not distinct from m.title and t.form = m.form and t.starts_on = m.starts_on and t.ends_on = m.ends_on as is_same,
				case
					when m.wrong then m.problems
					when m.owner is null then m.problems || ${oneProblem('nip', sql`m.known_nip`, 'people.import.unknownPerson')}
					when m.first_row < m.row_number then m.problems || ${oneProblem('nama_diklat', sql`m.title`, 'credentials.import.repeatsRow', sql`jsonb_build_object('row', m.first_row)`)}
					when own.title is not null then m.problems || ${oneProblem('nomor_sttpp', sql`m.data ->> 'number'`, 'credentials.import.ownCertificate', sql`jsonb_build_object('title', own.title)`)}
					when t.id is not null and (t.title, t.form, t.starts_on, t.ends_on) is distinct from (m.title, m.form, m.starts_on, m.ends_on)
						then m.problems || ${oneProblem('nama_diklat', sql`m.title`, 'credentials.import.twin', sql`jsonb_build_object('title', t.title, 'from', t.starts_on::text, 'to', t.ends_on::text)`)}
					when t.id is null and busy.title is not null
						then m.problems || ${oneProblem('tgl_mulai', sql`m.starts_on::text`, 'credentials.import.overlaps', sql`jsonb_build_object('title', busy.title, 'from', busy.starts_on::text, 'to', busy.ends_on::text)`)}
					else m.problems
				end as all_problems
			from m
			left join own on own.person_id = m.owner and own.key = m.duplicate_key and not m.wrong
			left join credentials.jp_entry t on t.agency_id = ${agencyId} and t.person_id = m.owner and t.duplicate_key = m.duplicate_key
				and t.status in ('counted', 'waiting', 'revise') and not m.wrong
			left join busy on busy.row_number = m.row_number and t.id is null
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems, cells)
		select ${agencyId}, ${importId}, row_number, case when failed then 'wrong' when known is null then 'new' else 'unchanged' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data || jsonb_build_object('person_id', owner) end, null, nullif(all_problems, '[]'), cells
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged`.execute(tx);
}

async function applyTrainings(
	tx: Tx,
	{ agencyId, importId, now }: Applied,
	progress: Progress
): Promise<void> {
	const rules = (await jpRates(tx, agencyId)).map((rule) => ({
		code: rule.code,
		from: rule.validFrom,
		rule: { ...rule, capped: null }
	}));
	await progress(0, 1);
	// In the order of people, so that the rows of one lie together in every index; read once for both tables.
	await sql`
		with brought as materialized (
			select ir.agency_id, ir.subject_id, ir.import_id, ir.row_number, d.*
			from people.import_row ir cross join lateral jsonb_to_record(ir.data) as ${RECORD}
			where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'new'
			order by d.person_id, d.starts_on
		), entered as (
			insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, provider, certificate_number, starts_on, ends_on,
				certificate_on, year, amount, learning_hours, rule, status, reason, duplicate_key, import_id, import_row, created_at)
			select b.agency_id, b.subject_id, b.person_id, 'external', b.form, b.title, b.provider, b.number, b.starts_on, b.ends_on,
				b.certificate_on, b.year, b.amount, b.learning_hours,
				case when b.capped is null then r.rule else r.rule || jsonb_build_object('capped', b.capped, 'how', b.how) end,
				b.status, b.reason, b.duplicate_key, b.import_id, b.row_number, ${now}
			from brought b
			join jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(code text, "from" date, rule jsonb) on r.code = b.form and r."from" = b.rate_from
		)
		insert into credentials.jp_time (agency_id, entry_id, person_id, during)
		select b.agency_id, b.subject_id, b.person_id,
			(select ${OFFICE_HOURS} from generate_series(b.starts_on, b.ends_on, interval '1 day') as day)
		from brought b join platform.agency a on a.agency_id = b.agency_id
		where b.holds and b.status = 'counted'`.execute(tx);
	await progress(1, 1);
}

async function dependantsOf(tx: Tx, undone: Undone): Promise<Dependant[]> {
	const { rows } = await sql<{ decided: number; handedOver: number }>`
		select count(*) filter (where e.decided_at is not null)::int as decided, count(r.entry_id)::int as "handedOver"
		from credentials.jp_entry e
		left join lateral (select entry_id from credentials.siasn_row r where r.agency_id = e.agency_id and r.entry_id = e.id limit 1) r on true
		where e.agency_id = ${undone.agencyId} and e.import_id = ${undone.importId}`.execute(tx);
	const { decided = 0, handedOver = 0 } = rows[0] ?? {};
	return [
		...(await laterImports(tx, undone)),
		...(decided > 0 ? [{ code: 'credentials.import.depends.decided', params: { count: decided } }] : []),
		...(handedOver > 0 ? [{ code: 'credentials.import.depends.siasn', params: { count: handedOver } }] : [])
	];
}

async function undoTrainings(tx: Tx, { agencyId, importId }: Undone): Promise<void> {
	await sql`delete from credentials.jp_entry e using people.import_row ir
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'new'
			and e.agency_id = ${agencyId} and e.id = ir.subject_id`.execute(tx);
}
