import { json } from '@sveltejs/kit';
import { openApi } from '#app/server/openapi.ts';
import { publicEndpoint } from '#platform/http/page.ts';

export const GET = publicEndpoint(async (event) => json(openApi(event.url.origin)));
