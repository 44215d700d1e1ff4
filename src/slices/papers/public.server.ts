export { letterheadOn } from './server/settings.ts';
