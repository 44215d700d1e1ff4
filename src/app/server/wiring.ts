/**
 * Which room hears which event: `on('<event>', listener)`. Rooms know nothing of each other to their right; this is
 * the only place where the cycle closes.
 */
export function wireEvents(): void {
	// Listeners are added with the rooms that need them.
}
