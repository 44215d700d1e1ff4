export { suggestionsFor } from './server/queries.ts';
export { wishesOf } from './server/own-wishes.ts';
