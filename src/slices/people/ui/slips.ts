type Slip = { name: string; unit: string; username: string; code: string };
export type Slips = { slips: Slip[]; expiresAt: string; left: number };

const isSlips = (answer: unknown): answer is Slips =>
	typeof answer === 'object' && answer !== null && 'slips' in answer && 'expiresAt' in answer;

/** The codes that were just made, in a form's answer; null when it is another answer, or none. */
export const slipsIn = (form: unknown): Slips | null =>
	typeof form === 'object' && form !== null && 'answer' in form && isSlips(form.answer) ? form.answer : null;
