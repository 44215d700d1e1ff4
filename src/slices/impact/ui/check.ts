import type { Problem } from '../measurements.ts';

/** What the dry run of `impact.checkMeasurements` answered. */
export type Check = {
	problems: Problem[];
	problemCount: number;
	added: number;
	same: number;
	changedCount: number;
	changed: { unit: string; period: string; value: number; old: number }[];
	units: number;
	months: number;
	text: string;
};

/** Named narrowing: of the two commands of the page only the dry run answers with problems. */
export function checkOf(form: unknown): Check | null {
	if (typeof form !== 'object' || form === null || !('answer' in form)) return null;
	const { answer } = form;
	return typeof answer === 'object' && answer !== null && 'problems' in answer ? (answer as Check) : null;
}
