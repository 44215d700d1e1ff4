import { sql } from 'kysely';
import type { Pair } from '#kernel/statistics/pairedDifference.ts';
import type { Tx } from '#platform/db/db.ts';
import { linkedChange, marksOf, Slip, type Link } from '../linking.ts';
import type { KeptAnswer } from '../rules.ts';
import { openSlip, sealSlip } from './envelope.ts';

type Form = { answers: readonly KeptAnswer[]; link: Link | null };
/** A pair of marks, the form that the first is of, whether that was told there, and the address of the slip to come. */
type Linked = Pair & { from: string; told: boolean; to: string };

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
	// One box after another: what another tells of the same forms must be seen here.
	await sql`select pg_advisory_xact_lock(hashtextextended('slips:' || ${agencyId}::text, 0))`.execute(tx);
	const slips = await takeSlips(
		tx,
		agencyId,
		linked.map(({ link }) => link)
	);
	const told = await toldOf(tx, [...new Set([...slips.values()].map(({ form }) => form))]);
	const items = new Map<string, Linked[]>();
	for (const { link, marks } of linked) {
		const slip = slips.get(link.address);
		if (slip === undefined || slip.form === formId) continue;
		for (const [item, after] of Object.entries(marks)) {
			const before = slip.marks[item];
			// Marks that were told as the before of another form are left alone: they would be told in two groups.
			if (before === undefined || told.get(`${slip.form} ${item}`)?.asBefore) continue;
			const pair = { before, after, from: slip.form, told: slip.told.includes(item), to: link.address };
			items.set(item, [...(items.get(item) ?? []), pair]);
		}
	}
	const toldNow = new Map<string, string[]>();
	for (const [item, pairs] of items) {
		const now = forms.filter(({ answers }) => item in marksOf(answers)).length;
		const from = Map.groupBy(pairs, (pair) => pair.from);
		const sources = [...from].map(([form, own]) => ({
			answered: told.get(`${form} ${item}`)?.answered ?? 0,
			pairs: own.length,
			told: told.get(`${form} ${item}`)?.pairs ?? 0,
			toldPairs: own.filter((pair) => pair.told).length
		}));
		const change = linkedChange(pairs, now, sources);
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
				spread: change.spread,
				earlier: [...from.keys()].toSorted()
			})
			.execute();
		for (const { to } of pairs) toldNow.set(to, [...(toldNow.get(to) ?? []), item]);
	}
	const slip = (marks: Record<string, number>, address: string) =>
		JSON.stringify({ form: formId, marks, told: toldNow.get(address) ?? [] } satisfies Slip);
	await tx
		.insertInto('evaluation.reaction_slip')
		.values(
			linked.map(({ link, marks }) => ({
				agency_id: agencyId,
				address: bytesOf(link.address),
				sealed: sealSlip(link.key, slip(marks, link.address))
			}))
		)
		// An address is made of the form and given once; whoever invents one twice has linked nothing.
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/**
 * The slips before, by the address of the new one, taken away all at once. One that another's key closed says nothing; nor
 * does one that was closed before slips said what was told of them.
 */
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
			const slip = text === undefined ? undefined : Slip.safeParse(JSON.parse(text)).data;
			return slip === undefined ? [] : [[to, slip]];
		})
	);
}

type Told = { answered: number; pairs: number; asBefore: boolean };

/**
 * What is told of each form and item: how many answered it, linked or not, how many of them changed since the form before,
 * and whether they were the before of another form. By form and item.
 */
async function toldOf(tx: Tx, formIds: readonly string[]): Promise<Map<string, Told>> {
	if (formIds.length === 0) return new Map();
	const ids = sql`${[...formIds]}::uuid[]`;
	const { rows } = await sql<Told & { form: string; item: string }>`
		select a.form, a.item, a.answered, coalesce(c.pairs, 0) as pairs,
			exists (select from evaluation.reaction_change e
				where e.agency_id = platform.current_agency() and e.item_code = a.item and a.form = any(e.earlier)) as "asBefore"
		from (
			select class_id as form, item_code as item, count(*)::int as answered from evaluation.reaction_answer
			where agency_id = platform.current_agency() and class_id = any(${ids}) group by class_id, item_code
			union all
			select session_id, item_code, count(*)::int from evaluation.session_answer
			where agency_id = platform.current_agency() and session_id = any(${ids}) group by session_id, item_code
		) a
		left join evaluation.reaction_change c on c.agency_id = platform.current_agency() and c.form_id = a.form and c.item_code = a.item`.execute(
		tx
	);
	return new Map(rows.map(({ form, item, ...row }) => [`${form} ${item}`, row]));
}
