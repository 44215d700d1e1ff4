import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { addDays, daysBetween } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { Evidence, Question } from '../../estimator/arrange.ts';
import { EVIDENCE_SOURCES } from '../../estimator/settings.ts';
import { SMALLEST_RATERS } from '../../model.ts';
import { columnsOf } from '../queries/answers.ts';

/** What the estimator is asked, with who stands behind its indexes. */
export type Asked = {
	question: Question;
	people: string[];
	units: string[];
	competencies: string[];
	/** Post levels, in the order of `question.group`. */
	groups: string[];
};

const QUARTER_DAYS = 365.25 / 4;
const YEAR_DAYS = 365.25;
/** People between two turns of others. */
const PEOPLE_A_TURN = 500;

/** An answer as one number: the rater (0: nobody) times this, and what was said; room for 16,000 competencies. */
const A_RATER = 1 << 20;

const quartersBetween = (from: string, to: string): number =>
	Math.min(255, Math.max(0, Math.floor(daysBetween(from, to) / QUARTER_DAYS)));

/** Everybody asked in a campaign, and the level that their post had to show in each competency. */
export async function readQuestion(db: Db, campaignId: string): Promise<Asked> {
	// Grouping a million answers spills to the disk in the memory that a page's statement gets.
	await sql`select set_config('work_mem', '128MB', true)`.execute(db);
	const targets = await db
		.selectFrom('needs.target')
		.select(['person_id', 'unit_id', 'post_level'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('campaign_id', '=', campaignId)
		.orderBy('person_id')
		.execute();
	// In the order of their ids, as people are: levels are written in the order of their key.
	const competencies = (await columnsOf(db, campaignId)).map((column) => column.competencyId).sort();
	const people = targets.map((row) => row.person_id);
	const groups = [...new Set(targets.map((row) => row.post_level))].sort();
	const placeOf = new Map(people.map((id, place) => [id, place]));
	const required = new Int32Array(people.length * competencies.length).fill(-1);
	const { rows } = await sql<{ person: string; asked: string }>`
		select g.person_id as person, array_agg(k.n * 8 + g.required)::text as asked
		from needs.gap g
		join unnest(${competencies}::uuid[]) with ordinality k (id, n) on k.id = g.competency_id
		where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId}
		group by g.person_id`.execute(db);
	for (const { person, asked } of rows) {
		const place = placeOf.get(person);
		if (place === undefined) continue;
		for (const code of numbersOf(asked))
			required[place * competencies.length + Math.floor(code / 8) - 1] = code % 8;
	}
	const groupOf = new Map(groups.map((group, place) => [group, place]));
	return {
		question: {
			people: people.length,
			competencies: competencies.length,
			group: Int32Array.from(targets, (row) => groupOf.get(row.post_level) ?? 0),
			groups: groups.length,
			required
		},
		people,
		units: targets.map((row) => row.unit_id),
		competencies,
		groups
	};
}

/**
 * All that is known of these people in these competencies until a day: answers of this and earlier campaigns, and what
 * was measured outside them, back to `oldestYears`. Answers are as old as their campaign.
 */
export async function readEvidence(
	db: Db,
	{ people, competencies }: Asked,
	asOf: string,
	oldestYears: number
): Promise<Evidence> {
	const from = addDays(asOf, -Math.round(oldestYears * YEAR_DAYS));
	const campaigns = await db
		.selectFrom('needs.campaign')
		.select(['id', 'closes_on as closesOn'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('status', '!=', 'draft')
		.where('opens_on', '<=', asOf)
		.where('closes_on', '>=', from)
		.orderBy('closes_on', 'desc')
		.execute();
	const columns = growing();
	for (const { id, closesOn } of campaigns)
		await readAnswers(
			db,
			{ id, quarters: quartersBetween(closesOn, asOf) },
			{ people, competencies },
			columns
		);
	await readMeasured(db, people, competencies, { from, asOf }, columns);
	return columns.finished();
}

async function readAnswers(
	db: Db,
	campaign: { id: string; quarters: number },
	{ people, competencies }: Pick<Asked, 'people' | 'competencies'>,
	columns: Growing
): Promise<void> {
	const codes = sql.join(
		EVIDENCE_SOURCES.map((source, place) => sql`when ${sql.lit(source)} then ${sql.lit(place)}`),
		sql` `
	);
	// Ratings as numbers, a row a person: as rows with ids, a million of them would take ten times the time. In no order
	// by person, so that the table is read once from its beginning to its end.
	const { rows } = await sql<{ person: string; said: string }>`
		select r.person_id as person,
			array_agg(coalesce(w.n, 0) * ${sql.lit(A_RATER)} + (k.n * 8 + case r.source ${codes} end) * 8 + r.level)::text as said
		from needs.rating r
		join unnest(${competencies}::uuid[]) with ordinality k (id, n) on k.id = r.competency_id
		left join (
			select id, row_number() over (order by id) as n from people.person where agency_id = (select platform.current_agency())
		) w on w.id = r.rater_id
		where r.agency_id = (select platform.current_agency()) and r.campaign_id = ${campaign.id}
		group by r.person_id`.execute(db);
	const placeOf = new Map(people.map((id, place) => [id, place]));
	for (const [i, { person, said }] of rows.entries()) {
		if (i % PEOPLE_A_TURN === PEOPLE_A_TURN - 1) await setImmediate();
		const place = placeOf.get(person);
		if (place === undefined) continue;
		const answers = numbersOf(said);
		const codes = answers.map((answer) => answer % A_RATER);
		const told = tellable(codes);
		codes.forEach((code, at) => {
			if (told(code))
				columns.add(
					place,
					Math.floor(code / 64) - 1,
					(code >> 3) & 7,
					Math.floor((answers[at] ?? 0) / A_RATER) - 1,
					code & 7,
					campaign.quarters
				);
		});
	}
}

const IN_GROUPS = [EVIDENCE_SOURCES.indexOf('peer'), EVIDENCE_SOURCES.indexOf('subordinate')];

/**
 * Which of a person's answers count. Who knows the level, its weights and what the supervisor said could work out a single
 * peer's answer: fewer than three of them in a competency are left out of the estimate altogether.
 */
function tellable(codes: readonly number[]): (code: number) => boolean {
	const counts = new Map<number, number>();
	for (const code of codes)
		if (IN_GROUPS.includes((code >> 3) & 7)) counts.set(code >> 3, (counts.get(code >> 3) ?? 0) + 1);
	return (code) => !IN_GROUPS.includes((code >> 3) & 7) || (counts.get(code >> 3) ?? 0) >= SMALLEST_RATERS;
}

async function readMeasured(
	db: Db,
	people: readonly string[],
	competencies: readonly string[],
	{ from, asOf }: { from: string; asOf: string },
	columns: Growing
): Promise<void> {
	const { rows } = await sql<{
		person: string;
		n: number;
		source: string;
		level: number;
		on: string;
		rater: number;
	}>`
		select e.person_id as person, k.n::int as n, e.source, e.level, e.measured_on as on, coalesce(w.n, -1)::int as rater
		from needs.evidence e
		left join (
			select id, row_number() over (order by id) - 1 as n from people.person where agency_id = (select platform.current_agency())
		) w on w.id = e.rater_id
		join unnest(${competencies}::uuid[]) with ordinality k (id, n) on k.id = e.competency_id
		where e.agency_id = (select platform.current_agency()) and e.measured_on between ${from} and ${asOf}`.execute(
		db
	);
	const placeOf = new Map(people.map((id, place) => [id, place]));
	for (const { person, n, source, level, on, rater } of rows) {
		const place = placeOf.get(person);
		const code = EVIDENCE_SOURCES.findIndex((name) => name === source);
		if (place !== undefined && code >= 0)
			columns.add(place, n - 1, code, rater, level, quartersBetween(on, asOf));
	}
}

/** The numbers of an array as PostgreSQL writes it: `{1,-1,27}`. */
export function numbersOf(text: string): number[] {
	const numbers: number[] = [];
	let value = 0;
	let sign = 1;
	for (let i = 1; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= 48 && code <= 57) value = value * 10 + code - 48;
		else if (code === 45) sign = -1;
		else if (i > 1) {
			numbers.push(sign * value);
			value = 0;
			sign = 1;
		}
	}
	return numbers;
}

type Growing = ReturnType<typeof growing>;

/** Columns that double when they are full. */
function growing() {
	let size = 1 << 16;
	let n = 0;
	const empty = (): Evidence => ({
		person: new Int32Array(size),
		competency: new Int32Array(size),
		source: new Int32Array(size),
		rater: new Int32Array(size),
		quarters: new Int32Array(size),
		value: new Float64Array(size)
	});
	let columns = empty();
	function grow(): void {
		const full = columns;
		size *= 2;
		columns = empty();
		columns.person.set(full.person);
		columns.competency.set(full.competency);
		columns.source.set(full.source);
		columns.rater.set(full.rater);
		columns.quarters.set(full.quarters);
		columns.value.set(full.value);
	}
	return {
		add(person: number, competency: number, source: number, rater: number, value: number, quarters: number) {
			if (n === size) grow();
			columns.person[n] = person;
			columns.competency[n] = competency;
			columns.source[n] = source;
			columns.rater[n] = rater;
			columns.quarters[n] = quarters;
			columns.value[n] = value;
			n += 1;
		},
		finished: (): Evidence => ({
			person: columns.person.subarray(0, n),
			competency: columns.competency.subarray(0, n),
			source: columns.source.subarray(0, n),
			rater: columns.rater.subarray(0, n),
			quarters: columns.quarters.subarray(0, n),
			value: columns.value.subarray(0, n)
		})
	};
}
