import { answersBySlot, missingOf, screensOf, shownSlots } from '../filling.ts';
import type { Form } from './queries/duties.ts';

/** The screen to show: the one in the address (from 1), else the first that lacks something; null past the last. */
export function firstOpen(
	form: Pick<Form, 'definition' | 'as' | 'competencies' | 'answers'>,
	at: string | null
): number | null {
	const answers = answersBySlot(form.answers);
	const ids = form.competencies.map((one) => one.competencyId);
	const slots = shownSlots(form.definition, form.as, ids, answers);
	const screens = screensOf(form.definition, slots);
	const asked = Number(at ?? '0');
	if (Number.isInteger(asked) && asked >= 1) return asked > screens.length ? null : asked - 1;
	const missing = new Set(missingOf(slots, answers));
	const open = screens.findIndex((screen) => screen.slots.some((slot) => missing.has(slot)));
	return open === -1 ? null : open;
}

/** Answered and all, for "7 of 11": required slots only, so that nobody feels pressed by what is optional. */
export function countOf(form: Pick<Form, 'definition' | 'as' | 'competencies' | 'answers'>): {
	total: number;
	done: number;
} {
	const answers = answersBySlot(form.answers);
	const slots = shownSlots(
		form.definition,
		form.as,
		form.competencies.map((one) => one.competencyId),
		answers
	).filter((slot) => slot.item.required);
	return { total: slots.length, done: slots.length - missingOf(slots, answers).length };
}
