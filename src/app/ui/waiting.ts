import type { waitingFor } from '#app/server/homes/team.ts';

/** What waits for somebody who leads people, and how many they lead. */
export type WaitingCounts = Awaited<ReturnType<typeof waitingFor>>;

export const totalOf = ({ requests, plans, checkIns, evaluations, unrated }: WaitingCounts): number =>
	requests + plans + checkIns + evaluations + unrated;
