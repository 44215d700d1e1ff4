import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

// Formatting is prettier's, types are the compiler's; here stands what neither of them says. Not type-checked: that
// would double the time of `npm run check`.
export default tseslint.config(
	{
		ignores: [
			'node_modules/',
			'build/',
			'.svelte-kit/',
			'.asah/',
			'src/platform/i18n/paraglide/',
			'project.inlang/',
			'tests/.results/',
			'**/*.gen.ts'
		]
	},
	...tseslint.configs.recommended,
	...svelte.configs.recommended,
	{
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// Nothing happens behind the reader's back: no enum, namespace or parameter property (Node strips types only).
			'@typescript-eslint/no-namespace': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': [
				'error',
				{ selector: 'ExportAllDeclaration', message: 'Doors are short and named: no export *.' },
				{ selector: 'TSEnumDeclaration', message: 'Use a union of literals: enums cannot be stripped.' },
				{
					selector: 'ClassDeclaration[id.name!="AppError"]',
					message: 'No classes but AppError: a function and a type say it.'
				}
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: tseslint.parser } },
		rules: {
			// Base path is '/', and addresses are data here; resolve() would only add noise.
			'svelte/no-navigation-without-resolve': 'off',
			// $props() are let by Svelte's own custom.
			'prefer-const': 'off',
			'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived', '$bindable', '$state'] }],
			'svelte/require-each-key': 'error',
			'svelte/no-at-html-tags': 'error'
		}
	},
	{
		// What runs in a terminal speaks there.
		files: ['scripts/**', 'bench/**', 'demo/people/write.ts', 'tests/make/**', 'tests/e2e/**'],
		rules: { 'no-console': 'off' }
	}
);
