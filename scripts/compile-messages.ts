import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { compileProject, writeOutput, type CompilerOptions } from '@inlang/paraglide-js';
import { z } from 'zod';

const READS_FILES: string = '@inlang/plugin-message-format';

type Project = Parameters<typeof compileProject>[0]['project'];

/** What is used of the plugin that reads the files: it brings no types. */
type Plugin = Record<'toBeImportedFiles' | 'importFiles', (asked: object) => Promise<unknown>>;
const isPlugin = (candidate: unknown): candidate is Plugin =>
	typeof candidate === 'object' &&
	candidate !== null &&
	'toBeImportedFiles' in candidate &&
	'importFiles' in candidate;

const Files = z.array(z.object({ path: z.string(), locale: z.string() }));
const Part = z.record(z.string(), z.unknown());
const Read = z.object({
	bundles: z.array(Part.and(z.object({ id: z.string() }))),
	messages: z.array(Part.and(z.object({ bundleId: z.string(), locale: z.string() }))),
	variants: z.array(Part.and(z.object({ messageBundleId: z.string(), messageLocale: z.string() })))
});

/**
 * Turns messages into functions as the library's own `compile` does, from the same files to the same files. That one
 * first writes each message into an SQLite database in memory, which is nine tenths of its time (17 s of CPU for 7,800
 * messages, every seventh second of a build), only to be asked for all of them at once: here they are handed over as
 * they were read. compile-messages.test.ts holds the two together.
 */
export async function compileMessages(
	root: string,
	settings: object,
	options: CompilerOptions
): Promise<void> {
	const project: unknown = {
		settings: { get: async () => settings },
		db: onlyAnswer(await messagesOf(root, settings))
	};
	if (!isProject(project)) throw new TypeError('no project');
	const output = await compileProject({ project, compilerOptions: options, projectPath: options.project });
	await writeOutput({
		directory: join(root, options.outdir),
		output,
		cleanDirectory: options.cleanOutdir ?? true,
		fs
	});
}

/** Every message in all its languages, as the compiler takes them. */
async function messagesOf(root: string, settings: object) {
	const { default: plugin }: { default: unknown } = await import(READS_FILES);
	if (!isPlugin(plugin)) throw new TypeError(`${READS_FILES} reads no files any more`);
	const wanted = Files.parse(await plugin.toBeImportedFiles({ settings }));
	const files = await Promise.all(
		wanted.map(async ({ path, locale }) => ({ locale, content: await contentOf(join(root, path)) }))
	);
	const { bundles, messages, variants } = Read.parse(
		await plugin.importFiles({ files: files.filter(({ content }) => content !== null), settings })
	);
	const variantsOf = Map.groupBy(variants, (one) => `${one.messageBundleId} ${one.messageLocale}`);
	const messagesOf = Map.groupBy(messages, ({ bundleId }) => bundleId);
	// The last that declares a message is believed, as where rows are written over.
	return [...new Map(bundles.map((bundle) => [bundle.id, bundle])).values()].map((bundle) => ({
		...bundle,
		messages: (messagesOf.get(bundle.id) ?? []).map((message) => ({
			...message,
			variants: variantsOf.get(`${bundle.id} ${message.locale}`) ?? []
		}))
	}));
}

/** A folder may lack a language. */
const contentOf = (path: string): Promise<Buffer | null> =>
	fs.readFile(path).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	});

/** A database that knows one answer. */
const onlyAnswer = (rows: readonly unknown[]) => ({
	selectFrom: () => ({ select: () => ({ execute: async () => rows }) })
});

/** Of a project the compiler reads its settings and its messages. */
const isProject = (candidate: unknown): candidate is Project =>
	typeof candidate === 'object' && candidate !== null && 'settings' in candidate && 'db' in candidate;
