export { ownPlans } from './server/queries.ts';
export { evaluationsAbout } from './server/own-evaluations.ts';

export { commonestObstacles } from './server/queries/board.ts';
export { reassignPlans } from './server/commands/reassign.ts';
export { turnFollowUpDay } from './server/commands/turn-day.ts';

export { followUpOfClasses, followUpOfVersions, type FollowUpOf } from './server/queries/of-program.ts';

/** Whom the room's events concern, for notices. */
export { followupNotices } from './server/notices.ts';
