/** A position as a browser gives it: degrees, and within how many metres it is right (95 %). */
export type Position = { latitude: number; longitude: number; accuracy: number };
export type Fence = { latitude: number; longitude: number; radiusM: number };

const EARTH_M = 6_371_008.8;
/** A phone between houses is off by tens of metres; more than this is no answer to "are you here?". */
const MOST_BENEFIT_M = 100;
const USELESS_M = 1000;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres (haversine, mean radius of the WGS 84 ellipsoid: off by at most 0.6 %). */
export function metresBetween(
	a: { latitude: number; longitude: number },
	b: { latitude: number; longitude: number }
): number {
	const high = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
	const wide =
		Math.cos(radians(a.latitude)) *
		Math.cos(radians(b.latitude)) *
		Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
	return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(high + wide)));
}

export type Found =
	| { inside: true; accuracy: 'good' | 'fair' | 'poor' }
	| { inside: false; accuracy: 'good' | 'fair' | 'poor' | 'none'; metres: number };

/**
 * Inside when the point lies in the circle, given the benefit of the phone's own doubt up to 100 m. A position that is
 * off by more than a kilometre says nothing (`none`). Metres: how far outside the circle.
 */
export function insideFence(position: Position, fence: Fence): Found {
	const metres = Math.round(metresBetween(position, fence));
	const accuracy = position.accuracy <= 30 ? 'good' : position.accuracy <= 100 ? 'fair' : 'poor';
	if (metres <= fence.radiusM + Math.min(position.accuracy, MOST_BENEFIT_M))
		return position.accuracy > USELESS_M && fence.radiusM < position.accuracy
			? { inside: false, accuracy: 'none', metres: 0 }
			: { inside: true, accuracy };
	return { inside: false, accuracy: position.accuracy > USELESS_M ? 'none' : accuracy, metres };
}
