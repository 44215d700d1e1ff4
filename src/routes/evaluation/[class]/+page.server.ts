import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { writeFinding } from '#slices/evaluation/server/commands/write-finding.ts';
import { sessionTrend } from '#slices/evaluation/server/class-forms.ts';
import { classFindings } from '#slices/evaluation/server/findings.ts';
import { themesOfClass } from '#slices/evaluation/server/focus-themes.ts';
import { quizzesTaken } from '#slices/evaluation/server/items.ts';
import { classResults } from '#slices/evaluation/server/results.ts';
import { canTrace } from '#slices/reports/access.ts';

export const load = page(async ({ db, actor, id, now, today }) => {
	const result = await classResults(db, actor, id('class'), now, today);
	const themes = await themesOfClass(db, result.id);
	const { sessions, marks } = await sessionTrend(db, result.id, now, today);
	const items = result.reactions.shown ? result.reactions.items : [];
	return {
		result,
		sessions,
		themes,
		quizzes: await quizzesTaken(db, result.id),
		findings: await classFindings(db, actor, result.id, { items, sessions: marks }, themes),
		trace: canTrace(actor)
	};
});

export const actions = formActions({
	writeFinding: formAction(writeFinding, { then: () => ({ say: 'evaluation.finding.written' }) })
});
