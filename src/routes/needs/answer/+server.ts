import { commandEndpoint } from '#platform/http/command-endpoint.ts';
import { answerItems } from '#slices/needs/server/commands/answer.ts';

/** One tap of somebody who answers; where a session ended, signing in leads back to the form. */
export const POST = commandEndpoint(answerItems, (url) => new URL('/needs/rate', url));
