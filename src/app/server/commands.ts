import type { Command } from '#platform/work/command.ts';

/**
 * Every command by name: what the machine door (`/api/v1/commands/<name>`) and its OpenAPI document offer. A room's
 * commands are found by Vite in `server/commands.ts` or `server/commands/*.ts`, so no list belongs to everyone.
 */
const modules = import.meta.glob<Record<string, unknown>>(
	['/src/slices/*/server/commands.ts', '/src/slices/*/server/commands/*.ts'],
	{ eager: true }
);

const isCommand = (value: unknown): value is Command =>
	typeof value === 'object' && value !== null && 'name' in value && 'shape' in value && 'body' in value;

const registry = new Map(
	Object.values(modules)
		.flatMap((module) => Object.values(module))
		.filter(isCommand)
		.map((work) => [work.name, work])
);

export const commandNamed = (name: string): Command | undefined => registry.get(name);
export const allCommands = (): Command[] =>
	[...registry.values()].sort((a, b) => a.name.localeCompare(b.name));
