import { newId } from '#kernel/ids.ts';
import { graduation } from '../../../tests/make/graduation.ts';

/**
 * The graduation with a whole red thread: six people of one unit lack two levels; a decreed line answers it with a
 * class that is over and certified; a fixed study asks whether the queue shortened.
 */
export async function thread() {
	const it = await graduation();
	const agency = it.agencyId;
	const team = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
	const [planId, lineId] = [newId(), newId()];

	async function measured(campaignId: string, name: string, level: number): Promise<void> {
		await it.owner.query(
			`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level) values ($1, $2, $3, $4, '06') on conflict do nothing`,
			[agency, campaignId, it.who(name), it.unit.pelayanan]
		);
		await it.owner.query(
			`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level)
			values ($1, $2, $3, $4, $5, 3, $6) on conflict do nothing`,
			[agency, campaignId, it.who(name), it.need.competencyId, it.unit.pelayanan, level]
		);
	}

	/** A line of the plan for a unit and a competency; with the gap it was made from, when it was made from one. */
	async function aLine(
		id: string,
		competencyId: string | null,
		gap: { people: number; mean: number } | null
	) {
		await it.owner.query(
			`insert into plans.line (agency_id, id, plan_id, sort, program_id, competency_id, target_level, unit_id, seats, learning_hours, cost,
				quarter, fund_source, campaign_id, gap_people, gap_mean)
			values ($1, $2, $3, 1, $4, $5, $6, $7, 30, 20, 1e6, 1, 'own', $8, $9, $10)`,
			[
				agency,
				id,
				planId,
				competencyId === null ? it.need.otherProgramId : it.need.programId,
				competencyId,
				competencyId === null ? null : 3,
				it.unit.pelayanan,
				gap && it.need.campaignId,
				gap?.people ?? null,
				gap?.mean ?? null
			]
		);
	}

	async function aStudy({
		planLineId = null,
		fixed = true,
		programId = it.need.programId
	}: {
		planLineId?: string | null;
		fixed?: boolean;
		programId?: string;
	}) {
		const [id, indicatorId] = [newId(), newId()];
		await it.owner.query(
			`insert into impact.indicator (agency_id, id, code, name, unit_of_measure, better, source, competency_id)
			values ($1, $2, $3, 'Menit antre', 'menit', 'lower', 'mesin antrean', $4)`,
			[agency, indicatorId, indicatorId, it.need.competencyId]
		);
		await it.owner.query(
			`insert into impact.study (agency_id, id, indicator_id, program_id, plan_line_id, question, design, planned_before, frozen_at, created_by, created_at)
			values ($1, $2, $3, $4, $5, 'Apakah antrean memendek?', 'before_after_comparison', true, $6, 'uji', now())`,
			[agency, id, indicatorId, programId, planLineId, fixed ? new Date() : null]
		);
		return id;
	}

	for (const name of team) await measured(it.need.campaignId, name, 1);
	await it.owner.query(
		`insert into plans.plan (agency_id, id, year, title, status, budget, created_by, created_at) values ($1, $2, 2027, 'Rencana 2027', 'approved', 1e9, 'uji', now())`,
		[agency, planId]
	);
	await aLine(lineId, it.need.competencyId, { people: 6, mean: 2 });
	const bareLineId = newId();
	await aLine(bareLineId, null, null);
	await it.owner.query(
		`update plans.plan set status = 'decreed', decree_number = '800/7', decree_date = '2026-12-01' where id = $1`,
		[planId]
	);
	it.nextDay();
	const classId = await it.over({ present: team, hours: 20, planLineId: lineId });
	await it.issue(classId);
	const [certificate] = await it.certificates(classId);
	if (!certificate) throw new Error('no certificate');
	const studyId = await aStudy({ planLineId: lineId });
	const asked = await it.owner.query<{ indicator_id: string }>(
		'select indicator_id from impact.study where id = $1',
		[studyId]
	);
	return {
		...it,
		team,
		measured,
		aStudy,
		lineId,
		/** A line that no measured need called for. */
		bareLineId,
		classId,
		certificateId: certificate.id,
		studyId,
		indicatorId: asked.rows[0]?.indicator_id ?? ''
	};
}
