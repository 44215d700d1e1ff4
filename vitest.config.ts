import { defineConfig } from 'vitest/config';

// Three rings. `npm test` runs them in this order; `npx vitest --project rules` runs one and stays.
export default defineConfig({
	test: {
		// Two cores: more workers would only wait for each other.
		maxWorkers: 2,
		projects: [
			{
				test: {
					name: 'rules',
					include: [
						'src/**/*.test.ts',
						'scripts/**/*.test.ts',
						'demo/**/*.test.ts',
						'tests/house/**/*.test.ts'
					],
					exclude: ['**/*.db.test.ts', '**/node_modules/**'],
					globalSetup: ['tests/make/messages.ts'],
					// Modules are read once a worker and not once a file: four tenths of the time.
					isolate: false,
					testTimeout: 30_000
				}
			},
			{
				test: {
					name: 'database',
					include: [
						'src/**/*.db.test.ts',
						'scripts/**/*.db.test.ts',
						'demo/**/*.db.test.ts',
						'tests/**/*.db.test.ts'
					],
					globalSetup: ['tests/make/messages.ts', 'tests/make/postgres.ts'],
					isolate: false,
					// scrypt and clones on two busy cores: slow is not wrong.
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			},
			{
				test: {
					name: 'journeys',
					include: ['tests/e2e/**/*.e2e.ts'],
					globalSetup: ['tests/make/city.ts'],
					// One city for all: a journey leaves traces that the next one may meet, but never at the same time.
					fileParallelism: false,
					testTimeout: 90_000,
					hookTimeout: 90_000
				}
			}
		]
	}
});
