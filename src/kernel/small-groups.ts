/**
 * Fewer people than this are never shown as a group: from a mean of four, three can work out the fourth.
 * @law UU 27/2022 (PDP)
 */
export const SMALLEST_GROUP = 5;
