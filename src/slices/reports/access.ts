import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';

export const canRead = (actor: Actor): boolean => hasAbility(actor, 'reports.read');
/** What a program brought: whoever reads programs and any of its levels. Each level asks its own room besides. */
export const canReadProgram = (actor: Actor): boolean =>
	hasAbility(actor, 'programs.read') &&
	(['evaluation.read', 'followup.read', 'impact.read', 'reports.read'] as const).some((ability) =>
		hasAbility(actor, ability)
	);
/** Hasil, the whole agency on a page: for whoever answers for the whole. */
export const canReadYear = (actor: Actor): boolean => mayEverywhere(actor, 'reports.read');
export const canTrace = (actor: Actor): boolean => hasAbility(actor, 'reports.trace');
/** The whole agency; who traces in units meets nobody else's people and numbers (`server/trace-scope.ts`). */
export const tracesEverywhere = (actor: Actor): boolean => mayEverywhere(actor, 'reports.trace');
export const canFreeze = (actor: Actor): boolean => mayEverywhere(actor, 'reports.read');
export const canAudit = (actor: Actor): boolean => mayEverywhere(actor, 'agency.audit');
