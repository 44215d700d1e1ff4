/**
 * What somebody typed into the server's page while its script was still on the way. Waking up, a page sets every field
 * to what the server sent, and on a slow line whole sentences would go.
 */
export type TypedEarly = readonly (readonly [place: number, value: string | boolean])[];

/** Fields of a form that no longer hold what the page came with, by their place in it. Nothing on the server. */
export function typedEarly(formId: string): TypedEarly {
	if (typeof document === 'undefined') return [];
	const form = document.getElementById(formId);
	if (!(form instanceof HTMLFormElement)) return [];
	return Array.from(form.elements).flatMap((control, place): [number, string | boolean][] => {
		if (control instanceof HTMLInputElement) {
			if (control.type === 'checkbox' || control.type === 'radio')
				return control.checked === control.defaultChecked ? [] : [[place, control.checked]];
			if (control.type === 'file' || control.type === 'hidden') return [];
		}
		if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
			return control.value === control.defaultValue ? [] : [[place, control.value]];
		if (control instanceof HTMLSelectElement)
			return control.value === defaultChoice(control) ? [] : [[place, control.value]];
		return [];
	});
}

/** Puts them back as if typed, so that whoever listens hears it. */
export function typeAgain(formId: string, early: TypedEarly): void {
	const form = document.getElementById(formId);
	if (!(form instanceof HTMLFormElement)) return;
	for (const [place, value] of early) {
		const control = form.elements[place];
		if (control instanceof HTMLInputElement && typeof value === 'boolean') {
			// A radio button goes out because another one came on, and says nothing.
			if (control.type === 'radio' && !value) continue;
			control.checked = value;
		} else if (isTextual(control) && typeof value === 'string') control.value = value;
		else continue;
		control.dispatchEvent(new Event('input', { bubbles: true }));
		control.dispatchEvent(new Event('change', { bubbles: true }));
	}
}

const defaultChoice = (select: HTMLSelectElement): string =>
	(Array.from(select.options).find((option) => option.defaultSelected) ?? select.options[0])?.value ?? '';

const isTextual = (
	control: Element | undefined
): control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
	control instanceof HTMLInputElement ||
	control instanceof HTMLTextAreaElement ||
	control instanceof HTMLSelectElement;
