export { tellCommand, writeNotices, type NoticeSources } from './server/tell.ts';
export type { Holders } from './server/holders.ts';
export { recipients } from './server/recipients.ts';
export { unreadCount } from './server/queries/unread.ts';
