import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';

export const canRead = (actor: Actor): boolean => hasAbility(actor, 'reports.read');
export const canTrace = (actor: Actor): boolean => hasAbility(actor, 'reports.trace');
export const canFreeze = (actor: Actor): boolean => mayEverywhere(actor, 'reports.read');
export const canAudit = (actor: Actor): boolean => mayEverywhere(actor, 'agency.audit');
