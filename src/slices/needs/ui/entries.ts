import type { Answer } from '../filling.ts';
import type { Item } from '../instrument.ts';

/** An answer as fields of a form, the place-th of those sent together; what its kind does not use is left out. */
export function entriesOf(answer: Answer, place = 0): [string, string][] {
	const name = (field: string) => `answers.${place}.${field}`;
	const entries: [string, string][] = [[name('itemId'), answer.itemId]];
	if (answer.competencyId !== null) entries.push([name('competencyId'), answer.competencyId]);
	if (answer.number !== null) entries.push([name('number:number'), String(answer.number)]);
	if (answer.mastery !== null) entries.push([name('mastery:number'), String(answer.mastery)]);
	if (answer.words !== null) entries.push([name('words'), answer.words]);
	for (const code of answer.codes ?? []) entries.push([name('codes[]'), code]);
	return entries;
}

/** The one answer in such fields; empty words and no choice are said too, which a form cannot. */
export function answerIn(entries: readonly (readonly [string, string])[], kind: Item['kind']): Answer {
	const all = (field: string) =>
		entries.filter(([name]) => name === `answers.0.${field}`).map(([, value]) => value);
	const number = (field: string) => (all(field)[0] === undefined ? null : Number(all(field)[0]));
	const chooses = kind === 'choice' || kind === 'form';
	const writes = kind === 'text' || kind === 'topic';
	return {
		itemId: all('itemId')[0] ?? '',
		competencyId: all('competencyId')[0] ?? null,
		number: number('number:number'),
		mastery: number('mastery:number'),
		words: writes ? (all('words')[0] ?? '') : null,
		codes: chooses ? all('codes[]') : null
	};
}

/** Without what is null, as the door takes it. */
export const sentOf = (answer: Answer): Record<string, unknown> =>
	Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
