import { json, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { AppError, invalidField, signedOut, STATUS } from '#kernel/errors.ts';
import { say, sayIssues } from '#platform/i18n/say.server.ts';
import { runTogether, type SharedCommand } from '#platform/work/together.ts';
import { signInAddress } from './page.ts';

type Between<Answer> = {
	input?: (sent: unknown, event: RequestEvent) => unknown;
	answer?: (answer: Answer) => unknown;
};

/**
 * The narrow door of a shared command, for screens that save as one taps: JSON in, JSON out, no page. A refusal is
 * said in the person's language, as a form would be told.
 */
export const commandEndpoint =
	<Shape extends z.ZodType, Answer>(
		work: SharedCommand<Shape, Answer>,
		signInAt: (url: URL) => URL,
		/** What the server itself adds to what was sent, and how an answer is said. */
		{ input: completed = (sent) => sent, answer: said = (answer) => answer }: Between<Answer> = {}
	) =>
	async (event: RequestEvent): Promise<Response> => {
		try {
			const { actor, requestId } = event.locals.ctx;
			if (!actor) throw signedOut();
			const { key, input } = await bodyOf(event.request);
			const answer = await runTogether(work, { actor, input: completed(input, event), key, requestId });
			return json({ done: true, answer: said(answer) });
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			return json(
				{
					done: false,
					kind: error.kind,
					code: error.code,
					message: say(error.code, error.params),
					issues: sayIssues(error.issues),
					...(error.kind === 'signedOut' ? { signIn: signInAddress(signInAt(event.url)) } : {})
				},
				{ status: STATUS[error.kind] }
			);
		}
	};

/** A simple request of another site can't have this content type, so no page elsewhere can send one in our name. */
async function bodyOf(request: Request): Promise<{ key: string; input: unknown }> {
	if (request.headers.get('content-type')?.split(';')[0] !== 'application/json')
		throw invalidField('', 'kernel.field.invalid');
	const body: unknown = await request.json().catch(() => null);
	if (typeof body !== 'object' || body === null || !('key' in body) || !('input' in body))
		throw invalidField('', 'kernel.field.invalid');
	const { key, input } = body;
	if (typeof key !== 'string' || key.length < 8 || key.length > 200)
		throw invalidField('key', 'kernel.field.invalid');
	return { key, input };
}
