/**
 * An address that one person can have and that no mail program reads as two: no quoted names, comments, routes or lists.
 * Narrower than the standard on purpose.
 */
const ADDRESS =
	/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

export const isAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** "Asah Kota Medan <asah@medan.go.id>" or the bare address; null when it is neither. */
export function readSender(text: string): { name: string; address: string } | null {
	const [, name = '', address = ''] = /^\s*([^<>"]*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [
		undefined,
		'',
		text.trim()
	];
	return isAddress(address) && oneLine(name) === name ? { name, address } : null;
}

/** What goes into a header: no line of its own can be begun from within a name or a title. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
