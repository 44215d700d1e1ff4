/** What every page's frame shows; `src/routes/+layout.server.ts` gives it. */
export type LayoutData = {
	/** `hatKey` is the role one acts in, of those one holds. */
	actor: { name: string; hatKey: string | null; hats: readonly { key: string; label: string }[] } | null;
	menu: readonly MenuItem[];
	/** Notices that the actor has not read, at most a hundred. */
	unread: number;
	language: string;
	/** 'light', 'dark', or 'auto' for the device's own. */
	theme: string;
	agencyName: string | null;
	/** The agency's; null for a stranger. */
	timeZone: string | null;
};

export type MenuItem = {
	room: string;
	href: string;
	label: string;
	active: boolean;
	/** Stays in sight at the foot of a phone; without any the first two do. */
	pinned?: boolean;
};

/** The two that a thumb reaches beside the home page; the rest is behind "Menu". */
export function pinnedOf(menu: readonly MenuItem[]): readonly MenuItem[] {
	const pinned = menu.filter((item) => item.pinned);
	return (pinned.length > 0 ? pinned : menu).slice(0, 2);
}
