import { formatDate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { StartProblem } from '../rules.ts';

/** Why a quiz can't be begun now. */
export function startSentence(problem: StartProblem, from: string): string {
	switch (problem) {
		case 'notReady':
			return m['learning.quiz.notReady']();
		case 'alreadyTaken':
			return m['learning.quiz.alreadyTaken']();
		case 'pretestTooLate':
			return m['learning.quiz.pretestTooLate']();
		case 'posttestTooEarly':
			return m['learning.start.posttestFrom']({ date: formatDate(from) });
	}
}
