/** A field of a sign-in form as it was typed, '' when it is missing; passwords keep their spaces. */
export function typedText(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
}
