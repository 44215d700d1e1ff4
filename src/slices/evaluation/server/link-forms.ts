import { sql } from 'kysely';
import type { Pair } from '#kernel/statistics/pairedDifference.ts';
import type { Tx } from '#platform/db/db.ts';
import { linkedChange, marksOf, Slip, type Link } from '../linking.ts';
import type { KeptAnswer } from '../rules.ts';
import { openSlip, sealSlip } from './envelope.ts';

type Form = { answers: readonly KeptAnswer[]; link: Link | null };

const bytesOf = (address: string): Buffer => Buffer.from(address, 'hex');

/**
 * Links the forms of one box with those that the same people gave before, in memory, and keeps of it only how all of them
 * changed together. Their old slips go and new ones come, in random order and by this one transaction, so that whoever has
 * the database sees neither which slip became which nor what any of them says. `forms` come shuffled.
 */
export async function linkForms(
	tx: Tx,
	agencyId: string,
	formId: string,
	forms: readonly Form[]
): Promise<void> {
	const linked = forms.flatMap(({ answers, link }) =>
		link === null ? [] : [{ link, marks: marksOf(answers) }]
	);
	if (linked.length === 0) return;
	const slips = await takeSlips(
		tx,
		agencyId,
		linked.map(({ link }) => link)
	);
	const then = await answeredIn(tx, [...new Set([...slips.values()].map(({ form }) => form))]);
	const items = new Map<string, { pairs: Pair[]; from: Set<string> }>();
	for (const { link, marks } of linked) {
		const slip = slips.get(link.address);
		if (slip === undefined || slip.form === formId) continue;
		for (const [item, after] of Object.entries(marks)) {
			const before = slip.marks[item];
			if (before === undefined) continue;
			const of = items.get(item) ?? { pairs: [], from: new Set<string>() };
			of.pairs.push({ before, after });
			of.from.add(slip.form);
			items.set(item, of);
		}
	}
	for (const [item, { pairs, from }] of items) {
		const now = forms.filter(({ answers }) => item in marksOf(answers)).length;
		const earlier = [...from].reduce((sum, form) => sum + (then.get(`${form} ${item}`) ?? 0), 0);
		const change = linkedChange(pairs, { now, then: earlier });
		if (change === null) continue;
		await tx
			.insertInto('evaluation.reaction_change')
			.values({
				agency_id: agencyId,
				form_id: formId,
				item_code: item,
				pairs: change.pairs,
				mean_before: change.meanBefore,
				mean_after: change.meanAfter,
				spread: change.spread
			})
			.execute();
	}
	const slip = (marks: Record<string, number>) => JSON.stringify({ form: formId, marks } satisfies Slip);
	await tx
		.insertInto('evaluation.reaction_slip')
		.values(
			linked.map(({ link, marks }) => ({
				agency_id: agencyId,
				address: bytesOf(link.address),
				sealed: sealSlip(link.key, slip(marks))
			}))
		)
		// An address is made of the form and given once; whoever invents one twice has linked nothing.
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** The slips before, by the address of the new one, taken away all at once. One that another's key closed says nothing. */
async function takeSlips(tx: Tx, agencyId: string, links: readonly Link[]): Promise<Map<string, Slip>> {
	const before = links.flatMap((link) =>
		link.before === undefined ? [] : [{ ...link.before, to: link.address }]
	);
	if (before.length === 0) return new Map();
	const found = await tx
		.deleteFrom('evaluation.reaction_slip')
		.where('agency_id', '=', agencyId)
		.where(
			'address',
			'in',
			before.map(({ address }) => bytesOf(address))
		)
		.returning(['address', 'sealed'])
		.execute();
	const sealed = new Map(found.map((row) => [row.address.toString('hex'), row.sealed]));
	return new Map(
		before.flatMap(({ address, key, to }): [string, Slip][] => {
			const closed = sealed.get(address);
			const text = closed && openSlip(key, closed);
			return text === undefined ? [] : [[to, Slip.parse(JSON.parse(text))]];
		})
	);
}

/** How many answered each item in forms opened earlier, linked or not. */
async function answeredIn(tx: Tx, formIds: readonly string[]): Promise<Map<string, number>> {
	if (formIds.length === 0) return new Map();
	const ids = sql`any(${[...formIds]}::uuid[])`;
	const { rows } = await sql<{ form: string; item: string; answers: number }>`
		select class_id as form, item_code as item, count(*)::int as answers from evaluation.reaction_answer
		where agency_id = platform.current_agency() and class_id = ${ids} group by class_id, item_code
		union all
		select session_id, item_code, count(*)::int from evaluation.session_answer
		where agency_id = platform.current_agency() and session_id = ${ids} group by session_id, item_code`.execute(
		tx
	);
	return new Map(rows.map(({ form, item, answers }) => [`${form} ${item}`, answers]));
}
