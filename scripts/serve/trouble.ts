import { problemOf } from '#platform/start-problem.ts';
import { readSettings, type Settings } from '#platform/settings.ts';
import { ROOT } from '../installed.mjs';
import { complain, sentence } from '../terminal.mjs';

/** The settings, or the end of the process with each wrong one and an example. */
export function settingsOrEnd(): Settings {
	const answer = readSettings(process.env, ROOT);
	if (!('problems' in answer)) return answer.settings;
	complain('settings.wrong');
	for (const { name, value, code } of answer.problems)
		complain('settings.line', { name, value, why: sentence(code, { name }) });
	process.exit(2);
}

/** Says what went wrong and answers the exit code: 2 when somebody has to change something first, 1 when it broke. */
export function complainOf(error: unknown): 1 | 2 {
	const problem = problemOf(error);
	if (!problem) {
		console.error(error);
		return 1;
	}
	complain(problem.code, problem.facts);
	return 2;
}
