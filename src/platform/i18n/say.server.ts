import type { Facts, Issue } from '#kernel/errors.ts';
import { isValidDate } from '#kernel/time.ts';
import { formatDate, formatDates, formatDateTime, formatNumber } from './format.ts';
import { m } from './paraglide/messages.js';

type Sentence = (params: Facts) => string;

const isSentence = (value: unknown): value is Sentence => typeof value === 'function';

/**
 * The sentence for a code that is only known at run time (errors, job results), in the language of the request.
 * Server only: on the client it would pull every message into the bundle.
 */
export function say(code: string, params: Facts = {}): string {
	const sentence: unknown = Reflect.get(m, code);
	return isSentence(sentence) ? sentence(inWords(params)) : code;
}

/**
 * A refusal's facts carry figures, civil dates and times as data (14351, '2026-03-09T08:30'); people read "14.351" and
 * "9 Mar 2026, 08.30", and of what has a first and a last day `days`: "9–11 Maret 2026", or the one day.
 */
const inWords = (params: Facts): Facts => {
	const { from, to } = params;
	const days: Facts = isDay(from) && isDay(to) && from <= to ? { days: formatDates(from, to) } : {};
	return {
		...days,
		...Object.fromEntries(
			Object.entries(params).map(([name, value]) => [
				name,
				typeof value === 'string' ? dateInWords(value) : numberInWords(name, value)
			])
		)
	};
};

const isDay = (value: unknown): value is string => typeof value === 'string' && isValidDate(value);

/** A year, a row or a line is the name of something, not how many of it there are; a limit may be one of a year. */
const NAMES = new Set(['year', 'row', 'line', 'minimum', 'maximum']);

const numberInWords = (name: string, value: number): string | number =>
	NAMES.has(name) ? value : formatNumber(value, 2);

function dateInWords(value: string): string {
	const [, date, time] = /^(\d{4}-\d{2}-\d{2})(T(?:[01]\d|2[0-3]):[0-5]\d)?$/.exec(value) ?? [];
	// "1999-02-30" is what somebody typed, and exactly what the refusal is about.
	if (date === undefined || !isValidDate(date)) return value;
	// Civil time of the agency already: read and written in one zone, it stays as it is.
	return time === undefined ? formatDate(date) : formatDateTime(new Date(`${value}Z`), 'UTC');
}

/** Issues by field, as the form shows them; the first of each field wins. */
export function sayIssues(issues: readonly Issue[]): Record<string, string> {
	const byField: Record<string, string> = {};
	for (const issue of issues) byField[issue.path] ??= say(issue.code, issue.params);
	return byField;
}
