/**
 * The files of a new room by path: one thing with two statuses, one query, one command, so that the house tests hold
 * from the first minute. What is the room's own replaces it piece by piece.
 */
export function roomFiles(room: string): Record<string, string> {
	const Room = room.charAt(0).toUpperCase() + room.slice(1);
	return {
		'README.md': `# ${room}

What this room is for, in one sentence.

- **Words**: item (butir).
- **Tables**: \`${room}.item\`.
- **Events**: out: none; in: none.
- **Law**: none.
- **Doors**: \`public.ts\`: ItemStatus · \`public.server.ts\`: itemsOf.
- **Does not**: what a newcomer might look for here in vain.
`,
		'public.ts': `export type { ItemStatus } from './model.ts';
`,
		'public.server.ts': `export { itemsOf } from './server/queries.ts';
`,
		'model.ts': `export const ITEM_STATUSES = ['open', 'closed'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** Which status may follow which; buttons and refusals come from it. */
export const NEXT: Record<ItemStatus, readonly ItemStatus[]> = { open: ['closed'], closed: [] };

/** The database's check constraint keeps the column to these words. */
export function itemStatus(text: string): ItemStatus {
	const status = ITEM_STATUSES.find((known) => known === text);
	if (status === undefined) throw new TypeError(\`not a status of an item: \${text}\`);
	return status;
}
`,
		'rules.ts': `import { refused } from '#kernel/errors.ts';
import { NEXT, type ItemStatus } from './model.ts';

/** The item with its next status. Refuses: a status that may not follow. */
export function step(from: ItemStatus, to: ItemStatus): { status: ItemStatus } {
	if (!NEXT[from].includes(to)) throw refused('${room}.item.already');
	return { status: to };
}
`,
		'rules.test.ts': `import { expect, test } from 'vitest';
import { ITEM_STATUSES, NEXT } from './model.ts';
import { step } from './rules.ts';

test.each(ITEM_STATUSES.flatMap((from) => ITEM_STATUSES.map((to) => [from, to] as const)))(
	'an item that is %s becomes %s only when the table of statuses says so',
	(from, to) => {
		if (NEXT[from].includes(to)) expect(step(from, to)).toEqual({ status: to });
		else expect(() => step(from, to)).toThrow('${room}.item.already');
	}
);
`,
		'access.ts': `import { isSelf, type Actor } from '#kernel/actor.ts';

/** Items are one's own. */
export const canClose = (actor: Actor, item: { personId: string }): boolean => isSelf(actor, item.personId);
`,
		'input.ts': `import { z } from 'zod';

export const CloseItem = z.object({ itemId: z.uuid() });
`,
		'server/queries.ts': `import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canClose } from '../access.ts';
import { NEXT, itemStatus } from '../model.ts';

/** The person's own items, newest first, with what may be done with each. */
export async function itemsOf(db: Db, actor: Actor) {
	const rows = await sql<{ id: string; status: string; personId: string }>\`
		select id, status, person_id as "personId" from ${room}.item
		where agency_id = \${actor.agencyId} and person_id = \${actor.personId}
		order by id desc limit 50\`.execute(db);
	return rows.rows.map((row) => {
		const status = itemStatus(row.status);
		return { ...row, status, can: { close: canClose(actor, row) && NEXT[status].includes('closed') } };
	});
}
`,
		'server/commands.ts': `import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canClose } from '../access.ts';
import { CloseItem } from '../input.ts';
import { itemStatus } from '../model.ts';
import { step } from '../rules.ts';

/** Refuses: somebody else's item (as missing), an item that is closed already. */
export const closeItem = command(
	'${room}.closeItem',
	CloseItem,
	async ({ tx, actor, permit, note }, { itemId }) => {
		const found = await sql<{ status: string; personId: string }>\`
			select status, person_id as "personId" from ${room}.item
			where agency_id = \${actor.agencyId} and id = \${itemId} for update\`.execute(tx);
		const item = found.rows[0];
		if (!item) throw missing();
		permit(canClose(actor, item));
		const { status } = step(itemStatus(item.status), 'closed');
		await sql\`
			update ${room}.item set status = \${status}
			where agency_id = \${actor.agencyId} and id = \${itemId}\`.execute(tx);
		note({ itemId });
	},
	{ summary: 'Close an item' }
);
`,
		'messages/id.json': `${JSON.stringify({ [`${room}.title`]: Room, [`${room}.item.already`]: 'Butir ini sudah ditutup.' }, null, '\t')}\n`,
		'messages/en.json': `${JSON.stringify({ [`${room}.title`]: Room, [`${room}.item.already`]: 'This item has been closed already.' }, null, '\t')}\n`
	};
}
