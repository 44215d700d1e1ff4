import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf, type CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { paperFacts } from '../document/build.ts';
import type { Lesson, Participant } from '../document/lesson.ts';
import { ADDRESSED, type PaperKind, type Parts } from '../model.ts';
import { linesOf, numberOf } from '../rules.ts';
import { settingOn } from './settings.ts';

// Two series with one pattern would print the same number twice: the database refuses the second.
constraintMeans('paper_number', 'papers.number.taken');

export type ToIssue = {
	/** Of a draft that becomes a paper; undefined for a letter of a batch, which has never been one. */
	draftId?: string;
	unitId: string | null;
	personId: string | null;
	people: readonly Participant[];
	parts: Parts;
};

/**
 * Issues papers of one kind: takes their numbers in this transaction, freezes what is printed, says whom they are for.
 * The counter's row is locked until the transaction ends, so numbers neither repeat nor skip; what is rolled back
 * leaves no hole. Answers the ids, in order. Refuses: no letterhead, no numbering, no signatory on that day.
 */
export async function issuePapers(
	tx: Tx,
	actor: Actor,
	{
		kind,
		lesson,
		items,
		today,
		now,
		batchId = null
	}: {
		kind: PaperKind;
		lesson: Lesson;
		items: readonly ToIssue[];
		today: CivilDate;
		now: Date;
		batchId?: string | null;
	}
): Promise<string[]> {
	const { letterhead, numbering, signatory } = await settingOn(tx, kind, today);
	if (letterhead === null) throw refused('papers.issue.noLetterhead');
	if (numbering === null) throw refused('papers.issue.noNumbering');
	if (signatory === null) throw refused('papers.issue.noSignatory');
	const year = yearOf(today);
	const first = await nextNumbers(tx, actor.agencyId, `paper:${numbering.series}`, year, items.length);
	const rows = items.map((item, at) => {
		const number = numberOf(numbering.pattern, first + at, today);
		return {
			id: item.draftId ?? newId(now.getTime()),
			item,
			counter: first + at,
			number,
			facts: paperFacts({
				kind,
				lesson,
				parts: item.parts,
				people: item.people,
				alone: item.personId !== null,
				letterhead,
				signatory,
				copies: linesOf(numbering.copies),
				number,
				on: today
			})
		};
	});
	await sql`
		insert into papers.paper (agency_id, id, class_id, kind, status, unit_id, person_id, parts, number, series, year, counter, issued_on,
			facts, batch_id, made_by, made_by_name, made_at, issued_by_name, issued_at)
		select ${actor.agencyId}, n.id, ${lesson.classId}, ${kind}, 'issued', n.unit_id, n.person_id, n.parts, n.number, ${numbering.series}, ${year},
			n.counter, ${today}::date, n.facts, ${batchId}::uuid, ${actor.accountId}, ${actor.name}, ${now}, ${actor.name}, ${now}
		from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ item }) => item.unitId)}::uuid[],
			${rows.map(({ item }) => item.personId)}::uuid[], ${rows.map(({ item }) => JSON.stringify(item.parts))}::jsonb[],
			${rows.map(({ number }) => number)}::text[], ${rows.map(({ counter }) => counter)}::int[],
			${rows.map(({ facts }) => JSON.stringify(facts))}::jsonb[]) as n(id, unit_id, person_id, parts, number, counter, facts)
		on conflict (agency_id, id) do update set status = 'issued', number = excluded.number, series = excluded.series, year = excluded.year,
			counter = excluded.counter, issued_on = excluded.issued_on, facts = excluded.facts, issued_by_name = excluded.issued_by_name,
			issued_at = excluded.issued_at`.execute(tx);
	if (ADDRESSED.includes(kind)) {
		const pairs = rows.flatMap(({ id, item }) => item.people.map(({ personId }) => ({ id, personId })));
		await sql`
			insert into papers.recipient (agency_id, paper_id, person_id)
			select ${actor.agencyId}, n.paper_id, n.person_id
			from unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ personId }) => personId)}::uuid[]) as n(paper_id, person_id)`.execute(
			tx
		);
	}
	return rows.map(({ id }) => id);
}
