import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { gapOf } from '../../certainty.ts';
import type { Fit } from '../../estimator.ts';
import { EVIDENCE_SOURCES } from '../../estimator/settings.ts';
import { postSums } from '../queries/posts.ts';
import type { Asked } from './read-evidence.ts';

/** People a statement, written while the levels of the next ones are found; and between two turns of others. */
const PEOPLE_A_PIECE = 3000;
const PEOPLE_A_TURN = 200;

export type Run = { agencyId: string; campaignId: string; opensOn: string; runId: string };

/**
 * Finds and writes the levels of a run in the place of those that `dropEstimates` took away, a few thousand people a statement,
 * column by column, and the sums of each unit and of each post in it. Answers how many levels were written.
 */
export async function writeEstimates(
	tx: Tx,
	run: Run,
	asked: Asked,
	fit: Fit,
	progress: (people: number) => Promise<void>
): Promise<number> {
	const units = unitSums(asked);
	let written = 0;
	let writing: Promise<unknown> = Promise.resolve();
	for (let first = 0; first < asked.people.length; first += PEOPLE_A_PIECE) {
		const last = Math.min(asked.people.length, first + PEOPLE_A_PIECE);
		const piece = await pieceOf(asked, fit, first, last, units.add);
		await writing;
		await progress(first);
		writing = writePiece(tx, run, asked, piece);
		// Its failure is met at the await above or below; until then it must not count as nobody's.
		writing.catch(() => undefined);
		written += piece.who.length;
	}
	await writing;
	await progress(asked.people.length);
	await writeUnits(tx, run, asked, units.rows());
	await sql`
		insert into needs.estimate_post (agency_id, run_id, unit_id, post_level, post_title, people, measured, levels, shortfall, likely, sure)
		select ${run.agencyId}, ${run.runId}, s.unit_id, s.post_level, s.post_title, s.people, s.measured, s.levels, s.shortfall, s.likely,
			coalesce(s.sure, 0)
		from (${postSums({ id: run.campaignId, opensOn: run.opensOn }, run.runId)}) s`.execute(tx);
	return written;
}

/** The run before has done its work: it stays, its levels go. */
export async function dropEstimates(tx: Tx, agencyId: string, campaignId: string): Promise<void> {
	const earlier = tx
		.selectFrom('needs.estimate_run')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('campaign_id', '=', campaignId);
	await tx
		.deleteFrom('needs.estimate')
		.where('agency_id', '=', agencyId)
		.where('run_id', 'in', earlier)
		.execute();
	await tx
		.deleteFrom('needs.estimate_unit')
		.where('agency_id', '=', agencyId)
		.where('run_id', 'in', earlier)
		.execute();
	await tx
		.deleteFrom('needs.estimate_post')
		.where('agency_id', '=', agencyId)
		.where('run_id', 'in', earlier)
		.execute();
}

type AddToUnit = (
	person: number,
	competency: number,
	measured: boolean,
	found: ReturnType<typeof gapOf>
) => void;

/**
 * The levels of some people, four whole numbers each instead of fifteen columns, which the server would take three times
 * as long to read from text: who (`PACKED`) and what was found of them.
 */
type Piece = { people: string[]; who: number[]; level: number[]; gap: number[]; weights: number[] };

/** Places of the parts in the numbers: `who` holds person, competency, required level and ratings, each from 0 to below. */
const PACKED = {
	competencies: 1 << 14,
	levels: 1 << 3,
	ratings: 1 << 15,
	tenThousandths: 1 << 16,
	hundredths: 1 << 7
};

const packed = (value: number, below: number): number => Math.min(below - 1, Math.max(0, Math.round(value)));

/** The levels of the people from `first` to before `last`. */
async function pieceOf(
	{ question, people }: Asked,
	{ levels, findLevels }: Fit,
	first: number,
	last: number,
	addToUnit: AddToUnit
): Promise<Piece> {
	const piece: Piece = { people: people.slice(first, last), who: [], level: [], gap: [], weights: [] };
	const { competencies, tenThousandths, hundredths } = PACKED;
	for (let i = first; i < last; i++) {
		if ((i - first) % PEOPLE_A_TURN === PEOPLE_A_TURN - 1) await setImmediate();
		findLevels(i);
		for (let c = 0; c < question.competencies; c++) {
			const place = i * question.competencies + c;
			const required = question.required[place] ?? -1;
			if (required < 0) continue;
			const [mean, sd, ratings] = [
				levels.mean[place] ?? 0,
				levels.sd[place] ?? 1,
				levels.ratings[place] ?? 0
			];
			const found = gapOf({ required, level: mean, sd });
			const person = (i - first) * competencies + c;
			piece.who.push((person * PACKED.levels + required) * PACKED.ratings + packed(ratings, PACKED.ratings));
			piece.level.push(
				packed(Math.min(5, mean) * 10_000, tenThousandths) * tenThousandths +
					packed(sd * 10_000, tenThousandths)
			);
			piece.gap.push(
				packed(found.probability * 10_000, tenThousandths) * tenThousandths +
					packed(found.shortfall * 10_000, tenThousandths)
			);
			let weights = 0;
			for (let s = EVIDENCE_SOURCES.length - 1; s >= 0; s--)
				weights =
					weights * hundredths +
					packed((levels.share[place * EVIDENCE_SOURCES.length + s] ?? 0) * 100, hundredths);
			piece.weights.push(weights);
			addToUnit(i, c, ratings > 0, found);
		}
	}
	return piece;
}

