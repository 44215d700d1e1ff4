import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { isFor } from '#slices/classes/public.server.ts';
import { canReact } from '../../access.ts';
import { React } from '../../input.ts';
import type { FormKey } from '../../model.ts';
import { readAnswers, takeReaction } from '../../rules.ts';
import { formEnd } from '../class-end.ts';
import { leastOf, newBox, sealEnvelope } from '../envelope.ts';
import { itemsOfVersion, versionOfForm } from '../form-items.ts';
import { tablesOf, type FormTables } from '../form-tables.ts';
import { makeBox, markGiven, putEnvelope } from '../form-writes.ts';

// Two devices at the same moment: the second is told, like anybody who comes back.
constraintMeans('reaction_given_pkey', 'evaluation.reaction.alreadyGiven');
constraintMeans('session_given_pkey', 'evaluation.reaction.alreadyGiven');

/**
 * A participant's reaction to a class or to one of its sessions, once: the mark that they answered, and a sealed envelope
 * which nothing in the database opens; no event, no audit line, no idempotency key (docs/decisions/0010). Refuses: no seat
 * in the class, or none in that session (404), not open, given before, the box was opened already.
 */
export const react = command(
	'evaluation.react',
	React,
	async ({ tx, actor, now, today, permit }, { classId, sessionId = null, answers, link }) => {
		const form: FormKey = { classId, sessionId };
		const tables = tablesOf(form);
		const seat = await seatOf(tx, form, actor.personId);
		permit(canReact(actor, seat));
		// Shared: many put in at once; whoever opens the box, or chooses another form for it, waits for them.
		await sql`select pg_advisory_xact_lock_shared(hashtextextended('box:' || ${tables.id}::text, 0))`.execute(
			tx
		);
		if (await hasGiven(tx, tables, seat.personId)) throw refused('evaluation.reaction.alreadyGiven');
		const end = await formEnd(tx, form);
		const versionId = await versionOfForm(tx, form);
		if (end === undefined || versionId === null) throw missing();
		takeReaction(end, now, today);
		const items = await itemsOfVersion(tx, versionId);
		const kept = readAnswers(items, answers);
		const of = { ...form, agency: actor.agencyId };
		const publicKey = await openBoxOf(tx, of, tables, versionId);
		await markGiven(tx, of, seat.personId, today);
		const text = JSON.stringify({ answers: kept, link: link ?? null });
		await putEnvelope(tx, of, sealEnvelope(publicKey, text, leastOf(items)));
		return {};
	},
	{ audit: 'withoutActor', summary: 'Give one’s reaction to a class or a session, anonymously and once' }
);

/** Not locked: a locked row carries the number of the transaction. The mark's primary key guards against the second click. */
async function seatOf(
	tx: Tx,
	{ classId, sessionId }: FormKey,
	personId: string | null
): Promise<{ personId: string }> {
	const { rows } = await sql<{ personId: string }>`
		select r.person_id as "personId"
		from classes.registration r
		where r.agency_id = platform.current_agency() and r.class_id = ${classId} and r.person_id = ${personId}::uuid
			and r.status in ('enrolled', 'passed', 'failed')
			and (${sessionId}::uuid is null or exists (select from classes.session s
				where s.agency_id = r.agency_id and s.class_id = r.class_id and s.id = ${sessionId}::uuid and ${isFor('r')}))`.execute(
		tx
	);
	const seat = rows[0];
	if (seat === undefined) throw missing();
	return seat;
}

async function hasGiven(tx: Tx, tables: FormTables, personId: string): Promise<boolean> {
	const { rows } = await sql`
		select from ${tables.given}
		where agency_id = platform.current_agency() and ${tables.column} = ${tables.id} and person_id = ${personId}`.execute(
		tx
	);
	return rows.length > 0;
}

/** The box to put an envelope in, made by who comes first, for the version of the form that they were shown. */
async function openBoxOf(
	tx: Tx,
	of: FormKey & { agency: string },
	tables: FormTables,
	versionId: string
): Promise<Buffer> {
	const find = async () =>
		(
			await sql<{ publicKey: Buffer; openedOn: string | null }>`
				select public_key as "publicKey", opened_on as "openedOn" from ${tables.box}
				where agency_id = ${of.agency} and ${tables.column} = ${tables.id}`.execute(tx)
		).rows[0];
	let box = await find();
	if (box === undefined) {
		await makeBox(tx, of, { versionId, ...newBox() });
		box = await find();
	}
	if (box === undefined || box.openedOn !== null) throw refused('evaluation.reaction.over');
	return box.publicKey;
}
