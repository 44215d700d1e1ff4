export const PLAN_STATUSES = ['draft', 'submitted', 'returned', 'approved', 'decreed'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** Which status may follow which; buttons and refusals come from it. A decreed plan ends: the next change is a new plan. */
export const NEXT: Record<PlanStatus, readonly PlanStatus[]> = {
	draft: ['submitted'],
	submitted: ['approved', 'returned'],
	returned: ['submitted'],
	approved: ['decreed', 'returned'],
	decreed: []
};

/** While it stands so, its author may change the plan and its lines. */
export const EDITABLE: readonly PlanStatus[] = ['draft', 'returned'];

/** APBD of the agency, of the province, APBN, a partner's money. @law domain.md §6.2: funding from province, ministries and APBD */
export const FUND_SOURCES = ['own', 'province', 'national', 'partner'] as const;
export type FundSource = (typeof FUND_SOURCES)[number];

/** The database's check constraint keeps the column to these words. */
export function planStatus(text: string): PlanStatus {
	const status = PLAN_STATUSES.find((known) => known === text);
	if (status === undefined) throw new TypeError(`not a status of a plan: ${text}`);
	return status;
}

export function fundSource(text: string): FundSource {
	const source = FUND_SOURCES.find((known) => known === text);
	if (source === undefined) throw new TypeError(`not a source of funds: ${text}`);
	return source;
}

export type Plan = { id: string; status: PlanStatus; budget: number };

/** Why a line is in the plan: what a campaign had measured when it was made. Null: it answers no measured need. */
export type Evidence = { campaignId: string; people: number; mean: number };
