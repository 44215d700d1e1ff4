import { addImportKind, type ImportKind } from '#slices/people/public.server.ts';

/**
 * Kinds of file that rooms to the right of Orang bring to its import office: found by Vite in their
 * `server/import-kinds.ts`, so no list belongs to everyone.
 */
const modules = import.meta.glob<Record<string, unknown>>('/src/slices/*/server/import-kinds.ts', {
	eager: true
});

const isImportKind = (value: unknown): value is ImportKind =>
	typeof value === 'object' && value !== null && 'shape' in value && 'compare' in value && 'undo' in value;

/** Once, before the first file is read. */
export function addRoomsImportKinds(): void {
	for (const kind of Object.values(modules)
		.flatMap((module) => Object.values(module))
		.filter(isImportKind))
		addImportKind(kind);
}
