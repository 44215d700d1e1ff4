import { lnGamma } from './incompleteBeta.ts';

/**
 * P(X ≥ x) of chi-square with `df` degrees of freedom: the upper regularised gamma function by its series below
 * df/2 + 1 and by Lentz's continued fraction above (Press et al., Numerical Recipes, §6.2).
 */
export function chiSquareUpper(x: number, df: number): number {
	if (!(df > 0) || !(x >= 0)) throw new RangeError(`chi-square ${x} with ${df} degrees of freedom`);
	if (x === 0) return 1;
	if (x === Infinity) return 0;
	const a = df / 2;
	const z = x / 2;
	const front = Math.exp(a * Math.log(z) - z - lnGamma(a));
	return z < a + 1 ? 1 - front * series(a, z) : front * fraction(a, z);
}

function series(a: number, z: number): number {
	let term = 1 / a;
	let sum = term;
	for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
		term *= z / (a + n);
		sum += term;
	}
	return sum;
}

function fraction(a: number, z: number): number {
	const tiny = 1e-300;
	let b = z + 1 - a;
	let c = 1 / tiny;
	let d = 1 / b;
	let value = d;
	for (let n = 1; n < 10_000; n++) {
		const numerator = -n * (n - a);
		b += 2;
		d = 1 / (numerator * d + b || tiny);
		c = b + numerator / c || tiny;
		const factor = d * c;
		value *= factor;
		if (Math.abs(factor - 1) < 1e-16) break;
	}
	return value;
}
