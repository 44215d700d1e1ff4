import { randomFillSync } from 'node:crypto';

/** Random bytes for many ids at once: asking the system for 16 at a time took longer than all else an id needs. */
const random = Buffer.alloc(16 * 256);
let used = random.length;

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random bits, so that keys sort by the time they were made
 * and B-trees grow at one end. The app makes them because PostgreSQL 15 cannot. Many of one moment say their `place` among
 * them (26 bits, §6.2), or they would lie all over that end.
 */
export function newId(now: number = Date.now(), place?: number): string {
	if (used === random.length) {
		randomFillSync(random);
		used = 0;
	}
	const bytes = random.subarray(used, (used += 16));
	bytes.writeUIntBE(now, 0, 6);
	if (place !== undefined) {
		bytes.writeUInt16BE(place >>> 14, 6);
		bytes.writeUInt16BE(place & 0x3fff, 8);
	}
	bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
	bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
	const hex = bytes.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (text: string): boolean => UUID.test(text);
