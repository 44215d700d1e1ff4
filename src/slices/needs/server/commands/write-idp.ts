import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { handedIn, idpEditable, idpStatus, idpStep, withReason, type IdpStatus } from '../../idp.ts';
import { DecideIdp, SaveIdp, SubmitIdp } from '../../need-input.ts';
import { canDecideIdp, canWriteIdp } from '../../proposal-access.ts';

constraintMeans('idp_one_a_year', 'needs.idp.justBegun');

/** One's own plan of a year, begun or changed as a whole, and handed in if so wished. Refuses: handed in, agreed or declined already; handed in without a line. */
export const saveIdp = command(
	'needs.saveIdp',
	SaveIdp,
	async ({ tx, actor, now, permit, note, record }, input) => {
		const lines = input.lines.filter((line) => line !== null);
		const personId = actor.personId ?? '';
		const known = actor.personId === null ? undefined : await idpOfYear(tx, personId, input.year);
		permit(canWriteIdp(actor, personId));
		if (known) idpEditable(known.status);
		const id = known?.id ?? newId(now.getTime());
		if (known)
			await tx
				.updateTable('needs.idp')
				.set({ career_target: input.careerTarget })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', id)
				.execute();
		else {
			await tx
				.insertInto('needs.idp')
				.values({
					agency_id: actor.agencyId,
					id,
					person_id: personId,
					year: input.year,
					career_target: input.careerTarget,
					status: 'draft',
					created_at: now
				})
				.execute();
			await keepIdpStep(tx, actor, now, { id, from: '', to: 'draft', note: '' });
		}
		await sql`delete from needs.idp_line where agency_id = ${actor.agencyId} and idp_id = ${id}`.execute(tx);
		if (lines.length > 0)
			await tx
				.insertInto('needs.idp_line')
				.values(
					lines.map((line, at) => ({
						agency_id: actor.agencyId,
						idp_id: id,
						sort: at + 1,
						competency_id: line.competencyId ?? null,
						topic: line.topic,
						form: line.form,
						learning_hours: line.learningHours,
						quarter: line.quarter,
						reason: line.reason
					}))
				)
				.execute();
		note({ idpId: id });
		if (input.handIn) {
			const idp = { id, status: known?.status ?? 'draft' };
			await handIn({ tx, actor, now, record }, idp, lines.length);
		}
		return { idpId: id, handedIn: input.handIn };
	},
	{ summary: 'Write one’s individual development plan of a year' }
);

/** Hands it to the supervisor. Refuses: no line; handed in already. */
export const submitIdp = command(
	'needs.submitIdp',
	SubmitIdp,
	async ({ tx, actor, now, permit, record }, { idpId }) => {
		const idp = await lockIdp(tx, idpId);
		permit(canWriteIdp(actor, idp.personId));
		const lines = await tx
			.selectFrom('needs.idp_line')
			.select('sort')
			.where('agency_id', '=', actor.agencyId)
			.where('idp_id', '=', idpId)
			.execute();
		await handIn({ tx, actor, now, record }, idp, lines.length);
		return { idpId };
	},
	{ summary: 'Hand one’s individual plan to the supervisor' }
);

/** The supervisor agrees, asks for a change or refuses; the latter two with a note. Refuses: decided already. */
export const decideIdp = command(
	'needs.decideIdp',
	DecideIdp,
	async ({ tx, actor, now, permit, record }, { idpId, decision, note: why }) => {
		const idp = await lockIdp(tx, idpId);
		permit(canDecideIdp(actor, idp));
		const change = idpStep(idp.status, decision);
		withReason(decision, why);
		await moveIdp(tx, actor, now, idp, { ...change, decided_by: actor.personId, decided_at: now }, why);
		record('needs.idpDecided', { idpId });
		return { idpId };
	},
	{ summary: 'Agree to an individual plan, ask for a change, or decline it' }
);

async function handIn(
	{ tx, actor, now, record }: Pick<Beam, 'tx' | 'actor' | 'now' | 'record'>,
	idp: Pick<LockedIdp, 'id' | 'status'>,
	lines: number
): Promise<void> {
	const change = idpStep(idp.status, 'submitted');
	handedIn(lines);
	await moveIdp(tx, actor, now, idp, { ...change, submitted_at: now }, '');
	record('needs.idpSubmitted', { idpId: idp.id });
}

type LockedIdp = {
	id: string;
	status: IdpStatus;
	personId: string;
	supervisorId: string | null;
	unitPath: string;
};

async function lockIdp(tx: Tx, idpId: string): Promise<LockedIdp> {
	const { rows } = await sql<Omit<LockedIdp, 'status'> & { status: string }>`
		select i.id, i.status, i.person_id as "personId", s.supervisor_id as "supervisorId", s.unit_path::text as "unitPath"
		from needs.idp i
		join people.staff s on s.agency_id = i.agency_id and s.person_id = i.person_id
		where i.agency_id = (select platform.current_agency()) and i.id = ${idpId} for update of i`.execute(tx);
	const row = rows[0];
	if (row === undefined) throw missing();
	return { ...row, status: idpStatus(row.status) };
}

async function idpOfYear(tx: Tx, personId: string, year: number) {
	const row = await tx
		.selectFrom('needs.idp')
		.select(['id', 'status'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('person_id', '=', personId)
		.where('year', '=', year)
		.forUpdate()
		.executeTakeFirst();
	return row && { id: row.id, status: idpStatus(row.status) };
}

type Change = { status: IdpStatus; submitted_at?: Date; decided_at?: Date; decided_by?: string | null };

async function moveIdp(
	tx: Tx,
	actor: Actor,
	now: Date,
	idp: Pick<LockedIdp, 'id' | 'status'>,
	change: Change,
	why: string
): Promise<void> {
	await tx
		.updateTable('needs.idp')
		.set(change)
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', idp.id)
		.execute();
	await keepIdpStep(tx, actor, now, { id: idp.id, from: idp.status, to: change.status, note: why });
}

async function keepIdpStep(
	tx: Tx,
	actor: Actor,
	now: Date,
	step: { id: string; from: IdpStatus | ''; to: IdpStatus; note: string }
): Promise<void> {
	if (actor.personId === null) throw refused('needs.idp.nobody');
	await tx
		.insertInto('needs.idp_step')
		.values({
			agency_id: actor.agencyId,
			id: newId(now.getTime()),
			idp_id: step.id,
			from_status: step.from,
			to_status: step.to,
			changed_by: actor.personId,
			at: now,
			note: step.note
		})
		.execute();
}
