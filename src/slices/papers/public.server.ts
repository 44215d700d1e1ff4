export { spentOnClasses } from './server/queries/costs.ts';
export { canReadCosts } from './access.ts';
