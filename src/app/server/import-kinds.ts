import { addFollower, addImportKind, type Follower, type ImportKind } from '#slices/people/public.server.ts';

/**
 * Kinds of file that rooms to the right of Orang bring to its import office, and what follows in them from new people: found by Vite in their
 * `server/import-kinds.ts`, so no list belongs to everyone.
 */
const modules = import.meta.glob<Record<string, unknown>>('/src/slices/*/server/import-kinds.ts', {
	eager: true
});

const isImportKind = (value: unknown): value is ImportKind =>
	typeof value === 'object' && value !== null && 'shape' in value && 'compare' in value && 'undo' in value;

const isFollower = (value: unknown): value is Follower =>
	typeof value === 'object' && value !== null && 'tables' in value && 'forget' in value;

/** Once, before the first file is read. */
export function addRoomsImportKinds(): void {
	const brought = Object.values(modules).flatMap((module) => Object.values(module));
	for (const kind of brought.filter(isImportKind)) addImportKind(kind);
	for (const follower of brought.filter(isFollower)) addFollower(follower);
}
