/** How many of a member's cells have an answer. */
export const answeredOf = (member: { levels: readonly (number | null)[] }): number =>
	member.levels.filter((level) => level !== null).length;
