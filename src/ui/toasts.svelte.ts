export type Undo = { action: string; fields: Record<string, string> };
export type Toast = { id: number; message: string; undo: Undo | undefined };

// Only ever filled by what a hand does in a browser, so the server's requests never meet here.
export const toasts = $state<Toast[]>([]);
let last = 0;

/** Says briefly what was done. A relative undo action is of the page one is on now, and stays so after moving on. */
export function showToast({ message, undo }: { message: string; undo?: Undo | undefined }): void {
	const settled = undo && { ...undo, action: addressOf(undo.action) };
	toasts.push({ id: ++last, message, undo: settled });
	if (toasts.length > 3) toasts.shift();
}

export function dropToast(id: number): void {
	const index = toasts.findIndex((toast) => toast.id === id);
	if (index >= 0) toasts.splice(index, 1);
}

function addressOf(action: string): string {
	const url = new URL(action, location.href);
	return url.pathname + url.search;
}
