/**
 * The coverage rule: how many of a unit may be away at an hour so that each of its counters keeps the people it needs
 * at least (people.minimum_staff). Days are civil days of the agency, hours are minutes since midnight on its clock.
 */

/** A stretch of one day, `from` included, `to` not. */
export type Span = { day: string; from: number; to: number };
export const WHOLE_DAY = { from: 0, to: 24 * 60 };

export type Member = { personId: string; postTitle: string };
/** A line of minimum staff: so many in this role, on these weekdays (bits, 1 = Monday), between these hours. */
export type Need = { roleName: string; weekdays: number; from: number; to: number; people: number };

/** Somebody is not at their desk: leave and duty take whole days, a class or teaching one the hours of its sessions. */
export type Away = Span & { personId: string; why: 'leave' | 'duty' | 'class' | 'teaching' };

/**
 * What must hold at one hour: of these holders, so many are there. `roles` names the line or lines it comes from.
 * @example two roles that the same four people can fill make three counters: each role, and both together.
 */
export type Counter = Span & {
	unitId: string;
	roles: readonly string[];
	required: number;
	holders: readonly string[];
};

export const overlaps = (one: Span, other: Span): boolean =>
	one.day === other.day && one.from < other.to && other.from < one.to;

/** Words that say that somebody serves, but not as what. */
const GENERAL = new Set(['petugas', 'staf', 'pegawai', 'jaga', 'piket', 'pelaksana', 'dan', 'di', 'bagian']);
const wordsOf = (text: string): string[] =>
	text
		.toLowerCase()
		.split(/[^\p{L}]+/u)
		.filter((word) => word.length > 2 && !GENERAL.has(word));

/**
 * Who of a unit can fill a role: those whose post shares a word with it ("Perawat jaga": every nurse); when no post
 * does ("Petugas loket"), everybody of the unit takes turns there.
 */
export function holdersOf(roleName: string, staff: readonly Member[]): Member[] {
	const wanted = new Set(wordsOf(roleName));
	const named = staff.filter(({ postTitle }) => wordsOf(postTitle).some((word) => wanted.has(word)));
	return named.length > 0 ? named : [...staff];
}

/** Bit of a day's weekday in `Need.weekdays`. */
export const weekdayBit = (day: string): number => 1 << ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);

/**
 * The counters of a unit on a day. The day is cut where an absence begins or ends (`cuts`), so that two people who are
 * away at different hours do not count as away together. Roles needed at the same hour that share holders also make a
 * counter together: nobody serves in two roles at once (Hall's marriage condition: each set of roles needs as many
 * holders as it asks for). A unit with more than six such roles is held to its single roles and to all of them.
 */
export function countersOf(
	unitId: string,
	day: string,
	needs: readonly Need[],
	staff: readonly Member[],
	cuts: readonly number[]
): Counter[] {
	const today = needs.filter(({ weekdays }) => (weekdays & weekdayBit(day)) !== 0);
	const lines = today.map((need) => ({
		need,
		holders: new Set(holdersOf(need.roleName, staff).map(({ personId }) => personId))
	}));
	const edges = [...new Set([...today.flatMap(({ from, to }) => [from, to]), ...cuts])].sort((a, b) => a - b);
	const counters: Counter[] = [];
	for (const [index, from] of edges.entries()) {
		const to = edges[index + 1];
		if (to === undefined) break;
		const open = lines.filter(({ need }) => need.from <= from && to <= need.to);
		for (const set of setsOf(open)) {
			const holders = new Set(set.flatMap((line) => [...line.holders]));
			counters.push({
				unitId,
				day,
				from,
				to,
				roles: set.map(({ need }) => need.roleName),
				required: set.reduce((sum, { need }) => sum + need.people, 0),
				holders: [...holders].sort()
			});
		}
	}
	return counters;
}

type Line = { need: Need; holders: ReadonlySet<string> };

/** Each line alone, and every set of lines that hang together by people who could fill more than one. */
function setsOf(lines: readonly Line[]): Line[][] {
	if (lines.length > 6) return [...lines.map((line) => [line]), [...lines]];
	const sets: Line[][] = [];
	for (let mask = 1; mask < 1 << lines.length; mask += 1) {
		const set = lines.filter((_, index) => (mask & (1 << index)) !== 0);
		if (hangTogether(set)) sets.push(set);
	}
	return sets;
}

