import type { Curriculum, Module } from './model.ts';

export type Change =
	| { kind: 'moduleAdded'; name: string; learningHours: number }
	| { kind: 'moduleRemoved'; name: string; learningHours: number }
	| { kind: 'moduleRenamed'; from: string; to: string }
	| { kind: 'moduleHours'; name: string; from: number; to: number }
	| { kind: 'moduleMode'; name: string; from: Module['mode']; to: Module['mode'] }
	| { kind: 'outcomeAdded'; statement: string; competency: string; level: number }
	| { kind: 'outcomeRemoved'; statement: string; competency: string; level: number }
	| { kind: 'outcomeReworded'; from: string; to: string }
	| { kind: 'outcomeLevel'; statement: string; competency: string; from: number; to: number }
	| { kind: 'outcomeCompetency'; statement: string; from: string; to: string }
	| { kind: 'orderChanged' };

const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLocaleLowerCase('id');

type Part = { id: string; basedOn: string | null };

/** Pairs by descent first, then by the same words; what is left over on either side came or went. */
function pairs<P extends Part>(before: readonly P[], after: readonly P[], words: (part: P) => string) {
	const free = new Map(before.map((part) => [part.id, part]));
	const matched: [P, P][] = [];
	const rest: P[] = [];
	const take = (old: P | undefined, young: P): boolean => {
		if (old === undefined) return false;
		free.delete(old.id);
		matched.push([old, young]);
		return true;
	};
	for (const young of after)
		if (!take(free.get(young.basedOn ?? '') ?? free.get(young.id), young)) rest.push(young);
	const added = rest.filter(
		(young) =>
			!take(
				[...free.values()].find((old) => folded(words(old)) === folded(words(young))),
				young
			)
	);
	return { matched, added, removed: [...free.values()] };
}

/** What a curriculum changed from its predecessor, as facts for sentences; [] when nothing did. */
export function changesBetween(before: Curriculum, after: Curriculum): Change[] {
	const modules = pairs(before.modules, after.modules, (module) => module.name);
	const outcomes = pairs(before.outcomes, after.outcomes, (outcome) => outcome.statement);
	const changes: Change[] = [];
	for (const [old, young] of modules.matched) {
		if (folded(old.name) !== folded(young.name))
			changes.push({ kind: 'moduleRenamed', from: old.name, to: young.name });
		if (old.learningHours !== young.learningHours)
			changes.push({
				kind: 'moduleHours',
				name: young.name,
				from: old.learningHours,
				to: young.learningHours
			});
		if (old.mode !== young.mode)
			changes.push({ kind: 'moduleMode', name: young.name, from: old.mode, to: young.mode });
	}
	for (const { name, learningHours } of modules.added)
		changes.push({ kind: 'moduleAdded', name, learningHours });
	for (const { name, learningHours } of modules.removed)
		changes.push({ kind: 'moduleRemoved', name, learningHours });
	const orderBefore = before.modules.filter((old) => modules.matched.some(([matched]) => matched === old));
	const orderAfter = after.modules.flatMap(
		(young) => modules.matched.find(([, matched]) => matched === young)?.[0] ?? []
	);
	if (orderAfter.some((old, index) => old !== orderBefore[index])) changes.push({ kind: 'orderChanged' });
	for (const [old, young] of outcomes.matched) {
		if (folded(old.statement) !== folded(young.statement))
			changes.push({ kind: 'outcomeReworded', from: old.statement, to: young.statement });
		if (old.competencyId !== young.competencyId)
			changes.push({
				kind: 'outcomeCompetency',
				statement: young.statement,
				from: old.competency,
				to: young.competency
			});
		if (old.level !== young.level)
			changes.push({
				kind: 'outcomeLevel',
				statement: young.statement,
				competency: young.competency,
				from: old.level,
				to: young.level
			});
	}
	for (const { statement, competency, level } of outcomes.added)
		changes.push({ kind: 'outcomeAdded', statement, competency, level });
	for (const { statement, competency, level } of outcomes.removed)
		changes.push({ kind: 'outcomeRemoved', statement, competency, level });
	return changes;
}
