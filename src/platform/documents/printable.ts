// Control characters, invisible joiners and direction overrides: no font shows them, PDF/A refuses them, and an
// override could make a name read differently from what is stored. Spaces and line breaks are dealt with first.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu;

/** One line of text as a document can show it: composed letters (NFC), single spaces, nothing invisible. */
export function printable(text: string): string {
	return text.normalize('NFC').replace(/\s+/gu, ' ').replace(UNPRINTABLE, '').trim();
}

/** JSON in which every string is `printable`, to hand to a template as one input. */
export function printableJson(data: unknown): string {
	return JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value));
}
