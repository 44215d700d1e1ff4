/** A degree after a name: S.T., M.Si, Ph.D., A.Md.Kep. */
const DEGREE = /^\p{Lu}\p{L}*(\.\p{L}+)*\.?$/u;

/** One line of who took part: the name with its degrees, a comma, whom they speak for. */
export function participantOf(line: string): { name: string; office: string } {
	const parts = line.split(',').map((part) => part.trim());
	// BKPSDM is an office and S.T. is not: a degree has a full stop in it.
	const office = parts.findIndex((part, at) => at > 0 && !(DEGREE.test(part) && part.includes('.')));
	if (office === -1) return { name: parts.join(', '), office: '' };
	return {
		name: parts.slice(0, office).join(', '),
		office: parts.slice(office).join(', ')
	};
}

/** Who took part, one a line; null when a line has no name, or they are more than minutes hold. */
export function participantsOf(text: string): { name: string; office: string }[] | null {
	const people = text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map(participantOf);
	return people.length <= 200 && people.every(({ name }) => name.length >= 2 && name.length <= 200)
		? people
		: null;
}
