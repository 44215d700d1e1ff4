/** What the address of a list asks for; null: everything in scope. */
export type FollowUpFilter = { programId: string | null; classId: string | null; unitId: string | null };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Anything in the address that is no id asks for nothing. */
export function filterOf(url: URL): FollowUpFilter {
	const id = (name: string) => {
		const value = url.searchParams.get(name) ?? '';
		return UUID.test(value) ? value : null;
	};
	return { programId: id('program'), classId: id('class'), unitId: id('unit') };
}

export const BOARD_STATES = ['late', 'blocked', 'waiting', 'running', 'done'] as const;
export type BoardFilter = FollowUpFilter & { state: (typeof BOARD_STATES)[number] | null };
export const NO_FILTER: BoardFilter = { programId: null, classId: null, unitId: null, state: null };

export const boardFilterOf = (url: URL): BoardFilter => ({
	...filterOf(url),
	state: BOARD_STATES.find((state) => state === url.searchParams.get('state')) ?? null
});
