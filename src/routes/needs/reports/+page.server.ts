import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { askForReport } from '#slices/needs/server/commands/make-report.ts';
import { campaignsFor } from '#slices/needs/server/queries/campaigns.ts';
import { reportsOf } from '#slices/needs/server/queries/reports.ts';

export const load = page(async ({ db, actor }) => ({
	reports: await reportsOf(db, actor),
	campaigns: (await campaignsFor(db, actor)).filter(({ status }) => status !== 'draft')
}));

export const actions = formActions({
	default: formAction(askForReport, { then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) })
});
