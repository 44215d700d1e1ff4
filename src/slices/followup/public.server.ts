export { plansWaitingFor, unansweredFor, ownPlans } from './server/queries.ts';
export { checkInsInBulk, plansInBulk } from './server/bulk.ts';
