import type { RequestContext } from '#platform/http/context.ts';

declare global {
	namespace App {
		interface Locals {
			ctx: RequestContext;
		}
		interface Error {
			message: string;
			requestId?: string;
		}
	}
}
