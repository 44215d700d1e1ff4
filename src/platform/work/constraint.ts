import pg from 'pg';
import { AppError, invalidField, refused } from '#kernel/errors.ts';

/** Database constraint → message key of the refusal, told by the rooms when they load. */
const refusals = new Map<string, string>();

const named = (constraint: string, command = ''): string => `${constraint} ${command}`;

/**
 * What it means to a person when this constraint stops a write: the last wall against two people at once. Where it
 * means something else to one command, that one is named.
 */
export function constraintMeans(constraint: string, code: string, command?: string): void {
	refusals.set(named(constraint, command), code);
}

let loadRooms: () => Promise<unknown> = () => Promise.resolve();

/**
 * How every room is loaded: a screen loads only what it needs, and a constraint may be told by a room's other half.
 * Asked when one is met that nobody told, so that an ordinary start loads nothing more.
 */
export const roomsLoadBy = (load: () => Promise<unknown>): void => {
	loadRooms = load;
};

/** Rethrows: a constraint that a room explained as its refusal, a lost race as such, anything else as the bug it is. */
export async function mended(error: unknown, command?: string): Promise<never> {
	if (error instanceof AppError || !(error instanceof pg.DatabaseError)) throw error;
	const { constraint = '' } = error;
	const told = () => refusals.get(named(constraint, command)) ?? refusals.get(named(constraint));
	if (constraint !== '' && told() === undefined) await loadRooms();
	const code = told();
	if (code !== undefined) throw refused(code);
	// serialization_failure, deadlock_detected, lock_not_available; AS001 is raised by our own frozen-row triggers
	if (['40001', '40P01', '55P03', 'AS001'].includes(error.code ?? ''))
		throw refused('platform.work.conflict');
	// character_not_in_repertoire, untranslatable_character: a text with \0, which only machines send
	if (['22021', '22P05'].includes(error.code ?? '')) throw invalidField('', 'platform.work.character');
	throw error;
}
