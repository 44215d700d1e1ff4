import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { isFor } from '#slices/classes/public.server.ts';
import { canOpenReactions } from '../../access.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { OpenReactions } from '../../input.ts';
import { Link } from '../../linking.ts';
import type { FormKey } from '../../model.ts';
import { isClosed } from '../../rules.ts';
import { formEnd } from '../class-end.ts';
import { openEnvelope, unlockBox } from '../envelope.ts';
import { tablesOf, type FormTables } from '../form-tables.ts';
import { closeBox, layDown } from '../form-writes.ts';
import { linkForms } from '../link-forms.ts';

const Kept = z.array(
	z.object({
		item: z.string(),
		score: z.number().nullable(),
		grade: z.number().nullable().default(null),
		before: z.number().nullable().default(null),
		remark: z.string().nullable()
	})
);
/** Envelopes closed before forms could be linked hold the answers alone. */
const Enclosed = z.union([
	z.object({ answers: Kept, link: Link.nullable() }),
	Kept.transform((answers) => ({ answers, link: null }))
]);
export type Enclosed = z.output<typeof Enclosed>;

/**
 * Opens all reactions to a class or a session together, when none can come any more: the answers of everybody are shuffled
 * and laid down by one transaction that none of them took part in, the envelopes and the key go. Fewer than five are
 * destroyed unopened: of so few every answer could be guessed. Refuses: still open, a box locked with another
 * installation's key.
 */
export const openReactions = command(
	'evaluation.openReactions',
	OpenReactions,
	async ({ tx, actor, now, today, permit, note }, { classId, sessionId = null }) => {
		const form: FormKey = { classId, sessionId };
		const tables = tablesOf(form);
		await sql`select pg_advisory_xact_lock(hashtextextended('box:' || ${tables.id}::text, 0))`.execute(tx);
		const end = await formEnd(tx, form);
		if (end === undefined) throw missing();
		permit(canOpenReactions(actor));
		const box = await boxOf(tx, form, tables);
		if (!isClosed(end, box, now, today)) throw refused('evaluation.reaction.stillOpen');
		note(sessionId === null ? { classId } : { classId, sessionId });
		if (box.openedOn !== null) return { opened: 0 };
		const forms = box.given < SMALLEST_GROUP ? [] : await readEnvelopes(tx, tables, box.lockedKey);
		const answers = shuffled(forms.flatMap((one) => one.answers));
		const of = { ...form, agency: actor.agencyId };
		if (answers.length > 0) await layDown(tx, of, answers);
		await linkForms(tx, actor.agencyId, tables.id, shuffled(forms));
		await closeBox(tx, of, today);
		return { opened: box.given };
	},
	{ summary: 'Open all reactions to a class or a session together, once none can come any more' }
);

async function boxOf(tx: Tx, { classId, sessionId }: FormKey, tables: FormTables) {
	const { rows } = await sql<{
		given: number;
		seated: number;
		openedOn: string | null;
		lockedKey: Buffer | null;
	}>`
		select
			(select count(*)::int from ${tables.given} g where g.agency_id = c.agency_id and g.${tables.column} = ${tables.id}) as given,
			(select count(*)::int from classes.registration r
				where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed')
					and (${sessionId}::uuid is null or exists (select from classes.session s
						where s.agency_id = r.agency_id and s.id = ${sessionId}::uuid and ${isFor('r')}))) as seated,
			b.opened_on as "openedOn", b.locked_key as "lockedKey"
		from classes.class c
		left join ${tables.box} b on b.agency_id = c.agency_id and b.${tables.column} = ${tables.id}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(tx);
	const box = rows[0];
	if (box === undefined) throw missing();
	return box;
}

async function readEnvelopes(tx: Tx, tables: FormTables, lockedKey: Buffer | null): Promise<Enclosed[]> {
	const { rows } = await sql<{ sealed: Buffer }>`
		select sealed from ${tables.envelope}
		where agency_id = platform.current_agency() and ${tables.column} = ${tables.id}`.execute(tx);
	if (rows.length === 0) return [];
	const key = lockedKey === null ? undefined : unlockBox(lockedKey);
	if (key === undefined) throw refused('evaluation.reaction.otherKey');
	return rows.map(({ sealed }) => {
		const text = openEnvelope(key, sealed);
		if (text === undefined) throw refused('evaluation.reaction.otherKey');
		return Enclosed.parse(JSON.parse(text));
	});
}

/** In the order of the system's random source, which is nobody's. */
function shuffled<T>(list: readonly T[]): T[] {
	const all = [...list];
	for (let last = all.length - 1; last > 0; last--) {
		const other = randomInt(last + 1);
		const [a, b] = [all[last], all[other]];
		if (a !== undefined && b !== undefined) [all[last], all[other]] = [b, a];
	}
	return all;
}
