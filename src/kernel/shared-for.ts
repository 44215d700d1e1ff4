/**
 * Answers alike for a moment: who asks the same while the work is under way, or within `ms` after it, gets the very same
 * answer. For figures that are costly, equal for everybody who may ask, and no worse for being some seconds old. A
 * failure is not kept. Whoever gets the answer must not change it.
 */
export function sharedFor<T>(ms: number): (key: string, work: () => Promise<T>) => Promise<T> {
	const kept = new Map<string, Promise<T>>();
	return (key, work) => {
		const known = kept.get(key);
		if (known !== undefined) return known;
		const made = work();
		kept.set(key, made);
		const forget = () => kept.delete(key);
		made.then(() => setTimeout(forget, ms).unref(), forget);
		return made;
	};
}
