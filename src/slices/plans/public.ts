export { isBreak, shownEvidence, type ShownEvidence } from './rules.ts';
export type { FundSource, PlanStatus } from './model.ts';
