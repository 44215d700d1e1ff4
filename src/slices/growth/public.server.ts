export { suggestionsFor } from './server/queries.ts';
