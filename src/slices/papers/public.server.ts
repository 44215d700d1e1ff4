export { letterheadOn } from './server/settings.ts';
export { spentOnClasses, type SpentOnClass } from './server/queries/costs.ts';
export { canReadCosts } from './access.ts';
