import { WORDS } from './words.mjs';

/**
 * @typedef {Record<string, string | number>} Facts
 */

/**
 * The sentence for a code, with its facts filled in.
 * @param {string} code
 * @param {Facts} [facts]
 */
export function sentence(code, facts = {}) {
	const words = WORDS[code] ?? code;
	return words.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/**
 * @param {string} code
 * @param {Facts} [facts]
 */
export function say(code, facts) {
	console.log(sentence(code, facts));
}

/**
 * @param {string} code
 * @param {Facts} [facts]
 */
export function complain(code, facts) {
	console.error(sentence(code, facts));
}

/**
 * Says what is wrong and ends. Exit code 2: somebody has to change something before it can work; 1: it broke.
 * @param {string} code
 * @param {Facts} facts
 * @returns {never}
 */
export function fail(code, facts, exitCode = 2) {
	complain(code, facts);
	process.exit(exitCode);
}
