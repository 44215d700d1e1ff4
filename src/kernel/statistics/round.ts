/**
 * Rounding as regulations mean it: on the decimal figure that is written, half away from zero. A binary float is
 * not that figure (1.005 is 1.00499…, so `toFixed(2)` says 1.00), and at 76.605 one such slip is a wrong service
 * grade (PermenPANRB 14/2017: 76.61 is B). A number is therefore taken at its shortest decimal form, the one people
 * see and type; quotients of counts should come through `roundRatio`, which never leaves the integers.
 * Results are decimal strings with exactly `places` decimals; `Number(…)` of one compares safely with literals.
 */

type Decimal = { negative: boolean; digits: bigint; scale: number };

function decimalOf(value: string | number | bigint): Decimal {
	const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(value));
	if (!match) throw new RangeError(`not a decimal figure: ${value}`);
	const fraction = match[3] ?? '';
	const scale = fraction.length - Number(match[4] ?? 0);
	const digits = BigInt(`${match[2]}${fraction}`);
	const negative = match[1] === '-';
	return scale < 0
		? { negative, digits: digits * 10n ** BigInt(-scale), scale: 0 }
		: { negative, digits, scale };
}

function requirePlaces(places: number): void {
	if (!Number.isInteger(places) || places < 0) throw new RangeError(`decimal places: ${places}`);
}

function written(negative: boolean, units: bigint, places: number): string {
	const digits = String(units).padStart(places + 1, '0');
	const whole = digits.slice(0, digits.length - places);
	const sign = negative && units > 0n ? '-' : '';
	return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

const halfUp = (top: bigint, bottom: bigint): bigint => (2n * top + bottom) / (2n * bottom);

/** Rounds half away from zero: ('76.605', 2) → '76.61', (-2.5, 0) → '-3'. */
export function roundDecimal(value: string | number | bigint, places: number): string {
	requirePlaces(places);
	const { negative, digits, scale } = decimalOf(value);
	const units = halfUp(digits * 10n ** BigInt(places), 10n ** BigInt(scale));
	return written(negative, units, places);
}

/** Cuts towards zero: ('90.999', 2) → '90.99'. For scores a rule says must be reached, not rounded up to. */
export function truncateDecimal(value: string | number | bigint, places: number): string {
	requirePlaces(places);
	const { negative, digits, scale } = decimalOf(value);
	return written(negative, (digits * 10n ** BigInt(places)) / 10n ** BigInt(scale), places);
}

/** Rounds the exact quotient of two integers: (1600, 18, 2) → '88.89'. Refuses fractions and a zero divisor. */
export function roundRatio(numerator: number | bigint, denominator: number | bigint, places: number): string {
	requirePlaces(places);
	const top = BigInt(numerator);
	const bottom = BigInt(denominator);
	if (bottom === 0n) throw new RangeError('quotient by zero');
	const magnitude = (n: bigint) => (n < 0n ? -n : n);
	const units = halfUp(magnitude(top) * 10n ** BigInt(places), magnitude(bottom));
	return written(top < 0n !== bottom < 0n, units, places);
}
