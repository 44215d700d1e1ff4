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
