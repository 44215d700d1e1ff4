import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { z } from 'zod';
import { canEditStandards, canPropose } from '../../access.ts';
import { DecideProposal, ProposeCompetency } from '../../input.ts';
import { proposalStatus } from '../../model.ts';
import { decided, nextCode } from '../../rules.ts';
import { draftOf, sortAt, writeEdition } from '../write-edition.ts';

/**
 * A unit asks for a technical competency, or for other words of one. It waits for BKPSDM's decision. Refuses: a unit
 * that is not the actor's to speak for; a competency that is not technical.
 */
export const proposeCompetency = command(
	'competencies.proposeCompetency',
	ProposeCompetency,
	async ({ tx, actor, now, permit, record }, { unitId, competencyId, levels, ...typed }) => {
		const unit = await tx
			.selectFrom('people.unit')
			.select('path')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', unitId)
			.executeTakeFirst();
		if (unit === undefined) throw missing();
		permit(canPropose(actor, unit.path));
		if (competencyId !== undefined) {
			const known = await tx
				.selectFrom('competencies.competency')
				.select('id')
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', competencyId)
				.where('family', '=', 'technical')
				.executeTakeFirst();
			if (known === undefined) throw missing();
		}
		const id = newId(now.getTime());
		await tx
			.insertInto('competencies.proposal')
			.values({
				agency_id: actor.agencyId,
				id,
				competency_id: competencyId ?? null,
				unit_id: unitId,
				...typed,
				levels: JSON.stringify(levels),
				status: 'waiting',
				proposed_by: actor.personId,
				proposed_at: now
			})
			.execute();
		record('competencies.proposed', { proposalId: id });
		return { proposalId: id };
	},
	{ summary: 'Propose a technical competency for a unit' }
);

const Levels = z.array(
	z.object({ level: z.number(), headline: z.string(), indicators: z.array(z.string()) })
);

/**
 * Decides with a note that the proposer reads. Approved, it joins the draft of the technical dictionary (made when
 * there is none) and holds once that is put in force. Refuses: decided already; a code that another one has.
 */
export const decideProposal = command(
	'competencies.decideProposal',
	DecideProposal,
	async ({ tx, actor, now, today, permit, record }, { proposalId, decision, note, code }) => {
		const proposal = await tx
			.selectFrom('competencies.proposal')
			.selectAll()
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', proposalId)
			.forUpdate()
			.executeTakeFirst();
		if (proposal === undefined) throw missing();
		permit(canEditStandards(actor));
		const status = decided({ status: proposalStatus(proposal.status) }, decision);
		await tx
			.updateTable('competencies.proposal')
			.set({ status, note, decided_at: now, decided_by: actor.accountId, decided_by_name: actor.name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', proposalId)
			.execute();
		record('competencies.proposalDecided', { proposalId });
		if (status === 'declined') return { proposalId, dictionaryId: null };
		const by = { agencyId: actor.agencyId, accountId: actor.accountId, now, today };
		const draft = await draftOf(tx, by, 'technical');
		const known = await tx
			.selectFrom('competencies.edition')
			.select(['competency_id', 'code', 'name_en', 'sort'])
			.where('agency_id', '=', actor.agencyId)
			.where('dictionary_id', '=', draft.id)
			.execute();
		const old = known.find((edition) => edition.competency_id === proposal.competency_id);
		await writeEdition(tx, actor.agencyId, draft.id, {
			competencyId: proposal.competency_id,
			code: code ?? old?.code ?? nextCode(known.map((edition) => edition.code)),
			family: 'technical',
			area: proposal.area,
			name: proposal.name,
			nameEn: old?.name_en ?? '',
			definition: proposal.definition,
			levels: Levels.parse(proposal.levels),
			sort: old?.sort ?? Math.max(sortAt('technical', -1), ...known.map(({ sort }) => sort)) + 1,
			proposalId
		});
		return { proposalId, dictionaryId: draft.id };
	},
	{ summary: 'Approve or decline a proposed technical competency' }
);
