import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { canTrace } from '#slices/reports/access.ts';
import { anchorOf } from '#slices/reports/anchor.ts';
import { threadOf, unbroken } from '#slices/reports/rules.ts';
import { threadFacts } from '#slices/reports/server/trace.ts';
import { inFigures } from '#slices/reports/ui/figures.ts';
import { answersGiven, plansFixed } from '#slices/reports/ui/thread-words.ts';

const HERE = {
	gap: 'gap',
	'plan-line': 'planLine',
	version: 'curriculum',
	class: 'classes',
	finding: 'findings',
	certificate: 'credentials',
	'action-plan': 'followup',
	evaluation: 'evaluated',
	study: 'study',
	indicator: 'impact'
} as const;

export const load = page(async ({ db, actor, text }) => {
	const anchor = anchorOf(text('kind'), text('id'));
	if (!canTrace(actor) || !anchor) throw missing();
	const thread = await threadFacts(db, actor, anchor);
	if (!thread) throw missing();
	const stages = threadOf(thread.facts);
	return {
		title: thread.title,
		whole: unbroken(stages),
		stages: stages.map((stage) => ({
			label: say(`reports.thread.${stage.name}.label`),
			here: HERE[anchor.kind] === stage.name,
			missing: say(`reports.thread.${stage.name}.missing`),
			found:
				stage.state === 'missing'
					? null
					: {
							title: say(stage.code, inFigures(stage)),
							...(stage.href === null ? {} : { href: stage.href }),
							...(stage.name === 'study' ? { parts: plansFixed(thread.studies) } : {}),
							...(stage.name === 'impact' ? { parts: answersGiven(thread.studies) } : {})
						}
		}))
	};
});
