import { deviceMark } from '#app/server/device-mark.ts';
import { commandEndpoint } from '#platform/http/command-endpoint.ts';
import { say } from '#platform/i18n/say.server.ts';
import { checkIn } from '#slices/classes/server/commands/check-in.ts';

/** Scans of one device: which device it is tells its own cookie, never what it sends. */
export const POST = commandEndpoint(checkIn, (url) => new URL('/hadir', url), {
	input: (sent, event) => ({ ...(typeof sent === 'object' ? sent : {}), device: deviceMark(event) }),
	answer: ({ at, answers }) => ({
		at,
		answers: answers.map((one) => ({ ...one, message: say(one.code, one.facts) }))
	})
});
