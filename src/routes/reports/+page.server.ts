import { missing } from '#kernel/errors.ts';
import { fieldsOf, formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canAudit, canFreeze, canRead, canReadYear, canTrace } from '#slices/reports/access.ts';
import { freezeReport } from '#slices/reports/server/commands.ts';
import { hoursByUnit } from '#slices/reports/server/learning-hours.ts';
import { snapshots } from '#slices/reports/server/queries.ts';
import { reportYear } from '#slices/reports/year.ts';
import { listQuery, sortedBy } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!canRead(actor)) throw missing();
	const year = reportYear(url, today);
	const { sort } = listQuery(url, { sorts: ['share', 'unit', 'people', 'reached', 'mean', 'none'] });
	return {
		year,
		thisYear: Number(today.slice(0, 4)),
		sort,
		units: sortedBy(await hoursByUnit(db, actor, year, null), sort, {
			share: ({ reached, people }) => reached / people,
			unit: ({ unit }) => unit,
			people: ({ people }) => people,
			reached: ({ reached }) => reached,
			mean: ({ mean }) => mean,
			none: ({ none }) => none
		}),
		snapshots: canFreeze(actor) ? await snapshots(db) : [],
		can: {
			freeze: canFreeze(actor),
			trace: canTrace(actor),
			audit: canAudit(actor),
			year: canReadYear(actor)
		}
	};
});

export const actions = formActions({
	freeze: formAction(freezeReport, { input: fieldsOf, then: () => ({ say: 'reports.freeze.done' }) })
});
