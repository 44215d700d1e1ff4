import { STEP_S, type Kind } from '../check-in.ts';
import type { CodeScreen } from '../server/queries/code-screen.ts';

/** Ten characters for the picture and six digits, one after the other (server/codes.ts). */
const TOKEN = 10;
const EACH = 16;
const SKEW = 'asah.skew';

export type Shown = { picture: string; digits: string } | null;

/** The code of a moment from what the page was given; null before the first and after the last. */
export function shownAtStep(screen: CodeScreen, kind: Kind, step: number, site: string): Shown {
	const codes = screen.codes.find((one) => one.kind === kind);
	const at = (step - screen.from) * EACH;
	const code = at < 0 ? '' : (codes?.text.slice(at, at + EACH) ?? '');
	if (codes === undefined || code.length < EACH) return null;
	return {
		picture: `${site}/hadir?k=${codes.start}${step.toString(36)}.${code.slice(0, TOKEN)}`,
		digits: code.slice(TOKEN)
	};
}

/** The server's clock on a device whose own may be wrong: measured while there is signal, remembered without. */
export function serverClock(at: number) {
	let skew = $state(0);
	let now = $state(at);
	return {
		get step(): number {
			return Math.floor(now / 1000 / STEP_S);
		},
		/** Seconds for which the code of now is still shown. */
		get left(): number {
			return STEP_S - (Math.floor(now / 1000) % STEP_S);
		},
		tick: () => (now = Date.now() + skew),
		measured: (server: number) => {
			skew = server - Date.now();
			localStorage.setItem(SKEW, String(skew));
		},
		/** Until the first measurement; a page from this device is older than its clock. */
		recall: () => {
			const known = Number(localStorage.getItem(SKEW) ?? 0);
			skew = Number.isFinite(known) ? known : 0;
		}
	};
}

export type Counts = { at: number; there: number; left: number; refused: number; enrolled: number };

export const isCounts = (value: unknown): value is Counts =>
	typeof value === 'object' &&
	value !== null &&
	['at', 'there', 'left', 'refused', 'enrolled'].every(
		(name) => typeof Reflect.get(value, name) === 'number'
	);
