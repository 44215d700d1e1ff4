/** A change of the address' query: null removes a name. Everything else in it stays, so that filters survive sorting. */
export function withQuery(
	url: Pick<URL, 'pathname' | 'search'>,
	change: Readonly<Record<string, string | number | null>>
): string {
	const query = new URLSearchParams(url.search);
	for (const name of [...query.keys()]) if (name.startsWith('/')) query.delete(name);
	for (const [name, value] of Object.entries(change)) {
		if (value === null || value === '') query.delete(name);
		else query.set(name, String(value));
	}
	const text = query.toString();
	return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** A named action (`?/save`, `?/answer&q=3`) at this address: alone it would forget what the address asks for. */
export function actionHere(url: Pick<URL, 'pathname' | 'search'>, action: string): string {
	const [name = '', ...own] = action.split('&');
	const query = withQuery(url, Object.fromEntries(new URLSearchParams(own.join('&'))));
	return [name, query.slice(url.pathname.length + 1)].filter(Boolean).join('&');
}

export type Sorting<Key extends string> = { by: Key; descending: boolean };

/** What the list's address asks for. `sort=-name` is descending; an unknown column falls back to the first of `sorts`. */
export type ListQuery<Key extends string> = {
	sort: Sorting<Key>;
	/** From 1. */
	page: number;
	size: number;
	offset: number;
	/** What is searched for, trimmed, at most 100 characters; '' when nothing is. */
	search: string;
};

const DEEPEST_PAGE = 100_000;

export function listQuery<Key extends string>(
	url: URL,
	{ sorts, size = 50 }: { sorts: readonly [Key | `-${Key}`, ...Key[]]; size?: number }
): ListQuery<Key> {
	const [first, ...rest] = sorts;
	const usual = sortingOf<Key>(first);
	const asked = sortingOf<Key>(url.searchParams.get('sort') ?? '');
	const sort = [usual.by, ...rest].includes(asked.by) ? asked : usual;
	const number = Number(url.searchParams.get('page') ?? '1');
	const page = Number.isInteger(number) && number >= 1 ? Math.min(number, DEEPEST_PAGE) : 1;
	const search = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
	return { sort, page, size, offset: (page - 1) * size, search };
}

function sortingOf<Key extends string>(text: string): Sorting<Key> {
	const descending = text.startsWith('-');
	// Named narrowing: the only caller compares `by` with the allowed columns before it believes it.
	return { by: (descending ? text.slice(1) : text) as Key, descending };
}

/** A list that is whole on its page, as its address asks for it; equal rows stay as they came. */
export function sortedBy<Row, Key extends string>(
	rows: readonly Row[],
	{ by, descending }: Sorting<Key>,
	columns: Readonly<Record<Key, (row: Row) => string | number>>
): Row[] {
	const [value, turn] = [columns[by], descending ? -1 : 1];
	return rows.toSorted((a, b) => {
		const [one, other] = [value(a), value(b)];
		if (typeof one === 'string' || typeof other === 'string')
			return turn * String(one).localeCompare(String(other), 'id');
		return turn * (one - other);
	});
}

/** The `sort` value a column's heading leads to: ascending first, then descending, then ascending again. */
export const nextSort = (key: string, now: Sorting<string> | undefined): string =>
	now?.by === key && !now.descending ? `-${key}` : key;

/** Page numbers worth a link: first, last, the neighbours; null where some are left out. */
export function pageLinks(page: number, pages: number): (number | null)[] {
	const shown = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
	const sorted = [...new Set(shown)].sort((a, b) => a - b);
	return sorted.flatMap((n, index) => {
		const before = sorted[index - 1];
		if (before === undefined || n - before === 1) return [n];
		return n - before === 2 ? [n - 1, n] : [null, n];
	});
}
