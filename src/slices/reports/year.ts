/** The year that a report's address asks for, never in the future; this year when it asks for nothing sensible. */
export function reportYear(url: URL, today: string): number {
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	return Number.isInteger(asked) && asked >= 2010 && asked <= thisYear ? asked : thisYear;
}
