import { EDITABLE, NEXT, type Module, type VersionStatus } from './model.ts';

/** Sum of the modules' JP (45 minutes each), to the hundredth that the database keeps. */
export const learningHoursOf = (modules: readonly Pick<Module, 'learningHours'>[]): number =>
	modules.reduce((sum, module) => sum + Math.round(module.learningHours * 100), 0) / 100;

export type Blocker = 'noModules' | 'noOutcomes' | 'adviceOpen';

/**
 * What still keeps a version from coming into force. Advice without an answer blocks: whoever helped to write a
 * curriculum is told what became of it, before it is too late to adopt it.
 */
export function blockersOf(version: { modules: number; outcomes: number; openAdvice: number }): Blocker[] {
	return [
		...(version.modules === 0 ? (['noModules'] as const) : []),
		...(version.outcomes === 0 ? (['noOutcomes'] as const) : []),
		...(version.openAdvice > 0 ? (['adviceOpen'] as const) : [])
	];
}

export const mayChange = (status: VersionStatus): boolean => EDITABLE.includes(status);
export const mayFollow = (from: VersionStatus, to: VersionStatus): boolean => NEXT[from].includes(to);

export type LinkState = 'open' | 'expired' | 'revoked';

/** A link taken back says so even after its time has run out: somebody decided it. */
export function linkState(link: { expiresAt: Date; revokedAt: Date | null }, now: Date): LinkState {
	if (link.revokedAt !== null) return 'revoked';
	return link.expiresAt.getTime() <= now.getTime() ? 'expired' : 'open';
}
