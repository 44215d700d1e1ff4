import { m } from '#platform/i18n/messages.ts';

/** A unit among the units below another one, where its own people are a line of their own. */
export const unitWords = ({ unit, direct }: { unit: string; direct: boolean }): string =>
	direct ? m['reports.unit.direct']({ unit }) : unit;
