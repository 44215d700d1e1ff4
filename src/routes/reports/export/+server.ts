import { missing } from '#kernel/errors.ts';
import { csvResponse } from '#platform/http/csv.ts';
import { endpoint } from '#platform/http/page.ts';
import { m } from '#platform/i18n/messages.ts';
import { canRead } from '#slices/reports/access.ts';
import { hoursByUnit } from '#slices/reports/server/learning-hours.ts';
import { unitWords } from '#slices/reports/ui/words.ts';
import { reportYear } from '#slices/reports/year.ts';

export const GET = endpoint(async ({ db, actor, url, today }) => {
	if (!canRead(actor)) throw missing();
	const year = reportYear(url, today);
	const units = await hoursByUnit(db, actor, year, null);
	return csvResponse(
		`jp-${year}`,
		[
			m['reports.hours.unit'](),
			m['reports.hours.people'](),
			m['reports.hours.reached'](),
			m['reports.hours.mean'](),
			m['reports.hours.none']()
		],
		units.map((unit) => [unitWords(unit), unit.people, unit.reached, unit.mean, unit.none])
	);
});
