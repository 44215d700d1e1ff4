/**
 * Scans that could not be sent, kept on the device with their time until the server has judged them. Each belongs to one
 * person; signing out leaves them, because an attendance that vanished silently is what this is here to prevent.
 */
export type KeptScan = {
	owner: string;
	/** Epoch milliseconds by this device's clock. */
	keptAt: number;
	code?: string;
	sessionId?: string;
	digits?: string;
	position?: { latitude: number; longitude: number; accuracy: number };
};

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'asah.scan:';
/** The same code again within this time is the same scan. */
const SAME_MS = 60_000;

/** True when it was kept: the screen promises nothing that a full or forbidden shelf cannot hold. */
export function keepScan(shelf: Shelf, scan: KeptScan): boolean {
	const said = (one: KeptScan) => `${one.code ?? ''} ${one.sessionId ?? ''} ${one.digits ?? ''}`;
	const twin = keptScans(shelf, scan.owner).some(
		({ scan: one }) => said(one) === said(scan) && Math.abs(one.keptAt - scan.keptAt) < SAME_MS
	);
	if (twin) return true;
	try {
		shelf.setItem(`${PREFIX}${scan.keptAt}`, JSON.stringify(scan));
		return true;
	} catch {
		return false;
	}
}

/** What this person's scans still wait with, oldest first. */
export function keptScans(shelf: Shelf, owner: string): { name: string; scan: KeptScan }[] {
	const names = Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '');
	return names
		.filter((name) => name.startsWith(PREFIX))
		.flatMap((name) => {
			const scan = parsed(shelf.getItem(name));
			return scan !== null && scan.owner === owner ? [{ name, scan }] : [];
		})
		.sort((a, b) => a.scan.keptAt - b.scan.keptAt)
		.slice(0, 15);
}

export function forgetScans(shelf: Shelf, names: readonly string[]): void {
	for (const name of names) shelf.removeItem(name);
}

function parsed(text: string | null): KeptScan | null {
	try {
		const value: unknown = JSON.parse(text ?? 'null');
		return isScan(value) ? value : null;
	} catch {
		return null;
	}
}

const isScan = (value: unknown): value is KeptScan =>
	typeof value === 'object' &&
	value !== null &&
	'owner' in value &&
	typeof value.owner === 'string' &&
	'keptAt' in value &&
	typeof value.keptAt === 'number' &&
	(('code' in value && typeof value.code === 'string') ||
		('digits' in value && typeof value.digits === 'string'));
