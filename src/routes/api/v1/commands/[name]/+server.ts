import { json } from '@sveltejs/kit';
import { AppError, invalidField, missing, STATUS } from '#kernel/errors.ts';
import { scanInput } from '#platform/files/virus-scan.ts';
import { publicEndpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { run } from '#platform/work/run.ts';
import { commandNamed } from '#app/server/commands.ts';
import { actorOfToken } from '#app/server/machine.ts';

/** The machine door: the same commands as the screens, `Idempotency-Key` as the same key. */
export const POST = publicEndpoint(async (event) => {
	try {
		const actor = await actorOfToken(event.request.headers.get('authorization'));
		const work = commandNamed(event.params['name'] ?? '');
		if (!work) throw missing();
		const key = event.request.headers.get('idempotency-key');
		const input: unknown = await event.request.json().catch(() => {
			throw invalidField('', 'platform.work.notJson');
		});
		await scanInput(input);
		const answer = await run(work, {
			actor,
			input,
			requestId: event.locals.ctx.requestId,
			...(key === null ? {} : { key })
		});
		return json({ answer: answer ?? null });
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		const { kind, code, params, issues } = error;
		return json(
			{
				error: { kind, code, params, message: say(code, params) },
				issues: issues.map((issue) => ({ ...issue, message: say(issue.code, issue.params) })),
				requestId: event.locals.ctx.requestId
			},
			{ status: STATUS[kind] }
		);
	}
});
