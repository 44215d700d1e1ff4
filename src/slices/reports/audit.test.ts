import { describe, expect, test } from 'vitest';
import { json, sources } from '../../../tests/house/tree.ts';
import { auditFacts } from './audit.ts';

describe('a line of the audit trail', () => {
	test('is a list of names and values, ids short and opening what they name', () => {
		const planId = '019a4771-5100-71b2-afdd-d27fb2a97a43';
		expect(auditFacts('impact.recordMeasurements', { rows: 231, planId })).toEqual([
			{ name: 'planId', value: '…a97a43', whole: planId, href: `/plans/${planId}` },
			{ name: 'rows', value: '231', whole: '231', href: null }
		]);
	});
	test('opens nothing that the act removed, and nothing without a page', () => {
		expect(auditFacts('impact.discardStudy', { studyId: 'x' })[0]?.href).toBeNull();
		expect(auditFacts('classes.addSession', { sessionId: 'x' })[0]?.href).toBeNull();
	});
	test('without a subject is empty', () => {
		expect([null, undefined, 'x', {}].flatMap((subject) => auditFacts('a.b', subject))).toEqual([]);
	});
});

describe('words of the audit trail', () => {
	const code = sources('src', /\.ts$/).filter(({ path }) => !path.includes('.test.'));
	const all = (pattern: RegExp) =>
		code.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
	/** `{ planId: plan.id, lineId }` → planId, lineId. */
	const names = (object: string) =>
		object.split(',').flatMap((part) => /^\s*(\w+)\s*(?::|\s*$)/.exec(part)?.[1] ?? []);
	const words = Object.keys(json('src/slices/reports/messages/id.json'));
	const said = (prefix: string) =>
		words.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));

	test('are there for every command, and for none that is gone', () => {
		const commands = all(/= (?:sharedC|c)ommand\(\s*'([^']+)'/g);
		expect(commands.length).toBeGreaterThan(70);
		expect(said('reports.did.')).toEqual([...new Set(commands)].sort());
	});
	test('are there for every fact that a command or an event leaves', () => {
		const facts = [...all(/\bnote\(\{([^}]*)\}/g), ...all(/^\t'\w+\.\w+': \{([^}]*)\};$/gm)]
			.map((object) => object.replaceAll(';', ','))
			.flatMap(names);
		expect(facts.length).toBeGreaterThan(70);
		expect([...new Set(facts)].filter((name) => !words.includes(`reports.fact.${name}`))).toEqual([]);
	});
});
