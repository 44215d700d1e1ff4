import { DOCUMENT_FONT } from '#platform/documents/fonts.ts';
import { along, type Domain } from '#ui/charts/scale.ts';

/** The sheet on which a brief's pictures are drawn, in units of its viewBox, and what both draw alike. */
export const WIDE = 640;
export const HIGH = 200;
export const LEFT = 40;
export const TOP = 10;
export const RIGHT = 10;
export const FOOT = 24;

export const TEXT = `font-family="${DOCUMENT_FONT}" font-size="10" fill="#575d6f"`;

/** Where a value stands on the sheet. */
export const heightIn =
	(up: Domain) =>
	(value: number): number =>
		TOP + (1 - along(up, value) / 100) * (HIGH - TOP - FOOT);

export const startLine = (x: number): string =>
	`<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP}" y2="${HIGH - FOOT}" stroke="#1c2233" stroke-dasharray="5 4"/>`;
