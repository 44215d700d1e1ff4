import { csvResponse } from '#platform/http/csv.ts';
import { endpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { fundWord } from '#slices/plans/ui/words.ts';
import { linesOf, planById } from '#slices/plans/server/queries.ts';

const COLUMNS = [
	'plans.csv.sort',
	'plans.csv.code',
	'plans.csv.program',
	'plans.csv.competency',
	'plans.csv.level',
	'plans.csv.campaign',
	'plans.csv.people',
	'plans.csv.mean',
	'plans.csv.unit',
	'plans.csv.goal',
	'plans.csv.seats',
	'plans.csv.jp',
	'plans.csv.cost',
	'plans.csv.quarter',
	'plans.csv.fund'
];

/** All lines of the plan as a sheet. What is hidden on the screen (means of small groups) is hidden here too. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const { plan } = await planById(db, actor, id('id'));
	const { lines } = await linesOf(db, actor, plan.id, {}, { limit: 100_000, offset: 0 });
	return csvResponse(
		`${plan.year}-${plan.title}`,
		COLUMNS.map((column) => say(column)),
		lines.map((line) => [
			line.sort,
			line.program_code,
			line.program,
			line.competency,
			line.target_level,
			line.campaign,
			line.evidence === null ? null : line.evidence.people === 'few' ? '<5' : line.evidence.people,
			line.evidence?.mean,
			line.unit ?? say('plans.line.wholeAgency'),
			line.unit_goal,
			line.seats,
			line.learning_hours,
			line.cost,
			line.quarter,
			fundWord(line.fund_source)
		])
	);
});