async function writePiece(
	tx: Tx,
	{ agencyId, runId }: Run,
	{ competencies }: Asked,
	piece: Piece
): Promise<void> {
	const array = (values: readonly number[]) => sql`${`{${values.join(',')}}`}::bigint[]`;
	const part = (number: string, below: number, above = 1) =>
		sql`${sql.ref(number)} / ${sql.lit(above)} % ${sql.lit(below)}`;
	const { competencies: most, levels, ratings, tenThousandths, hundredths } = PACKED;
	const weights = EVIDENCE_SOURCES.map((_, s) => part('e.weights', hundredths, hundredths ** s));
	const decimal = (number: string, above = 1) =>
		sql`(${part(number, tenThousandths, above)}) / 10000::float8`;
	await sql`
		insert into needs.estimate (agency_id, run_id, person_id, competency_id, required, level, sd, p_gap, shortfall, ratings,
			weight_assessment, weight_supervisor, weight_peer, weight_subordinate, weight_self, weight_test, weight_certificate)
		select ${agencyId}, ${runId}, (${piece.people}::uuid[])[1 + e.who / ${sql.lit(most * levels * ratings)}],
			(${competencies}::uuid[])[1 + ${part('e.who', most, levels * ratings)}],
			${part('e.who', levels, ratings)}, ${decimal('e.level', tenThousandths)}, ${decimal('e.level')},
			${decimal('e.gap', tenThousandths)}, ${decimal('e.gap')}, ${part('e.who', ratings)}, ${sql.join(weights)}
		from unnest(${array(piece.who)}, ${array(piece.level)}, ${array(piece.gap)}, ${array(piece.weights)})
			as e (who, level, gap, weights)`.execute(tx);
}

type UnitSums = { people: number; n: number; gap: number; shortfall: number; likely: number; sure: number };

/** Adds people up to the unit in which they were asked. */
function unitSums({ units, competencies }: Asked) {
	const sums = new Map<string, UnitSums[]>();
	return {
		add(person: number, competency: number, measured: boolean, found: ReturnType<typeof gapOf>) {
			const unit = units[person] ?? '';
			let row = sums.get(unit);
			if (row === undefined) {
				row = competencies.map(() => ({ people: 0, n: 0, gap: 0, shortfall: 0, likely: 0, sure: 0 }));
				sums.set(unit, row);
			}
			const cell = row[competency];
			if (cell === undefined) return;
			cell.people += 1;
			if (!measured) return;
			cell.n += 1;
			cell.gap += found.gap;
			cell.shortfall += found.shortfall;
			cell.likely += found.probability;
			cell.sure += found.sure;
		},
		rows: () =>
			[...sums].flatMap(([unitId, row]) =>
				row.flatMap((cell, competency) => (cell.people === 0 ? [] : [{ unitId, competency, ...cell }]))
			)
	};
}

async function writeUnits(
	tx: Tx,
	{ agencyId, runId }: Run,
	{ competencies }: Asked,
	rows: (UnitSums & { unitId: string; competency: number })[]
): Promise<void> {
	await sql`
		insert into needs.estimate_unit (agency_id, run_id, unit_id, competency_id, people, n, gap, shortfall, likely, sure)
		select ${agencyId}, ${runId}, e.*
		from unnest(${rows.map((row) => row.unitId)}::uuid[], ${rows.map((row) => competencies[row.competency])}::uuid[],
			${rows.map((row) => row.people)}::int[], ${rows.map((row) => row.n)}::int[], ${rows.map((row) => row.gap)}::float8[],
			${rows.map((row) => row.shortfall)}::float8[], ${rows.map((row) => row.likely)}::float8[],
			${rows.map((row) => row.sure)}::float8[]) e`.execute(tx);
}
