import { m } from '#platform/i18n/messages.ts';
import type { Purpose } from '../model.ts';

const PURPOSE: Record<Purpose, () => string> = {
	pretest: m['content.purpose.pretest'],
	posttest: m['content.purpose.posttest'],
	practice: m['content.purpose.practice']
};
export const purposeWord = (purpose: Purpose): string => PURPOSE[purpose]();

/** A quiz by its purpose and title; a title that says its purpose already is not told twice. */
export const quizName = (quiz: { purpose: Purpose; title: string }): string => {
	const purpose = purposeWord(quiz.purpose);
	return quiz.title.toLocaleLowerCase().startsWith(purpose.toLocaleLowerCase())
		? quiz.title
		: `${purpose}: ${quiz.title}`;
};
