import { randomUUID } from 'node:crypto';
import type { Signer } from '#platform/signing/p12.ts';

/**
 * Opened seals, in the memory of this process alone: the passphrase opens the file here and is forgotten, and what is
 * handed on (to a command, to a job) is a random handle that says nothing. After a restart it is typed again.
 */
const opened = new Map<string, { agencyId: string; sealId: string | null; signer: Signer; until: number }>();

const KEPT_MS = 60 * 60_000;

export function keepOpen(agencyId: string, sealId: string | null, signer: Signer, now: Date): string {
	for (const [handle, { until }] of opened) if (until < now.getTime()) opened.delete(handle);
	const handle = randomUUID();
	opened.set(handle, { agencyId, sealId, signer, until: now.getTime() + KEPT_MS });
	return handle;
}

/** Undefined after a restart, an hour, or for another agency or seal. */
export function openedSeal(
	agencyId: string,
	sealId: string | null,
	handle: string,
	now: Date
): Signer | undefined {
	const found = opened.get(handle);
	const fits = found?.agencyId === agencyId && found.sealId === sealId && found.until >= now.getTime();
	return fits ? found.signer : undefined;
}

export const closeSeal = (handle: string): boolean => opened.delete(handle);
