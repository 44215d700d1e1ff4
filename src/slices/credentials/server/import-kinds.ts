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
			people: await peopleByNip(tx, agencyId),
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

async function peopleByNip(tx: Tx, agencyId: Checking['agencyId']): Promise<Map<string, string>> {
	const { rows } = await sql<{ nip: string; id: string }>`
		select nip, id from people.person where agency_id = ${agencyId} and nip is not null`.execute(tx);
	return new Map(rows.map(({ nip, id }) => [nip, id]));
}

const RECORD = sql`d(form text, title text, provider text, number text, starts_on date, ends_on date, year int, amount numeric,
	learning_hours numeric, rate_from date, capped jsonb, how jsonb, certificate_on date, status text, reason text, duplicate_key text, holds boolean, person_id uuid)`;

/**
 * Wrong here: it is our own certificate; the ledger has it otherwise; its hours are taken. The ledger is never overwritten by a file: what stands
 * there was verified, and says who by. In the order of the file, so that its rows lie together in every index.
 */
async function compareTrainings(tx: Tx, { agencyId, importId }: ComparedRows): Promise<void> {
	await sql`
		with m as not materialized (
			select r.*, (r.data ->> 'person_id')::uuid as owner, r.data ->> 'duplicate_key' as key from pg_temp.checked_row r
		), own as materialized (
			-- Our own certificates, by their number as it is compared.
			select c.person_id, lower(regexp_replace(c.number, '[^[:alnum:]]', '', 'g')) as key, c.facts #>> '{programme,name}' as title
			from credentials.certificate c where c.agency_id = ${agencyId} and c.status = 'valid'
		), busy as materialized (
			-- The days around it first: what lies on them is found at little cost, and its hours are then compared.
			select distinct on (m.row_number) m.row_number, e.title, e.starts_on, e.ends_on
			from m cross join lateral jsonb_to_record(m.data) as d(starts_on date, ends_on date, status text, holds boolean)
			join credentials.jp_time x on x.agency_id = ${agencyId} and x.person_id = m.owner
				and x.during && tstzrange(d.starts_on - 1, d.ends_on + 2)
			join platform.agency a on a.agency_id = x.agency_id
				and x.during && (select ${OFFICE_HOURS} from generate_series(d.starts_on, d.ends_on, interval '1 day') as day)
			join credentials.jp_entry e on e.agency_id = x.agency_id and e.id = x.entry_id
			where d.holds and d.status = 'counted'
			order by m.row_number, lower(x.during)
		), c as (
			select m.*, t.id as known,
				case
					when m.wrong then m.problems
					when own.title is not null then m.problems || ${oneProblem('nomor_sttpp', sql`m.data ->> 'number'`, 'credentials.import.ownCertificate', sql`jsonb_build_object('title', own.title)`)}
					when t.id is not null and (t.title, t.form, t.starts_on::text, t.ends_on::text) is distinct from (m.data ->> 'title', m.data ->> 'form', m.data ->> 'starts_on', m.data ->> 'ends_on')
						then m.problems || ${oneProblem('nama_diklat', sql`m.data ->> 'title'`, 'credentials.import.twin', sql`jsonb_build_object('title', t.title, 'from', t.starts_on::text, 'to', t.ends_on::text)`)}
					when t.id is null and busy.title is not null
						then m.problems || ${oneProblem('tgl_mulai', sql`m.data ->> 'starts_on'`, 'credentials.import.overlaps', sql`jsonb_build_object('title', busy.title, 'from', busy.starts_on::text, 'to', busy.ends_on::text)`)}
					else m.problems
				end as all_problems
			from m
			left join own on own.person_id = m.owner and own.key = m.key
			left join credentials.jp_entry t on t.agency_id = ${agencyId} and t.person_id = m.owner and t.duplicate_key = m.key
				and t.status in ('counted', 'waiting', 'revise')
			left join busy on busy.row_number = m.row_number and t.id is null
		)
		insert into people.import_row (agency_id, import_id, row_number, outcome, subject_id, label, data, changes, problems, cells)
		select ${agencyId}, ${importId}, row_number, case when failed then 'wrong' when known is null then 'new' else 'unchanged' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data end, null, nullif(all_problems, '[]'), cells
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged
		order by row_number`.execute(tx);
}

async function applyTrainings(
	tx: Tx,
	{ agencyId, importId, now }: Applied,
	progress: Progress
): Promise<void> {
	const rules = Object.fromEntries(
		(await jpRates(tx, agencyId)).map((rule) => [`${rule.code} ${rule.validFrom}`, { ...rule, capped: null }])
	);
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
			from brought b cross join lateral (select ${JSON.stringify(rules)}::jsonb -> (b.form || ' ' || b.rate_from) as rule) r
		), held as materialized (
			-- Many were there on the same days.
			select b.starts_on, b.ends_on, (select ${OFFICE_HOURS} from generate_series(b.starts_on, b.ends_on, interval '1 day') as day) as during
			from (select distinct starts_on, ends_on from brought where holds and status = 'counted') b
			join platform.agency a on a.agency_id = ${agencyId}
		)
		insert into credentials.jp_time (agency_id, entry_id, person_id, during)
		select b.agency_id, b.subject_id, b.person_id, h.during
		from brought b join held h on h.starts_on = b.starts_on and h.ends_on = b.ends_on
		where b.holds and b.status = 'counted'
		order by b.person_id, b.starts_on`.execute(tx);
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
