import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canHandOver } from '../../access.ts';
import { leadershipLevelOf } from '../../leadership.ts';
import { batchStatus, lacksOf, type BatchStatus, type HandedOver, type Lack } from '../../siasn.ts';

/** Records that count and that SIASN takes (study leave is no kind of training there), in no live batch. */
const WAITING = sql`
	from credentials.jp_entry e
	join people.person p on p.agency_id = e.agency_id and p.id = e.person_id and p.nip is not null
	join platform.agency a on a.agency_id = e.agency_id
	join lateral (
		select r.siasn_id from credentials.jp_rate r where r.agency_id = e.agency_id and r.code = e.form and r.siasn_id is not null
		order by r.valid_from desc limit 1
	) r on true
	left join credentials.certificate c on c.agency_id = e.agency_id and c.id = e.certificate_id
	where e.agency_id = platform.current_agency() and e.status = 'counted'
		and not exists (select from credentials.siasn_row s where s.agency_id = e.agency_id and s.entry_id = e.id and s.live)`;

const RECORD = sql`e.id as "entryId", p.external_id as "personExternalId", p.nip, p.name, e.form, r.siasn_id as "kindId", e.title,
	case when e.class_id is null then e.provider else a.name end as provider,
	coalesce(c.number, e.certificate_number) as number, e.starts_on as "startsOn", e.ends_on as "endsOn", e.year,
	e.learning_hours as "learningHours", e.leadership_level as "leadershipLevel"`;

async function records(db: Db, rest: RawBuilder<unknown>): Promise<HandedOver[]> {
	const rows = await sql<HandedOver>`select ${RECORD} ${WAITING} ${rest}`.execute(db);
	return rows.rows.map((row) => ({
		...row,
		leadershipLevel: row.form === 'KL01' ? (row.leadershipLevel ?? leadershipLevelOf(row.title)) : null
	}));
}

/** Records of a year that were never handed over, oldest first. For the commands; asks nobody's permission. */
export const notHandedOver = (db: Db, year: number): Promise<HandedOver[]> =>
	records(db, sql`and e.year = ${year} order by e.ends_on, p.nip, e.id`);

export type Lacking = HandedOver & { lacks: Lack[] };
const PAGE = 50;

/** What is ready to be handed over, what lacks something (with what), by year. */
export async function handoverSheet(
	db: Db,
	actor: Actor,
	year: number,
	page: number
): Promise<{
	ready: number;
	lacking: Lacking[];
	lackingTotal: number;
	byLack: Record<Lack, number>;
	pageSize: number;
}> {
	if (!canHandOver(actor)) throw missing();
	const all = (await notHandedOver(db, year)).map((record) => ({ ...record, lacks: lacksOf(record) }));
	const lacking = all.filter(({ lacks }) => lacks.length > 0);
	const many = (lack: Lack) => lacking.filter(({ lacks }) => lacks.includes(lack)).length;
	return {
		ready: all.length - lacking.length,
		lacking: lacking.slice((page - 1) * PAGE, page * PAGE),
		lackingTotal: lacking.length,
		byLack: {
			person: many('person'),
			number: many('number'),
			provider: many('provider'),
			leadership: many('leadership'),
			hours: many('hours')
		},
		pageSize: PAGE
	};
}

export type Batch = {
	id: string;
	year: number;
	number: number;
	status: BatchStatus;
	many: number;
	madeBy: string;
	madeAt: Date;
	sentBy: string | null;
	sentAt: Date | null;
	takenBackBy: string | null;
	takenBackAt: Date | null;
	reason: string | null;
	hasCourses: boolean;
	hasLeadership: boolean;
};

const BATCH = sql`b.id, b.year, b.number, b.status, b.many, b.made_by_name as "madeBy", b.made_at as "madeAt", b.sent_by_name as "sentBy",
	b.sent_at as "sentAt", b.taken_back_by_name as "takenBackBy", b.taken_back_at as "takenBackAt", b.reason,
	b.csv_course_file_id is not null as "hasCourses", b.csv_leadership_file_id is not null as "hasLeadership"`;
type StoredBatch = Omit<Batch, 'status'> & { status: string };

/** Batches, newest first. */
export async function batches(db: Db, actor: Actor): Promise<Batch[]> {
	if (!canHandOver(actor)) throw missing();
	const rows = await sql<StoredBatch>`
		select ${BATCH} from credentials.siasn_batch b where b.agency_id = platform.current_agency()
		order by b.year desc, b.number desc limit 100`.execute(db);
	return rows.rows.map((row) => ({ ...row, status: batchStatus(row.status) }));
}

export type BatchRow = {
	entryId: string;
	personId: string;
	name: string;
	nip: string;
	title: string;
	learningHours: number;
	/** Still counts as it was handed over; false: SIASN has to be told. */
	stillCounts: boolean;
};

/** One batch with its records, a page at a time; those that no longer count come first. */
export async function batchSheet(
	db: Db,
	actor: Actor,
	batchId: string,
	page: number
): Promise<{ batch: Batch; rows: BatchRow[]; changed: number; pageSize: number }> {
	if (!canHandOver(actor)) throw missing();
	const found = await sql<StoredBatch>`
		select ${BATCH} from credentials.siasn_batch b where b.agency_id = platform.current_agency() and b.id = ${batchId}`.execute(
		db
	);
	const [batch] = found.rows;
	if (!batch) throw missing();
	const rows = await sql<BatchRow & { changed: number }>`
		select e.id as "entryId", p.id as "personId", p.name, p.nip, e.title, e.learning_hours as "learningHours", e.status = 'counted' as "stillCounts",
			(count(*) filter (where e.status <> 'counted') over ())::int as changed
		from credentials.siasn_row s
		join credentials.jp_entry e on e.agency_id = s.agency_id and e.id = s.entry_id
		join people.person p on p.agency_id = e.agency_id and p.id = e.person_id
		where s.agency_id = platform.current_agency() and s.batch_id = ${batchId}
		order by e.status = 'counted', p.name, e.ends_on, e.id limit ${PAGE} offset ${(page - 1) * PAGE}`.execute(db);
	return {
		batch: { ...batch, status: batchStatus(batch.status) },
		rows: rows.rows.map(({ changed: _, ...row }) => row),
		changed: rows.rows[0]?.changed ?? 0,
		pageSize: PAGE
	};
}

export const BATCH_FILES = ['xlsx', 'kursus', 'diklat'] as const;
export type BatchFile = (typeof BATCH_FILES)[number];

/** A file of a batch exactly as it was made. */
export async function batchFile(
	db: Db,
	actor: Actor,
	batchId: string,
	which: BatchFile
): Promise<{ name: string; mime: string; content: Buffer }> {
	if (!canHandOver(actor)) throw missing();
	const rows = await sql<{ name: string; mime: string; content: Buffer }>`
		select f.name, f.mime, f.content from credentials.siasn_batch b
		join platform.file f on f.agency_id = b.agency_id and f.id = case ${which}::text when 'xlsx' then b.xlsx_file_id
			when 'kursus' then b.csv_course_file_id else b.csv_leadership_file_id end
		where b.agency_id = platform.current_agency() and b.id = ${batchId}`.execute(db);
	const [file] = rows.rows;
	if (!file) throw missing();
	return file;
}
