export type { Campaign, CampaignStatus, GivenSource } from './model.ts';
export { topicName } from './ui/need-words.ts';
export { SOURCE_ORDER, type RatingSource } from './gap.ts';
export type { AnsweredElement, ServiceBand, ServiceGrade } from './service-index.ts';
export { levelInterval } from './certainty.ts';
