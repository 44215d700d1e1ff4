/** Which codes of a passage: those that count, or the second coder's, kept apart until they are handed over. */
export type Round = 1 | 2;

export type FocusPhase = 'coding' | 'finished';
export const phaseOf = ({ finishedAt }: { finishedAt: Date | null }): FocusPhase =>
	finishedAt === null ? 'coding' : 'finished';

/** A code of the agency's codebook. */
export type ThemeCode = {
	id: string;
	code: string;
	name: string;
	definition: string;
	example: string;
	/** A finding is proposed of it when it keeps coming up; not so of praise. */
	proposes: boolean;
	active: boolean;
	/** The code that counts instead of it. */
	mergedInto: { id: string; code: string; name: string } | null;
	/** Passages that were given this very code. */
	passages: number;
};

/** A theme of some focus groups: a code together with what was merged into it. */
export type Theme = {
	codeId: string;
	code: string;
	name: string;
	definition: string;
	proposes: boolean;
	passages: number;
	groups: number;
	/** Distinct speakers among passages whose speaker was noted, within each group. */
	speakers: number;
};

/** Themes with what they are shares of: passages that were given any code, of groups whose coding is finished. */
export type Themes = { themes: Theme[]; passages: number; groups: number };

export type Passage = {
	id: string;
	question: number | null;
	said: string;
	speaker: string | null;
	shareable: boolean;
};

/** Agreement of two coders as it was when the second handed over; kappa null where chance alone explains it. */
export type CodeAgreement = {
	codeId: string;
	both: number;
	first: number;
	second: number;
	kappa: number | null;
};
export type Agreement = { passages: number; pooled: number | null; codes: CodeAgreement[] };

/** The column holds what `agreementOf` made; anything else is no agreement. */
export function agreementIn(value: unknown): Agreement | null {
	if (!isObject(value) || typeof value['passages'] !== 'number' || !Array.isArray(value['codes']))
		return null;
	const codes = value['codes'].flatMap((one: unknown): CodeAgreement[] =>
		isObject(one) && typeof one['codeId'] === 'string'
			? [
					{
						codeId: one['codeId'],
						both: figure(one['both']) ?? 0,
						first: figure(one['first']) ?? 0,
						second: figure(one['second']) ?? 0,
						kappa: figure(one['kappa'])
					}
				]
			: []
	);
	return { passages: value['passages'], pooled: figure(value['pooled']), codes };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;
const figure = (value: unknown): number | null => (typeof value === 'number' ? value : null);
