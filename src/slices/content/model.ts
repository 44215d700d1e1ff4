export const PURPOSES = ['pretest', 'posttest', 'practice'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const KINDS = ['single', 'multiple'] as const;
export type Kind = (typeof KINDS)[number];

// The database's check constraints keep the columns to these words.
export function purposeOf(text: string): Purpose {
	const purpose = PURPOSES.find((known) => known === text);
	if (purpose === undefined) throw new TypeError(`not a purpose of a quiz: ${text}`);
	return purpose;
}

export function kindOf(text: string): Kind {
	const kind = KINDS.find((known) => known === text);
	if (kind === undefined) throw new TypeError(`not a kind of question: ${text}`);
	return kind;
}

/** A choice as its author sees it; `correct` never travels to somebody who is taking the quiz. */
export type Choice = { id: string; wording: string; correct: boolean };
export type Question = {
	id: string;
	kind: Kind;
	stem: string;
	explanation: string;
	choices: readonly Choice[];
};

/** A question as it is asked. */
export type AskedQuestion = {
	id: string;
	kind: Kind;
	stem: string;
	choices: readonly { id: string; wording: string }[];
};

/** What is needed to mark an answer; stays on the server. */
export type KeyedQuestion = {
	id: string;
	kind: Kind;
	choiceIds: readonly string[];
	correctIds: readonly string[];
};

/** Choices that the form of a question offers room for. */
export const MOST_CHOICES = 8;
