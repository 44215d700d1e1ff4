/** Numbers in [0, 1) from 128 bits of state: Chris Doty-Humphrey's sfc32, which passes PractRand; never for secrets. */
export function sfc32(a: number, b: number, c: number, counter: number): () => number {
	return () => {
		const sum = (a + b + counter) >>> 0;
		counter = (counter + 1) >>> 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) >>> 0;
		c = ((c << 21) | (c >>> 11)) >>> 0;
		c = (c + sum) >>> 0;
		return sum / 4_294_967_296;
	};
}

/**
 * Numbers in [0, 1) that look drawn by lot and are the same for the same seed on every machine: sfc32, seeded through
 * SplitMix32. For simulations and lotteries that anybody can repeat.
 */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	const word = (): number => {
		state = (state + 0x9e3779b9) >>> 0;
		let z = state;
		z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
		z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
		return (z ^ (z >>> 15)) >>> 0;
	};
	return sfc32(word(), word(), word(), 1);
}

/** A new order of the list, every order equally likely (Fisher & Yates). */
export function shuffled<Of>(list: readonly Of[], random: () => number): Of[] {
	const order = [...list];
	for (let at = order.length - 1; at > 0; at--) {
		const other = Math.floor(random() * (at + 1));
		const [one, two] = [order[at], order[other]];
		if (one === undefined || two === undefined) continue;
		order[at] = two;
		order[other] = one;
	}
	return order;
}
