/**
 * The regularised incomplete beta function by its continued fraction (Lentz's method; DLMF 8.17.22): what the t and
 * the F distribution are made of.
 */

/** Stirling's remainder ln Γ(x) − [(x−½) ln x − x + ½ ln 2π], below 1e-14 for x ≥ 10 (DLMF 5.11.1). */
function stirlingRemainder(x: number): number {
	const u = 1 / (x * x);
	return (1 / 12 - u * (1 / 360 - u * (1 / 1260 - u * (1 / 1680 - u * (1 / 1188 - (u * 691) / 360360))))) / x;
}

const HALF_LN_2PI = 0.91893853320467274178;

/** ln Γ(x) for x > 0: shifted to x ≥ 10 by the recurrence, then Stirling. */
export function lnGamma(x: number): number {
	let product = 1;
	let shifted = x;
	while (shifted < 10) {
		product *= shifted;
		shifted += 1;
	}
	return (
		(shifted - 0.5) * Math.log(shifted) -
		shifted +
		HALF_LN_2PI +
		stirlingRemainder(shifted) -
		Math.log(product)
	);
}

/** ln B(a, b). For large arguments the three gammas would cancel, so their leading parts are taken out by hand. */
export function lnBeta(a: number, b: number): number {
	const small = Math.min(a, b);
	const large = Math.max(a, b);
	if (large < 10) return lnGamma(small) + lnGamma(large) - lnGamma(small + large);
	const sum = small + large;
	const tail = stirlingRemainder(large) - stirlingRemainder(sum);
	const shared = (large - 0.5) * Math.log1p(-small / sum);
	return lnGamma(small) + tail + shared + small - small * Math.log(sum);
}

function betaFraction(a: number, b: number, x: number): number {
	const tiny = 1e-300;
	const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m <= 100_000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / away(1 + even * d);
		c = away(1 + even / c);
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / away(1 + odd * d);
		c = away(1 + odd / c);
		const change = d * c;
		fraction *= change;
		if (Math.abs(change - 1) < 1e-16) break;
	}
	return fraction;
}

/** Regularised incomplete beta I_x(a, b); takes y = 1 − x as well, so that neither tail loses digits. */
export function regularisedBeta(a: number, b: number, x: number, y: number): number {
	if (x <= 0) return 0;
	if (y <= 0) return 1;
	const lnX = x > 0.5 ? Math.log1p(-y) : Math.log(x);
	const lnY = y > 0.5 ? Math.log1p(-x) : Math.log(y);
	const front = Math.exp(a * lnX + b * lnY - lnBeta(a, b));
	if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
	return 1 - (front * betaFraction(b, a, y)) / b;
}
