export { tellCommand, writeNotices, type NoticeSources } from './server/tell.ts';
export type { Holders } from './server/holders.ts';
/** To whom of these notices something is sent at once, by channel, for `putDownLettersOf`. */
export { recipients } from './server/recipients.ts';
export { unreadCount } from './server/queries/unread.ts';
export { noticesAbout } from './server/queries/own.ts';
export { noticesDue, putDownDigests } from './server/commands/digest.ts';
export { dropMoot } from './server/commands/outbox.ts';
export { forgetNotices } from './server/commands/read.ts';