function hangTogether(set: readonly Line[]): boolean {
	const [first, ...rest] = set;
	if (first === undefined) return false;
	const reached = new Set(first.holders);
	let left = rest;
	for (;;) {
		const joined = left.filter(({ holders }) => [...holders].some((id) => reached.has(id)));
		if (joined.length === 0) return left.length === 0;
		for (const { holders } of joined) for (const id of holders) reached.add(id);
		left = left.filter((line) => !joined.includes(line));
	}
}

/**
 * How many more holders may leave: those present beyond the minimum. Never below zero: a counter that is short already
 * lets nobody go, but is not made whole by the training office either.
 */
export const mayBeAway = (required: number, present: number): number => Math.max(0, present - required);

export type Covered = Counter & { present: number; mayBeAway: number; missing: readonly string[] };

/** Each counter with who is there: given the staff, the minimum by role and weekday, leave, duty and other classes. */
export function coverageOf(counters: readonly Counter[], away: readonly Away[]): Covered[] {
	const byPerson = new Map<string, Away[]>();
	for (const one of away) byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one]);
	return counters.map((counter) => {
		const missing = counter.holders.filter((id) => byPerson.get(id)?.some((one) => overlaps(counter, one)));
		const present = counter.holders.length - missing.length;
		return { ...counter, present, missing, mayBeAway: mayBeAway(counter.required, present) };
	});
}

/** The counters that would fall below their minimum if this person left for these hours: what an approval must say. */
export const shortWithout = (
	covered: readonly Covered[],
	personId: string,
	spans: readonly Span[]
): Covered[] =>
	covered.filter(
		(counter) =>
			counter.mayBeAway === 0 &&
			counter.holders.includes(personId) &&
			!counter.missing.includes(personId) &&
			spans.some((span) => overlaps(counter, span))
	);

/** A counter at the hour at which one person is missed most: `after` are those left there without them. */
export type Without = Covered & { after: number; short: boolean };

/**
 * Of each day that takes this person away, the stretch at which their unit can spare them least; single roles before
 * several together. Days on which they stand at no counter are left out. Whoever is away anyway is not missed again.
 */
export function tightestWithout(
	covered: readonly Covered[],
	personId: string,
	spans: readonly Span[]
): Without[] {
	const days = new Map<string, Without>();
	const spare = (one: Without) => one.after - one.required;
	for (const counter of covered) {
		if (!counter.holders.includes(personId) || !spans.some((span) => overlaps(counter, span))) continue;
		const there = !counter.missing.includes(personId);
		const after = counter.present - (there ? 1 : 0);
		const one = { ...counter, after, short: there && after < counter.required };
		const known = days.get(counter.day);
		const worse =
			!known ||
			Number(one.short) > Number(known.short) ||
			(one.short === known.short &&
				(spare(one) < spare(known) ||
					(spare(one) === spare(known) && one.roles.length < known.roles.length)));
		if (worse) days.set(counter.day, one);
		else if (known.to === one.from && sameLine(known, one)) known.to = one.to;
	}
	return [...days.values()];
}

/** The stretch goes on: the same roles with the same people missing. */
const sameLine = (one: Without, other: Without): boolean =>
	one.roles.join() === other.roles.join() &&
	one.missing.join() === other.missing.join() &&
	one.short === other.short;

/**
 * How long counters are short in these hours while this person is away from them, minute by minute however many roles lack
 * somebody; null when they are not missed. `roles`: those that are short by themselves, else a set of them.
 */
export function missedFor(
	covered: readonly Covered[],
	personId: string,
	spans: readonly Span[]
): { minutes: number; unitId: string; roles: readonly string[] } | null {
	const short = covered.filter(
		(one) =>
			one.present < one.required &&
			one.missing.includes(personId) &&
			spans.some((span) => overlaps(span, one))
	);
	const [lead] = short.toSorted((a, b) => a.roles.length - b.roles.length);
	if (!lead) return null;
	const minutes = new Set<string>();
	for (const one of short)
		for (const span of spans.filter((span) => overlaps(span, one)))
			for (let at = Math.max(span.from, one.from); at < Math.min(span.to, one.to); at += 1)
				minutes.add(`${one.day} ${at}`);
	return { minutes: minutes.size, unitId: lead.unitId, roles: lead.roles };
}
