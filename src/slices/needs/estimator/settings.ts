/**
 * What the estimator assumes before it sees a rating. All variances are in levels squared. They are defaults with a
 * weight, not constants: `priorWeight` says how many observations each is worth against those of the agency.
 */

/** Most trusted first. The order of every column by source, in the database too. */
export const EVIDENCE_SOURCES = [
	'assessment',
	'supervisor',
	'peer',
	'subordinate',
	'self',
	'test',
	'certificate'
] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** Sources in which one person rates others, so that a leniency of that person can be told from the others' levels. */
export const RATED_BY_OTHERS: readonly EvidenceSource[] = ['supervisor', 'peer', 'subordinate'];

export type SourceSettings = {
	/** By how much this source rates higher than the reference, on average, and how sure of it one is (a deviation). */
	offset: number;
	offsetSd: number;
	/** Between raters of this source: how lenient some are and how strict others. 0 where nobody rates several people. */
	leniency: number;
	/** Shared by everything that one rater says of one person (halo); of oneself it holds the leniency as well. */
	halo: number;
	/** Of a single answer, rounding to whole levels (1/12) included. */
	error: number;
};

export type EstimatorSettings = {
	sources: Record<EvidenceSource, SourceSettings>;
	/** Between people of one post group: in everything, and in one competency beside that. */
	person: number;
	cell: number;
	/** By how much a level drifts in a year: variance that evidence gains for each year of its age. */
	driftPerYear: number;
	/** Years after which evidence is not read at all. */
	oldestYears: number;
	/** How many observations a default variance is worth. */
	priorWeight: number;
	/** How far the mean of a post group, and its pattern over competencies, may lie from that of all. Deviations. */
	groupSd: number;
	patternSd: number;
};

/**
 * Where the defaults come from: self-ratings lie a third of a deviation above the supervisor's (Heidemeier & Moser
 * 2009, Journal of Applied Psychology 94, 353-370: d = 0.32), about a quarter of a level here; raters share more with themselves than with
 * each other (Scullen, Mount & Goff 2000, Journal of Applied Psychology 85, 956-970: idiosyncratic rater effects are
 * the largest part of a rating's variance). The figures themselves are judgements: an agency's data replace them.
 */
export const DEFAULT_SETTINGS: EstimatorSettings = {
	sources: {
		assessment: { offset: 0, offsetSd: 0.2, leniency: 0, halo: 0.04, error: 0.18 },
		supervisor: { offset: 0, offsetSd: 0.3, leniency: 0.1, halo: 0.06, error: 0.22 },
		peer: { offset: 0.1, offsetSd: 0.3, leniency: 0.12, halo: 0.1, error: 0.28 },
		subordinate: { offset: 0.1, offsetSd: 0.3, leniency: 0.12, halo: 0.12, error: 0.3 },
		self: { offset: 0.25, offsetSd: 0.3, leniency: 0, halo: 0.22, error: 0.22 },
		test: { offset: 0, offsetSd: 0.3, leniency: 0, halo: 0.06, error: 0.25 },
		certificate: { offset: 0, offsetSd: 0.4, leniency: 0, halo: 0.12, error: 0.45 }
	},
	person: 0.22,
	cell: 0.18,
	driftPerYear: 0.08,
	oldestYears: 4,
	priorWeight: 12,
	groupSd: 0.4,
	patternSd: 0.3
};
