import type { Edition, LevelText } from './model.ts';

export const EDITION_FIELDS = ['code', 'name', 'nameEn', 'definition', 'area'] as const;
export type EditionField = (typeof EDITION_FIELDS)[number];

export type EditionChange = {
	kind: 'added' | 'removed' | 'changed' | 'same';
	competencyId: string;
	before: Edition | null;
	after: Edition | null;
	/** It has another name than before: the same competency all the same, ratings go on. */
	renamed: boolean;
	fields: EditionField[];
	/** Levels whose sentence or behaviours differ. */
	levels: number[];
};

/**
 * What a version does to each competency of another, told by its identity and never by its code: a renamed one is the
 * same one. In the order of the later version, removed ones at the end.
 */
export function compareEditions(before: readonly Edition[], after: readonly Edition[]): EditionChange[] {
	const known = new Map(before.map((edition) => [edition.competencyId, edition]));
	const kept = new Set(after.map(({ competencyId }) => competencyId));
	return [
		...after.map((edition) => changeOf(known.get(edition.competencyId) ?? null, edition)),
		...before.filter(({ competencyId }) => !kept.has(competencyId)).map((edition) => changeOf(edition, null))
	];
}

function changeOf(before: Edition | null, after: Edition | null): EditionChange {
	const competencyId = (after ?? before)?.competencyId ?? '';
	if (before === null || after === null)
		return {
			kind: before === null ? 'added' : 'removed',
			competencyId,
			before,
			after,
			renamed: false,
			fields: [],
			levels: []
		};
	const fields = EDITION_FIELDS.filter((field) => (before[field] ?? '') !== (after[field] ?? ''));
	const levels = [...new Set([...before.levels, ...after.levels].map(({ level }) => level))]
		.sort((a, b) => a - b)
		.filter((level) => !sameLevel(at(before, level), at(after, level)));
	return {
		kind: fields.length + levels.length === 0 ? 'same' : 'changed',
		competencyId,
		before,
		after,
		renamed: fields.includes('name'),
		fields,
		levels
	};
}

const at = (edition: Edition, level: number): LevelText | undefined =>
	edition.levels.find((one) => one.level === level);

const sameLevel = (a: LevelText | undefined, b: LevelText | undefined): boolean =>
	a?.headline === b?.headline && a?.indicators.join('\n') === b?.indicators.join('\n');
