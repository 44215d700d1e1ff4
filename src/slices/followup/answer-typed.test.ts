import { expect, test } from 'vitest';
import { answerTyped } from './answer-typed.ts';

test.each([
	[{ answer: 'Bagus, lanjutkan' }, 'Bagus, lanjutkan'],
	[{ answer: 'Bagus, lanjutkan', note: '  ' }, 'Bagus, lanjutkan'],
	[{ answer: 'Mari kita bicarakan', note: ' Senin pagi ' }, 'Mari kita bicarakan. Senin pagi'],
	[{ note: 'tanpa jawaban' }, undefined]
])('%j is answered as %j', (typed, answer) => {
	expect(answerTyped({ checkInId: '1', ...typed })).toEqual({ checkInId: '1', answer });
});
