import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canEditStandards } from '../../access.ts';
import { newIdentity, readDictionary } from '../../dictionary-sheet.ts';
import { ApplyDictionarySheet, ApplyStandardSheet, CheckSheet, OneImport } from '../../input.ts';
import { importKind, type DictionaryKind } from '../../model.ts';
import type { SheetProblem } from '../../sheet.ts';
import { readStandards } from '../../standards-sheet.ts';
import { unitKindsInUse } from '../queries/required.ts';
import { effectOf, Problems, type SheetEffect } from '../queries/sheets.ts';
import { competenciesToName } from '../queries/standards.ts';
import { draftOf, sortAt, writeEdition } from '../write-edition.ts';

/**
 * The dry run of a sheet: reads it and keeps what it says; nothing of a dictionary or a decree is written. What is
 * wrong is kept cell by cell. Refuses, as the field `file`: columns missing (named), no rows.
 */
export const checkSheet = command(
	'competencies.checkSheet',
	CheckSheet,
	async ({ tx, actor, now, permit, note }, { kind, fileName, rows }) => {
		permit(canEditStandards(actor));
		const read =
			kind === 'standards'
				? await readRules(tx, rows)
				: (({ competencies, ...rest }) => ({ found: competencies, ...rest }))(readDictionary(rows, kind));
		if (read.missing.length > 0)
			throw invalidField('file', 'competencies.sheet.columnsMissing', { columns: read.missing.join(', ') });
		if (read.found.length === 0) throw invalidField('file', 'competencies.sheet.noRows');
		const id = newId(now.getTime());
		await tx
			.insertInto('competencies.import')
			.values({
				agency_id: actor.agencyId,
				id,
				kind,
				file_name: fileName,
				status: 'checked',
				rows: JSON.stringify(read.found),
				problems: JSON.stringify(read.problems),
				account_id: actor.accountId,
				created_at: now
			})
			.execute();
		note({ importId: id });
		return { importId: id, problems: read.problems.length };
	},
	{ summary: 'Check a sheet of a dictionary or of standards: what it would change, and what is wrong in it' }
);

async function readRules(tx: Tx, rows: Parameters<typeof readStandards>[0]) {
	const competencies = await competenciesToName(tx);
	const { rules, ...rest } = readStandards(rows, { competencies, unitKinds: await unitKindsInUse(tx) });
	return { found: rules, ...rest };
}

/**
 * Carries a checked sheet into the draft of its dictionary (made when there is none). Competencies that the sheet lacks
 * stay, or leave the draft when asked. Refuses: applied or thrown away already, anything wrong in it, nothing to change.
 */
export const applyDictionarySheet = command(
	'competencies.applyDictionarySheet',
	ApplyDictionarySheet,
	async ({ tx, actor, now, today, permit, note }, { importId, removeMissing }) => {
		const sheet = await lockSheet(tx, actor.agencyId, importId);
		permit(canEditStandards(actor));
		if (sheet.kind === 'standards') throw missing();
		const effect = await effectOf(tx, sheet.kind, sheet.rows, sheet.problems, today);
		if (effect.kind === 'standards') throw missing();
		const changes = effect.changes.filter(
			({ kind }) => kind !== 'same' && (kind !== 'removed' || removeMissing)
		);
		refuseUnfit(effect, changes.length);
		const by = { agencyId: actor.agencyId, accountId: actor.accountId, now, today };
		const draft = await draftOf(tx, by, sheet.kind);
		// Codes may change hands inside one sheet; gone first, each finds its own free.
		const replaced = changes.flatMap(({ before }) => (before === null ? [] : [before.competencyId]));
		const sorts = await sortsOf(tx, actor.agencyId, draft.id);
		if (replaced.length > 0)
			await tx
				.deleteFrom('competencies.edition')
				.where('agency_id', '=', actor.agencyId)
				.where('dictionary_id', '=', draft.id)
				.where('competency_id', 'in', replaced)
				.execute();
		let last = Math.max(sortAt(sheet.kind, -1), ...sorts.values());
		for (const { after } of changes)
			if (after !== null)
				await writeEdition(tx, actor.agencyId, draft.id, {
					...after,
					competencyId: after.competencyId === newIdentity(after.code) ? null : after.competencyId,
					sort: sorts.get(after.competencyId) ?? ++last
				});
		await settle(tx, actor.agencyId, importId, 'applied', now, draft.id);
		note({ importId, dictionaryId: draft.id });
		return { dictionaryId: draft.id, changed: changes.length };
	},
	{ summary: 'Carry a checked sheet into the draft of a dictionary' }
);

