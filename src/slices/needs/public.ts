export { topicName } from './ui/need-words.ts';
export type { ServiceBand, ServiceGrade } from './service-index.ts';
export { levelInterval } from './certainty.ts';
