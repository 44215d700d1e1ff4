import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { canAnswerAs, canRateSelf, canRateTeamMember, type Rated } from '../access.ts';
import { fill, type Answer, type Filled } from '../filling.ts';
import { itemsOf, type Rater } from '../instrument.ts';
import { takeAnswer } from '../rules.ts';
import { writeRatings } from './measure.ts';
import { competencyKey, sheetsOf, type Sheet } from './sheets.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export type Given = {
	actor: Actor;
	permit: (allowed: boolean) => void;
	campaignId: string;
	/** About whom. */
	personId: string;
	as: Rater;
	/** Or what they are once the form is known. */
	answers: readonly Answer[] | ((sheet: Sheet) => readonly Answer[]);
};

export type Taken = {
	sheet: Sheet;
	filled: Filled;
	/** Everything required is answered now and was not before. */
	finished: boolean;
};

/**
 * Closing waits for the answers under way and they for it, without a mark in the campaign's row, which everybody who
 * answers would want at once. Held until the end of the transaction.
 */
export const standBesideAnswers = (tx: Tx, campaignId: string) =>
	sql`select pg_advisory_xact_lock_shared(hashtextextended(${campaignId}::text, 23))`.execute(tx);
export const standAloneForClosing = (tx: Tx, campaignId: string) =>
	sql`select pg_advisory_xact_lock(hashtextextended(${campaignId}::text, 23))`.execute(tx);

/**
 * Takes answers of any number of raters, each on their own: lock, ask, decide for every one, then write all that was
 * not refused in a few statements. The i-th outcome belongs to the i-th given.
 */
export async function takeAnswers(
	tx: Tx,
	{ now, today }: { now: Date; today: string },
	given: readonly Given[]
): Promise<PromiseSettledResult<Taken>[]> {
	for (const campaignId of new Set(given.map((one) => one.campaignId)))
		await standBesideAnswers(tx, campaignId);
	const sheets = await sheetsOf(
		tx,
		given.map(({ actor, campaignId, personId, as }) => ({
			campaignId,
			personId,
			as,
			// Nobody answers in another's name: the rater is whoever is signed in, whatever the form says.
			raterId: actor.personId ?? NOBODY
		})),
		true
	);
	const team = await teamMembers(
		tx,
		given.filter((one) => one.as === 'supervisor').map((one) => one.personId)
	);
	const outcomes = given.map((one, at): PromiseSettledResult<Taken> => {
		try {
			return { status: 'fulfilled', value: decide(one, sheets[at] ?? null, team.get(one.personId), today) };
		} catch (reason) {
			return { status: 'rejected', reason };
		}
	});
	await write(
		tx,
		now,
		outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
	);
	return outcomes;
}

/** Whose turn it is comes before what the campaign says, so that a stranger learns nothing of it. */
function decide(one: Given, sheet: Sheet | null, member: Rated | undefined, today: string): Taken {
	const { actor, permit, personId } = one;
	switch (one.as) {
		case 'self':
			permit(canRateSelf(actor, { personId }));
			break;
		case 'supervisor':
			if (member === undefined) throw missing();
			permit(canRateTeamMember(actor, member));
			break;
		case 'peer':
		case 'subordinate':
			permit(sheet !== null && sheet.assigned && canAnswerAs(actor, sheet));
	}
	if (sheet === null || !sheet.assigned) throw refused('needs.rate.notAsked');
	takeAnswer(sheet.campaign, today);
	const answers = typeof one.answers === 'function' ? one.answers(sheet) : one.answers;
	const filled = fill(sheet.definition, one.as, sheet.competencies, sheet.answers, answers);
	return { sheet, filled, finished: filled.complete && !sheet.done };
}

