/** How many of a member's cells have an answer. */
export const answeredOf = (member: { levels: readonly (number | null)[] }): number =>
	member.levels.filter((level) => level !== null).length;

/** How many cells there are to answer of a member. */
export const askedOf = (member: { asked: readonly boolean[] }): number =>
	member.asked.filter((asked) => asked).length;
