/** Kind of letter that reminds of an open campaign; it is about the campaign. */
export const REMINDER = 'needs.reminder';
