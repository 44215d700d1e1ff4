import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canSeeGroup, canWorkOn, codesSecond } from '../../focus-access.ts';
import { AddPassages, ChangePassage, CodePassages, DropPassage, GroupStep } from '../../focus-input.ts';
import type { Round } from '../../focus-model.ts';
import { agreementOf, passagesIn, personalLines, seemsPersonal } from '../../focus-rules.ts';
import { lockGroup, lockGroupOf, stillCoding } from '../focus-lock.ts';
import { ROOTS } from '../focus-themes.ts';

const MOST = 400;
/** A browser sends line ends of its own. */
const plainLines = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/**
 * What was said, one passage a line with the speaker's label before a colon. Refuses: coding is finished; lines that
 * seem to tell who somebody is, unless that was looked at; such a line is never marked for others.
 */
export const addPassages = command(
	'evaluation.addPassages',
	AddPassages,
	async ({ tx, actor, now, permit, note }, { groupId, lines, question, shareable, keep }) => {
		const group = await lockGroup(tx, actor, groupId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		stillCoding(group);
		const passages = passagesIn(lines);
		const wrong = passages.flatMap(({ line, said }) => (said.length < 3 || said.length > 1000 ? [line] : []));
		if (passages.length === 0 || wrong.length > 0)
			throw invalidField('lines', 'evaluation.focus.lineLength', { lines: wrong.join(', ') || '1' });
		const personal = personalLines(passages);
		if (!keep && personal.length > 0)
			throw invalidField('lines', 'evaluation.focus.linesPersonal', { lines: personal.join(', ') });
		const { count, next } = await heldBy(tx, actor, groupId);
		if (count + passages.length > MOST) throw refused('evaluation.focus.tooMany', { most: MOST });
		await tx
			.insertInto('evaluation.focus_passage')
			.values(
				passages.map(({ line, speaker, said }, at) => ({
					agency_id: actor.agencyId,
					id: newId(now.getTime()),
					group_id: groupId,
					sort: next + at,
					question: question ?? null,
					said,
					speaker,
					shareable: shareable && !personal.includes(line)
				}))
			)
			.execute();
		note({ groupId, passages: passages.length });
		return { count: passages.length };
	},
	{ summary: 'Add what was said in a focus group' }
);

/** How many passages there are, and the place of the next one, which is further on where some were taken out. */
async function heldBy(tx: Tx, actor: Actor, groupId: string): Promise<{ count: number; next: number }> {
	const { rows } = await sql<{ count: number; next: number }>`
		select count(*)::int as count, coalesce(max(sort) + 1, 0)::int as next from evaluation.focus_passage
		where agency_id = ${actor.agencyId} and group_id = ${groupId}`.execute(tx);
	return rows[0] ?? { count: 0, next: 0 };
}

/**
 * Refuses: somebody corrected it since, coding is finished, though whether others may read it may be changed then too; see
 * `addPassages`.
 */
export const changePassage = command(
	'evaluation.changePassage',
	ChangePassage,
	async ({ tx, actor, permit, note }, { passageId, said, speaker, question, shareable, keep, seen }) => {
		const group = await lockGroupOf(tx, actor, passageId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		if (seen !== undefined && plainLines(seen) !== plainLines(group.said))
			throw refused('evaluation.focus.passageStale');
		const personal = seemsPersonal(`${speaker ?? ''} ${said}`).length > 0;
		if (personal && shareable) throw invalidField('shareable', 'evaluation.focus.notShareable');
		if (personal && !keep) throw invalidField('said', 'evaluation.focus.seemsPersonal');
		const open = group.finishedAt === null;
		await tx
			.updateTable('evaluation.focus_passage')
			.set({ shareable, ...(open ? { said, speaker: speaker ?? null, question: question ?? null } : {}) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', passageId)
			.execute();
		note({ groupId: group.id, passageId });
		return {};
	},
	{ summary: 'Correct a passage, or let others read it' }
);

export const dropPassage = command(
	'evaluation.dropPassage',
	DropPassage,
	async ({ tx, actor, permit, note }, { passageId }) => {
		const group = await lockGroupOf(tx, actor, passageId, (found) => canSeeGroup(actor, found));
		permit(canWorkOn(actor, group));
		stillCoding(group);
		await tx
			.deleteFrom('evaluation.focus_passage')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', passageId)
			.execute();
		note({ groupId: group.id });
		return {};
	},
	{ summary: 'Remove a passage from a focus group' }
);

/**
 * Gives passages these codes: the second coder's stay apart, everybody else's are the ones that count. Who says what they
 * saw changes only what they ticked or unticked; who does not gives these codes and no others.
 * Refuses: coding is finished or handed over, a passage of another group, a code that is not used any more.
 */
export const codePassages = command(
	'evaluation.codePassages',
	CodePassages,
	async ({ tx, actor, now, permit, note }, { groupId, coded }) => {
		const group = await lockGroup(tx, actor, groupId, (found) => canSeeGroup(actor, found));
		const round: Round = codesSecond(actor, group) ? 2 : 1;
		permit(round === 2 || canWorkOn(actor, group));
		stillCoding(group);
		if (round === 2 && group.secondDoneAt !== null) throw refused('evaluation.focus.handedOver');
		await refuseForeign(tx, actor, groupId, coded);
		const ids = coded.map(({ passageId }) => passageId);
		const pairs = coded.flatMap(({ passageId, codes, seen }) =>
			[...new Set(codes)].filter((codeId) => !seen?.includes(codeId)).map((codeId) => ({ passageId, codeId }))
		);
		const whole = coded.filter(({ seen }) => seen === undefined).map(({ passageId }) => passageId);
		const unticked = coded.flatMap(({ passageId, codes, seen = [] }) =>
			seen.filter((codeId) => !codes.includes(codeId)).map((codeId) => ({ passageId, codeId }))
		);
		await sql`
			delete from evaluation.passage_code x where x.agency_id = ${actor.agencyId} and x.round = ${round}
				and ((x.passage_id = any(${whole}::uuid[])
						and (x.passage_id, x.code_id) <> all (select * from unnest(${pairs.map(({ passageId }) => passageId)}::uuid[], ${pairs.map(({ codeId }) => codeId)}::uuid[])))
					or (x.passage_id, x.code_id) in (select * from unnest(${unticked.map(({ passageId }) => passageId)}::uuid[], ${unticked.map(({ codeId }) => codeId)}::uuid[])))
				and exists (select from evaluation.theme_code k where k.agency_id = x.agency_id and k.id = x.code_id and k.active)`.execute(
			tx
		);
		await sql`
			insert into evaluation.passage_code (agency_id, passage_id, code_id, round, coded_at)
			select ${actor.agencyId}, x.passage_id, x.code_id, ${round}, ${now}
			from unnest(${pairs.map(({ passageId }) => passageId)}::uuid[], ${pairs.map(({ codeId }) => codeId)}::uuid[]) as x (passage_id, code_id)
			on conflict do nothing`.execute(tx);
		note({ groupId, passages: ids.length });
		return { count: ids.length };
	},
	{ summary: 'Give passages of a focus group their codes' }
);

async function refuseForeign(
	tx: Tx,
	actor: Actor,
	groupId: string,
	coded: readonly { passageId: string; codes: readonly string[] }[]
): Promise<void> {
	const ids = [...new Set(coded.map(({ passageId }) => passageId))];
	const codes = [...new Set(coded.flatMap((one) => one.codes))];
	const { rows } = await sql<{ passages: number; codes: number }>`
		select (select count(*)::int from evaluation.focus_passage where agency_id = ${actor.agencyId} and group_id = ${groupId} and id = any(${ids}::uuid[])) as passages,
			(select count(*)::int from evaluation.theme_code where agency_id = ${actor.agencyId} and active and id = any(${codes}::uuid[])) as codes`.execute(
		tx
	);
	if (rows[0]?.passages !== ids.length) throw missing();
	if (rows[0].codes !== codes.length) throw refused('evaluation.codebook.notUsed');
}

/** The second coder has coded all they wish: from now on both see both, and how far they agreed stands as it was. */
export const handOverCodes = command(
	'evaluation.handOverCodes',
	GroupStep,
	async ({ tx, actor, now, permit, note }, { groupId }) => {
		const group = await lockGroup(tx, actor, groupId, (found) => canSeeGroup(actor, found));
		permit(codesSecond(actor, group));
		stillCoding(group);
		if (group.secondDoneAt !== null) throw refused('evaluation.focus.handedOver');
		const { rows } = await sql<{ first: string[]; second: string[] }>`
			with recursive ${ROOTS}
			select array_remove(array_agg(distinct r.root) filter (where x.round = 1), null) as first,
				array_remove(array_agg(distinct r.root) filter (where x.round = 2), null) as second
			from evaluation.focus_passage p
			left join evaluation.passage_code x on x.agency_id = p.agency_id and x.passage_id = p.id
			left join root r on r.id = x.code_id
			where p.agency_id = ${actor.agencyId} and p.group_id = ${groupId}
			group by p.id`.execute(tx);
		const passages = rows.map(({ first, second }) => ({
			first: new Set(first ?? []),
			second: new Set(second ?? [])
		}));
		if (passages.every(({ second }) => second.size === 0)) throw refused('evaluation.focus.nothingCoded');
		await tx
			.updateTable('evaluation.focus_group')
			.set({ second_done_at: now, agreement: JSON.stringify(agreementOf(passages)) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', groupId)
			.execute();
		note({ groupId });
		return {};
	},
	{ summary: 'Hand over the second codes of a focus group' }
);
