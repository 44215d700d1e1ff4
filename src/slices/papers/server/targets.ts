import type { Participant } from '../document/lesson.ts';
import type { Per } from '../model.ts';

export type Target = { unitId: string; personIds: string[] };

/** Whom letters of a batch are for: units in the order of the tree with their people, or each person alone. */
export function targetsOf(people: readonly Participant[], per: Per): Target[] {
	if (per === 'person') return people.map(({ unitId, personId }) => ({ unitId, personIds: [personId] }));
	const units = new Map<string, string[]>();
	for (const { unitId, personId } of people) {
		const known = units.get(unitId);
		if (known === undefined) units.set(unitId, [personId]);
		else known.push(personId);
	}
	return [...units].map(([unitId, personIds]) => ({ unitId, personIds }));
}
