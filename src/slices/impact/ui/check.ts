import type { Result } from '../calculators/calculator.ts';
import type { Problem, TypedRow } from '../measurements.ts';

/** What the dry run of `impact.checkMeasurements`, or a calculator, answered. */
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
	/** Lines that repeat another with the same value. */
	repeated: number;
	wrong: TypedRow[];
	/** Of a calculator: every measurement with what it rests on. */
	results?: (Result & { unit: string })[];
};

/** Named narrowing: of the two commands of the page only the dry run answers with problems. */
export function checkOf(form: unknown): Check | null {
	if (typeof form !== 'object' || form === null || !('answer' in form)) return null;
	const { answer } = form;
	return typeof answer === 'object' && answer !== null && 'problems' in answer ? (answer as Check) : null;
}
