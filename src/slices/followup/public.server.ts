export { plansWaitingFor, unansweredFor, ownPlans } from './server/queries.ts';
export { checkInsInBulk, plansInBulk } from './server/bulk.ts';

/** Whom the room's events concern, for notices. */
export { followupNotices } from './server/notices.ts';
