import type { PostScope, RequiredRule } from './model.ts';

export type RuleChange = PostScope & {
	competencyId: string | null;
	before: RequiredRule | null;
	after: RequiredRule | null;
};

/** Rules that differ between two days, in the order of the posts they are about. */
export function changedRules(before: readonly RequiredRule[], after: readonly RequiredRule[]): RuleChange[] {
	const key = (rule: RequiredRule) =>
		[rule.postTitle?.toLowerCase(), rule.unitKind, rule.postLevel, rule.postKind, rule.competencyId].join(
			'|'
		);
	const then = new Map(after.map((rule) => [key(rule), rule]));
	const known = new Set(before.map(key));
	return [
		...before.map((rule) => ({ before: rule, after: then.get(key(rule)) ?? null })),
		...after.filter((rule) => !known.has(key(rule))).map((rule) => ({ before: null, after: rule }))
	].flatMap(({ before: was, after: is }) => {
		const rule = is ?? was;
		if (rule === null || was?.id === is?.id) return [];
		const { postTitle, unitKind, postLevel, postKind, competencyId } = rule;
		return [{ postTitle, unitKind, postLevel, postKind, competencyId, before: was, after: is }];
	});
}
