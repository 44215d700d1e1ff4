import { z } from 'zod';
import { allCommands } from '#app/server/commands.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async () => ({
	commands: allCommands().map((work) => ({
		name: work.name,
		summary: work.options.summary ?? null,
		shape: JSON.stringify(z.toJSONSchema(work.shape, { io: 'input', unrepresentable: 'any' }), null, 2)
	}))
}));
