import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canWriteFindings } from '../../access.ts';
import { WriteFinding } from '../../input.ts';
import { teachesClass } from '../results.ts';

/** A finding about the curriculum of a class, owned by who writes it; it asks programs for a change and stays open until that is decided. */
export const writeFinding = command(
	'evaluation.writeFinding',
	WriteFinding,
	async ({ tx, actor, now, permit, record }, { classId, statement, evidence, severity }) => {
		const { rows } = await sql<{ versionId: string; teaches: boolean }>`
			select c.version_id as "versionId", ${teachesClass(actor)} as teaches
			from classes.class c where c.agency_id = ${actor.agencyId} and c.id = ${classId}`.execute(tx);
		const of = rows[0];
		if (of === undefined) throw missing();
		permit(canWriteFindings(actor, of));
		const id = newId();
		await tx
			.insertInto('evaluation.finding')
			.values({
				agency_id: actor.agencyId,
				id,
				class_id: classId,
				version_id: of.versionId,
				statement,
				evidence,
				severity,
				owner_id: actor.personId,
				written_at: now
			})
			.execute();
		record('evaluation.findingWritten', { findingId: id });
		return { findingId: id };
	},
	{ summary: 'Write a finding about the curriculum of a class' }
);
