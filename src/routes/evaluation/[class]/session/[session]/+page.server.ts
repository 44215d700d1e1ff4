import { page } from '#platform/http/page.ts';
import { sessionResults } from '#slices/evaluation/server/class-forms.ts';
import { classFindings } from '#slices/evaluation/server/findings.ts';

export const load = page(async ({ db, actor, id, now, today, event }) => {
	const form = { classId: id('class'), sessionId: id('session') };
	const results = await sessionResults(db, actor, form, now, today);
	const { session, reactions } = results;
	const items = reactions.shown ? reactions.items : [];
	const { findings, proposals, can } = await classFindings(db, actor, form.classId, {
		sessions: [{ session, items }]
	});
	return {
		...results,
		findings: findings.filter(({ sessionId }) => sessionId === session.id),
		proposals: can.write ? proposals : [],
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});
