import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { EvidenceSource } from '../../estimator/settings.ts';

/** What was measured outside a campaign: one person, one competency, one day. */
export type EvidenceRow = {
	personId: string;
	competencyId: string;
	source: EvidenceSource;
	/** Who rated; null or left out where nobody did, or a group of three or more did, whose mean it is. */
	raterId?: string | null;
	/** 0 to 5, two decimals. */
	level: number;
	measuredOn: string;
	/** Where it is written: the report, certificate or test that people can look up. */
	reference: string;
	/** The import that brought it and the row in its file. */
	from?: { importId: string; row: number };
};

/**
 * Adds evidence in one statement however much there is; the same result read again changes nothing. For the rooms that
 * read tests and certificates: they ask permission and name the import. Answers how many were new. Assessment centres come by
 * file (`../import-kinds.ts`); of a person, competency and day they say one thing only.
 */
export async function recordEvidence(tx: Tx, rows: readonly EvidenceRow[], now: Date): Promise<number> {
	const written = await sql`
		insert into needs.evidence (agency_id, id, person_id, competency_id, source, level, measured_on, reference, import_id, import_row, rater_id, recorded_at)
		select (select platform.current_agency()), e.*, ${now}::timestamptz
		from unnest(${rows.map(() => newId(now.getTime()))}::uuid[], ${rows.map((row) => row.personId)}::uuid[],
			${rows.map((row) => row.competencyId)}::uuid[], ${rows.map((row) => row.source)}::text[],
			${rows.map((row) => row.level)}::numeric[], ${rows.map((row) => row.measuredOn)}::date[],
			${rows.map((row) => row.reference)}::text[], ${rows.map((row) => row.from?.importId ?? null)}::uuid[],
			${rows.map((row) => row.from?.row ?? null)}::int[], ${rows.map((row) => row.raterId ?? null)}::uuid[]) e
		on conflict do nothing`.execute(tx);
	return Number(written.numAffectedRows ?? 0);
}
