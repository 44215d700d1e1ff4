/** An answer as a supervisor gives it: one of the words to press, and what they may add to it. */
export const answerTyped = ({ answer, note, ...rest }: Readonly<Record<string, unknown>>) => ({
	...rest,
	answer:
		typeof answer === 'string' && typeof note === 'string' && note.trim() !== ''
			? `${answer}. ${note.trim()}`
			: answer
});
