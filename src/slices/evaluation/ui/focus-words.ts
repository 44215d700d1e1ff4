import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { GuideKey } from '../focus-guides.ts';
import { phaseOf, type FocusPhase } from '../focus-model.ts';

const PHASES: Record<FocusPhase, { label: () => string; tone: Tone }> = {
	coding: { label: m['evaluation.focus.phase.coding'], tone: 'active' },
	finished: { label: m['evaluation.focus.phase.finished'], tone: 'good' }
};
export function phaseTag(group: { finishedAt: Date | null }): { label: string; tone: Tone } {
	const { label, tone } = PHASES[phaseOf(group)];
	return { label: label(), tone };
}

const GUIDES: Record<GuideKey, () => string> = {
	class: m['evaluation.focus.guide.class'],
	work: m['evaluation.focus.guide.work'],
	program: m['evaluation.focus.guide.program']
};
export const guideName = (key: GuideKey): string => GUIDES[key]();

/** How strong an agreement is, in the words of Landis & Koch (1977). */
export function kappaWords(kappa: number): string {
	if (kappa < 0.21) return m['evaluation.focus.kappa.slight']();
	if (kappa < 0.41) return m['evaluation.focus.kappa.fair']();
	if (kappa < 0.61) return m['evaluation.focus.kappa.moderate']();
	return kappa < 0.81 ? m['evaluation.focus.kappa.substantial']() : m['evaluation.focus.kappa.almost']();
}

export const themesHref = ({ versionId, classId }: { versionId: string; classId: string | null }): string =>
	`/evaluation/focus-groups/themes/${versionId}${classId === null ? '' : `?class=${classId}`}`;
