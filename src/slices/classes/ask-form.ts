/** A request about a mark as its form sends it, with the proof read from its file. */
export async function askInput(form: FormData, sessionId: string): Promise<Record<string, unknown>> {
	const { personId, wanted, reason, evidence } = Object.fromEntries(form.entries());
	return {
		sessionId,
		wanted,
		reason,
		...(typeof personId === 'string' && personId !== '' ? { personId } : {}),
		...(await fileIn('evidence', evidence))
	};
}

/** A file of a form under its name, or nothing when none was chosen. */
export async function fileIn(
	name: string,
	file: FormDataEntryValue | null | undefined
): Promise<Record<string, { name: string; bytes: Uint8Array }>> {
	if (!(file instanceof File) || file.size === 0) return {};
	return { [name]: { name: file.name.slice(0, 200), bytes: new Uint8Array(await file.arrayBuffer()) } };
}
