import { addDays, type CivilDate } from '#kernel/time.ts';

/**
 * Ways of holding a post beside the definitive one: `plt` fills a vacant post, `plh` stands in while the head is away,
 * `additional` is a second post. Everybody has one definitive post at a time and may have several of these.
 * @law SE Kepala BKN 1/SE/I/2021 (Plt and Plh): by order, dated, without becoming the post's holder
 */
export const HOLDINGS = ['plt', 'plh', 'additional'] as const;

/** What may be done to units. */
export const REORGANISATIONS = ['rename', 'move', 'merge', 'split', 'close'] as const;
export type ReorganisationKind = (typeof REORGANISATIONS)[number];

/** Monday to Sunday as bits of `weekdays`. */
export const WEEKDAY_BITS = [1, 2, 4, 8, 16, 32, 64] as const;

/** The weekdays of a mask, 0 Monday to 6 Sunday. */
export const weekdaysOf = (mask: number): number[] =>
	WEEKDAY_BITS.flatMap((bit, day) => ((mask & bit) === 0 ? [] : [day]));

export const maskOf = (weekdays: readonly number[]): number =>
	weekdays.reduce((mask, day) => mask | (WEEKDAY_BITS[day] ?? 0), 0);

/** The day that a page asks for with `?on=`: an existing day that is not today; null shows today. */
export const dayAsked = (asked: string | null, today: CivilDate, isDate: (text: string) => boolean) =>
	asked !== null && isDate(asked) && asked !== today && asked <= addDays(today, 3660) ? asked : null;