async function teamMembers(tx: Tx, people: readonly string[]): Promise<Map<string, Rated>> {
	if (people.length === 0) return new Map();
	const rows = await tx
		.selectFrom('people.staff')
		.select(['person_id as personId', 'supervisor_id as supervisorId', 'unit_path as unitPath'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('person_id', 'in', people)
		.execute();
	return new Map(rows.map((row) => [row.personId, row]));
}

async function write(tx: Tx, now: Date, taken: readonly Taken[]): Promise<void> {
	for (const group of Map.groupBy(taken, ({ sheet }) => `${sheet.campaign.id} ${sheet.as}`).values()) {
		const [first] = group;
		if (first === undefined) continue;
		const campaignId = first.sheet.campaign.id;
		const as = first.sheet.as;
		const levels = group.flatMap(({ sheet, filled }) =>
			filled.answers.filter(isLevelOf(sheet)).map((answer) => ({ sheet, answer }))
		);
		if (levels.length > 0)
			await writeRatings(tx, campaignId, {
				sources: levels.map(() => as),
				people: levels.map(({ sheet }) => sheet.personId),
				competencies: levels.map(({ answer }) => answer.competencyId ?? ''),
				levels: levels.map(({ answer }) => answer.number ?? 0),
				raters: levels.map(({ sheet }) => sheet.raterId),
				at: levels.map(() => now)
			});
	}
	const others = taken.flatMap(({ sheet, filled }) => [
		...filled.answers
			.filter((answer) => !isLevelOf(sheet)(answer))
			.map((answer) => ({ sheet, answer, counts: true })),
		...filled.hidden
			.filter((answer) => !isLevelOf(sheet)(answer))
			.map((answer) => ({ sheet, answer, counts: false })),
		...filled.again
			.filter((answer) => !isLevelOf(sheet)(answer))
			.map((answer) => ({ sheet, answer, counts: true }))
	]);
	if (others.length > 0) await writeAnswers(tx, now, others);
	await markDone(tx, now, taken);
}

const isLevelOf = (sheet: Sheet) => {
	const levels = new Set(
		itemsOf(sheet.definition)
			.filter((item) => item.kind === 'level')
			.map((item) => item.id)
	);
	return (answer: Answer): boolean => levels.has(answer.itemId);
};

type Kept = { sheet: Sheet; answer: Answer; counts: boolean };

/** A later answer of the same rater replaces the earlier; of two to one item in one form the last. */
async function writeAnswers(tx: Tx, now: Date, all: readonly Kept[]): Promise<void> {
	const rows = [
		...new Map(
			all.map(({ sheet, answer, counts }) => [
				[sheet.campaign.id, sheet.personId, sheet.raterId, answer.itemId, answer.competencyId].join(),
				{
					campaign_id: sheet.campaign.id,
					person_id: sheet.personId,
					rater_id: sheet.raterId,
					item_id: answer.itemId,
					competency_id: competencyKey(answer.competencyId),
					source: sheet.as,
					number: answer.number,
					mastery: answer.mastery,
					words: answer.words,
					codes: answer.codes,
					counts
				}
			])
		).values()
	];
	await sql`
		insert into needs.answer (agency_id, campaign_id, person_id, rater_id, item_id, competency_id, source, number, mastery, words, codes, counts, answered_at)
		select (select platform.current_agency()), a.campaign_id, a.person_id, a.rater_id, a.item_id, a.competency_id, a.source,
			a.number, a.mastery, a.words, a.codes, a.counts, ${now}
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(campaign_id uuid, person_id uuid, rater_id uuid, item_id uuid,
			competency_id uuid, source text, number smallint, mastery smallint, words text, codes text[], counts boolean)
		on conflict (agency_id, campaign_id, person_id, rater_id, item_id, competency_id)
			do update set number = excluded.number, mastery = excluded.mastery, words = excluded.words, codes = excluded.codes,
				counts = excluded.counts, answered_at = excluded.answered_at`.execute(tx);
}

/** Whoever has answered all that is required is done; an emptied answer opens the form again. */
async function markDone(tx: Tx, now: Date, taken: readonly Taken[]): Promise<void> {
	const changed = taken.filter(({ sheet, filled }) => sheet.done !== filled.complete);
	for (const as of ['self', 'supervisor'] as const) {
		const of = changed.filter(({ sheet }) => sheet.as === as);
		if (of.length === 0) continue;
		const column = sql.ref(as === 'self' ? 'self_done_at' : 'supervisor_done_at');
		await sql`
			update needs.target t set ${column} = d.at
			from unnest(${of.map(({ sheet }) => sheet.campaign.id)}::uuid[], ${of.map(({ sheet }) => sheet.personId)}::uuid[],
				${of.map(({ filled }) => (filled.complete ? now : null))}::timestamptz[]) as d(campaign_id, person_id, at)
			where t.agency_id = (select platform.current_agency()) and t.campaign_id = d.campaign_id and t.person_id = d.person_id`.execute(
			tx
		);
	}
	const grouped = changed.filter(({ sheet }) => sheet.as === 'peer' || sheet.as === 'subordinate');
	if (grouped.length > 0)
		await sql`
			update needs.assignment a set done_at = d.at
			from unnest(${grouped.map(({ sheet }) => sheet.campaign.id)}::uuid[], ${grouped.map(({ sheet }) => sheet.personId)}::uuid[],
				${grouped.map(({ sheet }) => sheet.raterId)}::uuid[], ${grouped.map(({ filled }) => (filled.complete ? now : null))}::timestamptz[])
				as d(campaign_id, person_id, rater_id, at)
			where a.agency_id = (select platform.current_agency()) and a.campaign_id = d.campaign_id and a.person_id = d.person_id
				and a.rater_id = d.rater_id`.execute(tx);
}

/** Levels by competency as answers to the item that asks for them. Refuses: this form asks for no levels. */
export const asLevels =
	(levels: readonly { competencyId: string; level: number }[]) =>
	(sheet: Sheet): Answer[] =>
		levels.map(({ competencyId, level }) => {
			const item = itemsOf(sheet.definition).find(
				(one) =>
					one.kind === 'level' &&
					one.raters.includes(sheet.as) &&
					(one.competencyId === null || one.competencyId === competencyId)
			);
			if (item === undefined) throw refused('needs.rate.notAsked');
			return { itemId: item.id, competencyId, number: level, mastery: null, words: null, codes: null };
		});

/** One sender's answers: as `takeAnswers`, with the refusal thrown. */
export async function takeOne(tx: Tx, at: { now: Date; today: string }, given: Given): Promise<Taken> {
	const [outcome] = await takeAnswers(tx, at, [given]);
	if (outcome === undefined) throw missing();
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}
