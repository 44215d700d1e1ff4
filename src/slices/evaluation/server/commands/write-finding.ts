import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canWriteFindings } from '../../access.ts';
import { WriteFinding } from '../../input.ts';
import { passagesOfTheme } from '../focus-themes.ts';
import { teachesClass } from '../results.ts';

/**
 * A finding about the curriculum of a class, or of a version, owned by who writes it until another is named; it asks programs for a change and
 * stays open until that is decided. One that rests on a theme keeps which passages those were.
 */
export const writeFinding = command(
	'evaluation.writeFinding',
	WriteFinding,
	async ({ tx, actor, now, permit, record }, input) => {
		const of = await subjectOf(tx, actor, input);
		permit(canWriteFindings(actor, of));
		const id = newId();
		await tx
			.insertInto('evaluation.finding')
			.values({
				agency_id: actor.agencyId,
				id,
				class_id: of.classId,
				version_id: of.versionId,
				statement: input.statement,
				evidence: input.evidence,
				severity: input.severity,
				owner_id: actor.personId,
				written_by: actor.personId,
				written_at: now,
				code_id: input.codeId ?? null,
				session_id: of.sessionId,
				item_code: of.itemCode
			})
			.execute();
		if (input.codeId !== undefined) await tieToPassages(tx, actor, id, of, input.codeId);
		record('evaluation.findingWritten', { findingId: id });
		return { findingId: id };
	},
	{ summary: 'Write a finding about the curriculum of a class or of a version' }
);

type Subject = {
	versionId: string;
	classId: string | null;
	sessionId: string | null;
	itemCode: string | null;
};

/** Refuses: missing, for a class, version, item or session that is not there, and for a session of another class. */
async function subjectOf(
	tx: Tx,
	actor: Actor,
	{ classId, versionId, sessionId, itemCode }: z.output<typeof WriteFinding>
): Promise<Subject & { teaches: boolean }> {
	const { rows } = await sql<Subject & { teaches: boolean }>`
		select v.id as "versionId", c.id as "classId", s.id as "sessionId", i.code as "itemCode", ${teachesClass(actor)} as teaches
		from programs.version v
		left join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and c.id = ${classId ?? null}::uuid
		left join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.id = ${sessionId ?? null}::uuid
		left join evaluation.reaction_item i on i.agency_id = v.agency_id and i.code = ${itemCode ?? null}
		where v.agency_id = ${actor.agencyId}
			and case when ${classId ?? null}::uuid is null then v.id = ${versionId ?? null}::uuid else c.id is not null end`.execute(
		tx
	);
	const found = rows[0];
	if (
		found === undefined ||
		(sessionId !== undefined && found.sessionId === null) ||
		(itemCode !== undefined && found.itemCode === null)
	)
		throw missing();
	return found;
}

/** Refuses: missing, for a theme that no finished group about it speaks of. */
async function tieToPassages(
	tx: Tx,
	actor: Actor,
	findingId: string,
	about: Subject,
	codeId: string
): Promise<void> {
	const passages = await passagesOfTheme(tx, about, codeId);
	if (passages.length === 0) throw missing();
	await tx
		.insertInto('evaluation.finding_passage')
		.values(
			passages.map((passageId) => ({
				agency_id: actor.agencyId,
				finding_id: findingId,
				passage_id: passageId
			}))
		)
		.execute();
}
