export { m } from './paraglide/messages.js';
export { getLocale, locales } from './paraglide/runtime.js';
