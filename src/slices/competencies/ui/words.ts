import { isPostLevel, POST_LEVELS, type PostLevelKey } from '#kernel/posts.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Family } from '../model.ts';

// Named one by one, so that the browser loads these sentences and no others.
const POST_LEVEL_NAMES: Record<PostLevelKey, () => string> = {
	executiveMain: m['competencies.postLevel.executiveMain'],
	executiveMiddle: m['competencies.postLevel.executiveMiddle'],
	executiveFirst: m['competencies.postLevel.executiveFirst'],
	administrator: m['competencies.postLevel.administrator'],
	overseer: m['competencies.postLevel.overseer'],
	general: m['competencies.postLevel.general'],
	skilledBeginner: m['competencies.postLevel.skilledBeginner'],
	skilledTrained: m['competencies.postLevel.skilledTrained'],
	skilledProficient: m['competencies.postLevel.skilledProficient'],
	skilledLead: m['competencies.postLevel.skilledLead'],
	expertFirst: m['competencies.postLevel.expertFirst'],
	expertJunior: m['competencies.postLevel.expertJunior'],
	expertMiddle: m['competencies.postLevel.expertMiddle'],
	expertMain: m['competencies.postLevel.expertMain']
};

/** A post level as people call it; a code that nobody knows stays as it is. */
export const postLevelName = (code: string): string =>
	isPostLevel(code) ? POST_LEVEL_NAMES[POST_LEVELS[code].key]() : code;

const FAMILY_NAMES: Record<Family, () => string> = {
	managerial: m['competencies.family.managerial'],
	sociocultural: m['competencies.family.sociocultural'],
	technical: m['competencies.family.technical']
};
export const familyName = (family: Family): string => FAMILY_NAMES[family]();

const LEVEL_NAMES = [
	m['competencies.levelName.0'],
	m['competencies.levelName.1'],
	m['competencies.levelName.2'],
	m['competencies.levelName.3'],
	m['competencies.levelName.4'],
	m['competencies.levelName.5']
];

/** What a level from 0 to 5 is called. */
export const levelName = (level: number): string => LEVEL_NAMES[level]?.() ?? String(level);
