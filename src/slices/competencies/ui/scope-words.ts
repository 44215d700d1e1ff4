import { m } from '#platform/i18n/messages.ts';
import type { IconName } from '#ui/icon-paths.ts';
import type {
	DictionaryKind,
	DictionaryStatus,
	PostScope,
	ProposalStatus,
	StandardStatus
} from '../model.ts';
import { postLevelName } from './words.ts';

type Tone = 'neutral' | 'waiting' | 'active' | 'attention' | 'good' | 'bad';

const KINDS: Record<string, () => string> = {
	structural: m['competencies.postKind.structural'],
	functional: m['competencies.postKind.functional'],
	general: m['competencies.postKind.general']
};
export const postKindName = (kind: string): string => KINDS[kind]?.() ?? kind;

/** A kind of unit as people read it. */
export const unitKindName = (kind: string): string => kind.replaceAll('_', ' ');

/** Which posts a rule is about, in words. */
export function scopeWords(scope: PostScope): string {
	const post =
		scope.postTitle ??
		(scope.postLevel !== null
			? m['competencies.scope.level']({ level: postLevelName(scope.postLevel) })
			: m['competencies.scope.kind']({ kind: postKindName(scope.postKind ?? '') }));
	return scope.unitKind === null
		? post
		: m['competencies.scope.inUnit']({ post, unit: unitKindName(scope.unitKind) });
}

/** A level that a rule asks; 0 is said in words. */
export const askedWords = (level: number): string =>
	level === 0 ? m['competencies.standard.notAsked']() : String(level);

const VERSIONS: Record<DictionaryStatus, { tone: Tone; icon?: IconName; label: () => string }> = {
	draft: { tone: 'waiting', label: m['competencies.status.draft'] },
	in_force: { tone: 'good', label: m['competencies.status.inForce'] },
	superseded: { tone: 'neutral', icon: 'dash', label: m['competencies.status.superseded'] }
};
export const versionTag = (
	status: DictionaryStatus | StandardStatus
): { tone: Tone; icon?: IconName; label: string } => ({
	...VERSIONS[status],
	label: VERSIONS[status].label()
});

const PROPOSALS: Record<ProposalStatus, { tone: Tone; label: () => string }> = {
	waiting: { tone: 'attention', label: m['competencies.proposal.waiting'] },
	approved: { tone: 'good', label: m['competencies.proposal.approved'] },
	declined: { tone: 'bad', label: m['competencies.proposal.declined'] }
};
export const proposalTag = (status: ProposalStatus): { tone: Tone; label: string } => ({
	tone: PROPOSALS[status].tone,
	label: PROPOSALS[status].label()
});

const DICTIONARIES: Record<DictionaryKind, () => string> = {
	national: m['competencies.version.national'],
	technical: m['competencies.version.technical']
};
export const dictionaryName = (kind: DictionaryKind): string => DICTIONARIES[kind]();
