import type { PushKinds } from '#platform/push/pushing.ts';

/** Which room's notes go to devices, and their words; the counterpart of letters.ts. */
export const PUSH_KINDS: PushKinds = {};
