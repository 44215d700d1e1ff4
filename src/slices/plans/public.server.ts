import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { planStatus, type PlanStatus } from './model.ts';

export type LineFacts = {
	id: string;
	planId: string;
	planTitle: string;
	year: number;
	planStatus: PlanStatus;
	programId: string;
	seats: number;
	quarter: number;
	/** Seats of classes are counted by the room of classes, to the right. */
	unitId: string | null;
	competencyId: string | null;
	campaignId: string | null;
};

/** What a class needs to know of the line it carries out; undefined when there is none in this agency. */
export async function lineFacts(db: Db, lineId: string): Promise<LineFacts | undefined> {
	const rows = await sql<Omit<LineFacts, 'planStatus'> & { status: string }>`
		select l.id, l.plan_id as "planId", p.title as "planTitle", p.year, p.status, l.program_id as "programId", l.seats, l.quarter,
			l.unit_id as "unitId", l.competency_id as "competencyId", l.campaign_id as "campaignId"
		from plans.line l
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id
		where l.agency_id = platform.current_agency() and l.id = ${lineId}`.execute(db);
	const row = rows.rows[0];
	if (!row) return undefined;
	const { status, ...line } = row;
	return { ...line, planStatus: planStatus(status) };
}

/** Whom the room's events concern, for notices. */
export { planNotices } from './server/notices.ts';