/**
 * Makes a draft decree of the rules in a sheet that differ from those in force. Refuses: applied or thrown away already,
 * anything wrong in it, nothing to change.
 */
export const applyStandardSheet = command(
	'competencies.applyStandardSheet',
	ApplyStandardSheet,
	async ({ tx, actor, now, today, permit, note }, { importId, name, legalBasis, validFrom }) => {
		const sheet = await lockSheet(tx, actor.agencyId, importId);
		permit(canEditStandards(actor));
		const effect = await effectOf(tx, sheet.kind, sheet.rows, sheet.problems, today);
		if (effect.kind !== 'standards') throw missing();
		const changed = effect.rules.filter(({ kind }) => kind !== 'same').map(({ rule }) => rule);
		refuseUnfit(effect, changed.length);
		const standardId = newId(now.getTime());
		await tx
			.insertInto('competencies.standard')
			.values({
				agency_id: actor.agencyId,
				id: standardId,
				name,
				legal_basis: legalBasis,
				valid_from: validFrom,
				status: 'draft',
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		for (let from = 0; from < changed.length; from += 500)
			await tx
				.insertInto('competencies.standard_rule')
				.values(
					changed.slice(from, from + 500).map((rule) => ({
						agency_id: actor.agencyId,
						id: newId(),
						standard_id: standardId,
						post_title: rule.postTitle,
						unit_kind: rule.unitKind,
						post_level: rule.postLevel,
						post_kind: rule.postKind,
						competency_id: rule.competencyId,
						level: rule.level
					}))
				)
				.execute();
		await settle(tx, actor.agencyId, importId, 'applied', now, standardId);
		note({ importId, standardId });
		return { standardId, changed: changed.length };
	},
	{ summary: 'Make a draft decree of the rules of a checked sheet that differ from those in force' }
);

export const discardSheet = command(
	'competencies.discardSheet',
	OneImport,
	async ({ tx, actor, now, permit, note }, { importId }) => {
		await lockSheet(tx, actor.agencyId, importId);
		permit(canEditStandards(actor));
		await settle(tx, actor.agencyId, importId, 'discarded', now, null);
		note({ importId });
		return {};
	},
	{ summary: 'Throw a checked sheet away' }
);

function refuseUnfit(effect: SheetEffect, changes: number): void {
	if (effect.problems.length > 0)
		throw refused('competencies.sheet.hasProblems', { count: effect.problems.length });
	if (changes === 0) throw refused('competencies.sheet.nothing');
}

type Locked = { kind: 'standards' | DictionaryKind; rows: unknown; problems: SheetProblem[] };

async function lockSheet(tx: Tx, agencyId: string, importId: string): Promise<Locked> {
	const row = await tx
		.selectFrom('competencies.import')
		.select(['kind', 'status', 'rows', 'problems'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', importId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	if (row.status !== 'checked') throw refused('competencies.sheet.done');
	return { kind: importKind(row.kind), rows: row.rows, problems: Problems.parse(row.problems) };
}

const settle = (
	tx: Tx,
	agencyId: string,
	importId: string,
	status: 'applied' | 'discarded',
	now: Date,
	resultId: string | null
) =>
	tx
		.updateTable('competencies.import')
		.set({ status, applied_at: now, result_id: resultId })
		.where('agency_id', '=', agencyId)
		.where('id', '=', importId)
		.execute();

async function sortsOf(tx: Tx, agencyId: string, dictionaryId: string): Promise<Map<string, number>> {
	const rows = await tx
		.selectFrom('competencies.edition')
		.select(['competency_id', 'sort'])
		.where('agency_id', '=', agencyId)
		.where('dictionary_id', '=', dictionaryId)
		.execute();
	return new Map(rows.map((row) => [row.competency_id, row.sort]));
}
