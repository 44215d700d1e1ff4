import { meanSquares, raterAgreement, type RaterAgreement } from '#kernel/statistics/raterAgreement.ts';
import { withinGroupAgreementOf } from '#kernel/statistics/withinGroupAgreement.ts';
import type { Evidence, Question } from './estimator/arrange.ts';
import { EVIDENCE_SOURCES, RATED_BY_OTHERS, type EvidenceSource } from './estimator/settings.ts';

/** How far a set of raters agree about people as a whole (mean over the competencies that all of them rated). */
export type AgreementTable = {
	sources: EvidenceSource[];
	people: number;
	raters: number;
	icc: RaterAgreement | null;
};

export type Agreement = {
	/** Sources beside each other: each is one rater of a person, peers and subordinates by their mean. */
	between: AgreementTable | null;
	/** Peers of one person beside each other, the first three of each. */
	peers: AgreementTable | null;
	/** r_wg(J) of all who rated a person: half of the people have at least `median`; `agreeing` is the share from 0.70 on. */
	within: { people: number; median: number; agreeing: number } | null;
};

/** Answers of a form: 0 to 5. */
const OPTIONS = 6;
/** Below this many people a coefficient says nothing. */
const FEWEST = 30;
const PEERS = 3;
const AGREEING = 0.7;

/**
 * Distance to the level required by competency, NaN where there is none: that a head of office rates higher than a clerk
 * is no agreement about people.
 */
type Sheet = { source: number; rater: number; levels: Float64Array };

type Asked = Pick<Question, 'people' | 'competencies' | 'required'>;

/** Answers, or people, between two chances for others to have their turn. */
const A_TURN = 8192;

/** Of the answers of the campaign itself: older ones are about another day. */
export function agreementOf(evidence: Evidence, question: Asked): Agreement {
	const work = agreeing(evidence, question);
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

/** The same in pieces of some milliseconds; what it yields in between is the share that is done. */
export function* agreeing(evidence: Evidence, question: Asked): Generator<number, Agreement> {
	const sheets = yield* sheetsOf(evidence, question);
	const between = betweenSources(sheets);
	yield 0.7;
	const peer = EVIDENCE_SOURCES.indexOf('peer');
	const peers = sheets.map((own) =>
		own.filter((sheet) => sheet.source === peer).sort((a, b) => a.rater - b.rater)
	);
	const amongPeers = tableOf(
		['peer'],
		peers.flatMap((own) => (own.length < PEERS ? [] : [own.slice(0, PEERS).map((sheet) => sheet.levels)]))
	);
	yield 0.85;
	return { between, peers: amongPeers, within: withinPeople(sheets) };
}

function* sheetsOf(
	{ person, competency, source, rater, value, quarters }: Evidence,
	{ people, competencies, required }: Asked
): Generator<number, Sheet[][]> {
	const given = EVIDENCE_SOURCES.map((name) => name === 'self' || RATED_BY_OTHERS.includes(name));
	const sheets = Array.from({ length: people }, (): Sheet[] => []);
	for (let i = 0; i < person.length; i++) {
		if (i % A_TURN === A_TURN - 1) yield (0.5 * i) / person.length;
		const s = source[i] ?? 0;
		const own = sheets[person[i] ?? -1];
		const asked = required[(person[i] ?? 0) * competencies + (competency[i] ?? 0)] ?? -1;
		if ((quarters[i] ?? 0) > 0 || given[s] !== true || own === undefined || asked < 0) continue;
		const by = rater[i] ?? -1;
		let sheet: Sheet | undefined;
		for (const one of own) if (one.source === s && one.rater === by) sheet = one;
		if (sheet === undefined)
			own.push((sheet = { source: s, rater: by, levels: new Float64Array(competencies).fill(NaN) }));
		sheet.levels[competency[i] ?? 0] = (value[i] ?? 0) - asked;
	}
	return sheets;
}

/** Competencies that all of them rated. */
function shared(levels: readonly Float64Array[]): number[] {
	const places: number[] = [];
	for (let c = 0; c < (levels[0]?.length ?? 0); c++)
		if (levels.every((one) => !Number.isNaN(one[c]))) places.push(c);
	return places;
}

/** One row a person: the mean of each rater over what all of them rated. */
function tableOf(
	sources: EvidenceSource[],
	people: readonly (readonly Float64Array[])[]
): AgreementTable | null {
	const table = people.flatMap((levels) => {
		const common = shared(levels);
		if (common.length === 0) return [];
		return [levels.map((one) => common.reduce((sum, c) => sum + (one[c] ?? 0), 0) / common.length)];
	});
	if (table.length < FEWEST) return null;
	const squares = meanSquares(table);
	return { sources, people: table.length, raters: squares.raters, icc: raterAgreement(squares) };
}

/** The largest set of sources that at least half of all who have two or more have together. */
function betweenSources(sheets: readonly Sheet[][]): AgreementTable | null {
	const means = sheets.map((own) =>
		EVIDENCE_SOURCES.map((_, source) => meanSheet(own.filter((sheet) => sheet.source === source)))
	);
	const several = means.filter((own) => own.filter((one) => one !== null).length > 1);
	const often = EVIDENCE_SOURCES.map((_, s) => several.filter((own) => own[s] != null).length);
	const chosen = EVIDENCE_SOURCES.flatMap((_, s) =>
		(often[s] ?? 0) * 2 >= several.length && several.length > 0 ? [s] : []
	);
	if (chosen.length < 2) return null;
	return tableOf(
		chosen.flatMap((s) => EVIDENCE_SOURCES[s] ?? []),
		several.flatMap((own) => {
			const levels = chosen.flatMap((s) => own[s] ?? []);
			return levels.length === chosen.length ? [levels] : [];
		})
	);
}

function meanSheet(sheets: readonly Sheet[]): Float64Array | null {
	const [first, ...others] = sheets;
	if (first === undefined) return null;
	if (others.length === 0) return first.levels;
	return first.levels.map(
		(level, c) => others.reduce((sum, one) => sum + (one.levels[c] ?? NaN), level) / sheets.length
	);
}

function withinPeople(sheets: readonly Sheet[][]): Agreement['within'] {
	const found = sheets.flatMap((own) => {
		if (own.length < 2) return [];
		const levels = own.map((sheet) => sheet.levels);
		const agreed = withinGroupAgreementOf(
			shared(levels).map((c) => levels.map((one) => one[c] ?? 0)),
			OPTIONS
		);
		return agreed === null ? [] : [agreed];
	});
	if (found.length < FEWEST) return null;
	const sorted = found.sort((a, b) => a - b);
	return {
		people: sorted.length,
		median: sorted[Math.floor(sorted.length / 2)] ?? 0,
		agreeing: sorted.filter((value) => value >= AGREEING).length / sorted.length
	};
}
