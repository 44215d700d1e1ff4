/** The bytes alone, in memory of their own: a Buffer often shows a part of a larger one. */
export function buffer(bytes: Uint8Array): ArrayBuffer {
	const own = new ArrayBuffer(bytes.byteLength);
	new Uint8Array(own).set(bytes);
	return own;
}
