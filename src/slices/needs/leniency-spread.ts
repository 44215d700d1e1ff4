import type { Estimate } from './estimator.ts';
import type { EvidenceSource } from './estimator/settings.ts';

/** Where classes of leniency begin, in levels: stricter than −0.6, …, more lenient than 0.6. */
export const LENIENCY_CLASSES = [-0.6, -0.3, -0.1, 0.1, 0.3, 0.6] as const;

export type LeniencySpread = {
	source: EvidenceSource;
	raters: number;
	/** Raters in each class, strictest first; one more than LENIENCY_CLASSES. */
	classes: number[];
	/** Whose leniency is not 0 nine times of ten: who is known to be strict or lenient. */
	known: number;
};

/** Fewer raters than this would be recognised in their classes. */
const FEWEST = 10;
const REACH = 1.645;

/** How raters of each source are spread, without anybody’s name; sources with few raters are left out. */
export function leniencySpread(raters: Estimate['leniency']): LeniencySpread[] {
	return [...Map.groupBy(raters, (rater) => rater.source)].flatMap(([source, own]) => {
		if (own.length < FEWEST) return [];
		const classes = new Array<number>(LENIENCY_CLASSES.length + 1).fill(0);
		for (const { mean } of own) {
			const place = LENIENCY_CLASSES.filter((from) => mean >= from).length;
			classes[place] = (classes[place] ?? 0) + 1;
		}
		const known = own.filter(({ mean, sd }) => Math.abs(mean) > REACH * sd).length;
		return [{ source, raters: own.length, classes, known }];
	});
}
