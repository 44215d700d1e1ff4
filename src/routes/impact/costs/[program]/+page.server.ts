import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { costPerEffect, effectOf, returnOnInvestment } from '#slices/impact/costs.ts';
import { verdictsOf } from '#slices/impact/public.server.ts';
import { numberOfText } from '#slices/impact/numbers.ts';
import { programCosts, studyCosts } from '#slices/impact/server/queries/costs.ts';

export const load = page(async ({ db, actor, url, id }) => {
	const [costs] = await programCosts(db, actor, id('program'));
	if (costs === undefined) throw missing();
	const studies = await verdictsOf(db, { programId: costs.programId });
	const spent = await studyCosts(
		db,
		actor,
		studies.map(({ studyId }) => studyId)
	);
	const typed = url.searchParams.get('worth') ?? '';
	const about = url.searchParams.get('study') ?? '';
	const worth = numberOfText(typed.replaceAll(/[.,](?=\d{3}(\D|$))/g, ''));
	return {
		costs,
		about,
		typed,
		worth: typeof worth === 'number' && worth > 0 ? worth : null,
		studies: studies.map(({ studyId, question, indicator, verdict }) => {
			const effect = effectOf(verdict);
			const share = spent.get(studyId) ?? { spent: 0, people: 0, treated: 0 };
			return {
				studyId,
				question,
				indicator,
				claim: verdict.claim,
				share,
				cost: costPerEffect(share, effect),
				roi:
					about === studyId && typeof worth === 'number' && worth > 0
						? returnOnInvestment(share, effect, worth)
						: null
			};
		})
	};
});
