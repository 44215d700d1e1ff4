import type { CompilerOptions } from '@inlang/paraglide-js';

/**
 * How messages become functions. `project.inlang/settings.json` is written by `scripts/messages.ts` so that every
 * room's `messages/` folder is found without a list that belongs to everyone.
 */
export const paraglideOptions = (): CompilerOptions => ({
	project: './project.inlang',
	outdir: './src/platform/i18n/paraglide',
	strategy: ['cookie', 'baseLocale'],
	cookieName: 'asah_language',
	outputStructure: 'message-modules',
	emitTsDeclarations: false
});
