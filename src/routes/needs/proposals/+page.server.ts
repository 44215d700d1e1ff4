import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { NEED_STATUSES } from '#slices/needs/need-model.ts';
import { canConsolidate, readsNeeds } from '#slices/needs/proposal-access.ts';
import { consolidateNeeds } from '#slices/needs/server/commands/consolidate-needs.ts';
import { proposalCounts, proposalsFor, proposalYears } from '#slices/needs/server/queries/proposals.ts';
import { topicCodes } from '#slices/needs/ui/need-words.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!readsNeeds(actor)) throw missing();
	const years = await proposalYears(db, actor);
	const asked = Number(url.searchParams.get('year'));
	const year = years.includes(asked) ? asked : (years[0] ?? Number(today.slice(0, 4)) + 1);
	const {
		sort,
		page: number,
		size,
		offset,
		search
	} = listQuery(url, {
		sorts: ['-score', 'score', 'unit', 'people', 'quarter'],
		size: 100
	});
	const status = NEED_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
	const unit = url.searchParams.get('unit');
	const unitId = unit !== null && isId(unit) ? unit : null;
	return {
		years,
		year,
		status,
		search,
		sort,
		counts: await proposalCounts(db, actor, year),
		paging: { page: number, size },
		...(await proposalsFor(db, actor, {
			year,
			status,
			unitId,
			search,
			codes: topicCodes(search),
			limit: size,
			offset,
			sort
		})),
		can: { run: canConsolidate(actor) }
	};
});

const step = (name: 'verified' | 'revise' | 'merge') =>
	formAction(consolidateNeeds, {
		input: (form) => ({ ...fieldsOf(form), step: name }),
		then: ({ count, proposalId }) =>
			proposalId === null
				? { say: 'needs.need.moved', params: { count: formatNumber(count) } }
				: { to: `/needs/proposals/${proposalId}` }
	});

export const actions = formActions({
	verify: step('verified'),
	revise: step('revise'),
	merge: step('merge')
});
