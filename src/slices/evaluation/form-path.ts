import type { FormKey } from './model.ts';

/** Where a participant answers. */
export const formPath = ({ classId, sessionId }: FormKey): string =>
	sessionId === null ? `/evaluation/react/${classId}` : `/evaluation/react/${classId}/${sessionId}`;
