import { json } from '@sveltejs/kit';
import { endpoint } from '#platform/http/page.ts';
import { codeCounts } from '#slices/classes/server/queries/code-screen.ts';

export const GET = endpoint(async ({ db, actor, id, now }) =>
	json(await codeCounts(db, actor, id('session'), now))
);
