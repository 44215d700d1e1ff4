import { homeOf } from '#app/server/homes/home.ts';
import { publicPage } from '#platform/http/page.ts';

/** Each hat's own first page; a stranger's without one. */
export const load = publicPage(homeOf);
