import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canKeepCodes } from '../../focus-access.ts';
import { STARTER_CODES } from '../../focus-guides.ts';
import { ChangeCode, MergeCodes, SplitCode, TakeCodes, WriteCode } from '../../focus-input.ts';

constraintMeans('theme_code_agency_id_code_key', 'evaluation.codebook.taken');

/** Refuses: the short name is taken. */
export const writeCode = command(
	'evaluation.writeCode',
	WriteCode,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canKeepCodes(actor));
		const id = newId(now.getTime());
		await tx
			.insertInto('evaluation.theme_code')
			.values({ agency_id: actor.agencyId, id, ...input, created_at: now })
			.execute();
		note({ codeId: id });
		return { codeId: id };
	},
	{ summary: 'Add a code to the codebook' }
);

/** Codes to begin with; those whose short name the codebook has already are left as they are. */
export const takeCodes = command(
	'evaluation.takeCodes',
	TakeCodes,
	async ({ tx, actor, now, permit, note }) => {
		permit(canKeepCodes(actor));
		const taken = await tx
			.insertInto('evaluation.theme_code')
			.values(
				STARTER_CODES.map((code) => ({
					agency_id: actor.agencyId,
					id: newId(now.getTime()),
					...code,
					created_at: now
				}))
			)
			.onConflict((conflict) => conflict.columns(['agency_id', 'code']).doNothing())
			.returning('id')
			.execute();
		note({ codes: taken.length });
		return { count: taken.length };
	},
	{ summary: 'Begin a codebook with the codes that come with the system' }
);

/** Refuses: merged into another, the short name is taken. What was coded stays coded. */
export const changeCode = command(
	'evaluation.changeCode',
	ChangeCode,
	async ({ tx, actor, permit, note }, { codeId, ...input }) => {
		const code = await lockCode(tx, actor, codeId);
		permit(canKeepCodes(actor));
		if (code.mergedInto !== null) throw refused('evaluation.codebook.merged');
		await tx
			.updateTable('evaluation.theme_code')
			.set(input)
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', codeId)
			.execute();
		note({ codeId });
		return {};
	},
	{ summary: 'Change a code of the codebook' }
);

/**
 * One code counts as another from now on, also where it was given before; passages keep the code that they were given,
 * so that it can be undone. Refuses: itself, either of them merged already, into one that is not used any more.
 */
export const mergeCodes = command(
	'evaluation.mergeCodes',
	MergeCodes,
	async ({ tx, actor, now, permit, note }, { codeId, intoId }) => {
		// In one order whoever comes first, so that two people merging crosswise do not wait for each other.
		const [low, high] = codeId < intoId ? [codeId, intoId] : [intoId, codeId];
		const locked = [
			await lockCode(tx, actor, low),
			...(low === high ? [] : [await lockCode(tx, actor, high)])
		];
		permit(canKeepCodes(actor));
		const into = locked.find(({ id }) => id === intoId);
		if (low === high || locked.some(({ mergedInto }) => mergedInto !== null))
			throw refused('evaluation.codebook.merged');
		if (into?.active !== true) throw refused('evaluation.codebook.notUsed');
		await tx
			.updateTable('evaluation.theme_code')
			.set({ active: false, merged_into: intoId, merged_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', codeId)
			.execute();
		note({ codeId, intoId });
		return {};
	},
	{ summary: 'Let one code count as another' }
);

/** Undoes a merge: the code counts by itself again. Refuses: it was not merged. */
export const splitCode = command(
	'evaluation.splitCode',
	SplitCode,
	async ({ tx, actor, permit, note }, { codeId }) => {
		const code = await lockCode(tx, actor, codeId);
		permit(canKeepCodes(actor));
		if (code.mergedInto === null) throw refused('evaluation.codebook.notMerged');
		await tx
			.updateTable('evaluation.theme_code')
			.set({ active: true, merged_into: null, merged_at: null })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', codeId)
			.execute();
		note({ codeId });
		return {};
	},
	{ summary: 'Let a merged code count by itself again' }
);

async function lockCode(tx: Tx, actor: Actor, codeId: string) {
	const code = await tx
		.selectFrom('evaluation.theme_code')
		.select(['id', 'active', 'merged_into as mergedInto'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', codeId)
		.forUpdate()
		.executeTakeFirst();
	if (code === undefined) throw missing();
	return code;
}
