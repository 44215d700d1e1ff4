import { normal, randomFor } from '../random.ts';
import { COUNTER_UNIT } from './audience.ts';
import type { City, Staff, World } from './world.ts';

/**
 * The planted model of what people can do, on the dictionary's scale of levels. It is written out in demo/README.md,
 * so that whoever doubts a figure of the product can hold it against the truth.
 */
export const MODEL = {
	/** How far people are below what their post asks, on average. */
	start: -0.2,
	office: 0.3,
	officeCompetency: 0.2,
	person: 0.45,
	rest: 0.4,
	/** Harder and easier competencies, by code. */
	competency: { 'M.05': -0.2, 'M.07': -0.35, 'M.08': -0.15, 'M.01': 0.25, 'SK.01': 0.15 } as Readonly<
		Record<string, number>
	>,
	/** Counters of the kecamatan in public service and communication: the gap that the year is about. */
	counter: { 'M.05': -0.6, 'M.03': -0.3 } as Readonly<Record<string, number>>,
	self: { leniency: 0.3, spread: 0.35, noise: 0.3 },
	supervisor: { leniency: -0.05, spread: 0.3, noise: 0.25 },
	/** What a passed program adds in the competencies that it teaches, up to the level that it teaches to. */
	gain: { mean: 0.8, spread: 0.25 }
} as const;

export type Competency = { id: string; code: string };
/** Person → true level by competency, in the order of the dictionary. */
export type Abilities = ReadonlyMap<string, readonly number[]>;
/** Required level by post level and competency id. */
export type Required = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function plantAbilities(
	world: World,
	city: City,
	competencies: readonly Competency[],
	required: Required
): Abilities {
	const offices = new Map<string, { own: number; each: number[] }>();
	const officeOf = (name: string) => {
		const known = offices.get(name);
		if (known) return known;
		const random = randomFor(world.seed, city.key, 'office', name);
		const made = {
			own: normal(random) * MODEL.office,
			each: competencies.map(() => normal(random) * MODEL.officeCompetency)
		};
		offices.set(name, made);
		return made;
	};
	return new Map(
		city.staff.map((person) => {
			const random = randomFor(world.seed, city.key, 'ability', person.nip);
			const office = officeOf(person.office);
			const own = normal(random) * MODEL.person;
			const asked = required.get(person.level);
			const levels = competencies.map(
				({ id, code }, index) =>
					(asked?.get(id) ?? 1) +
					MODEL.start +
					office.own +
					(office.each[index] ?? 0) +
					own +
					(MODEL.competency[code] ?? 0) +
					(isCounter(person) ? (MODEL.counter[code] ?? 0) : 0) +
					normal(random) * MODEL.rest
			);
			return [person.id, levels];
		})
	);
}

const isCounter = (person: Staff): boolean => person.unitName === COUNTER_UNIT;

/** A rating on the scale of the form. */
export const rated = (level: number): number => Math.min(5, Math.max(0, Math.round(level)));

type Passed = {
	program: { plan: { versions: readonly { outcomes: readonly { competency: string; level: number }[] }[] } };
	passed: readonly Staff[];
};

/** What people can do after their classes: more in what was taught, but never past the level that was taught. */
export function trained(
	world: World,
	city: City,
	abilities: Abilities,
	competencies: readonly Competency[],
	classes: readonly Passed[]
): Abilities {
	const after = new Map([...abilities].map(([id, levels]) => [id, [...levels]]));
	for (const { program, passed } of classes)
		for (const { competency, level } of program.plan.versions.at(-1)?.outcomes ?? []) {
			const at = competencies.findIndex(({ code }) => code === competency);
			for (const person of passed) {
				const levels = after.get(person.id);
				const before = levels?.[at];
				if (!levels || before === undefined || before >= level) continue;
				const gain =
					MODEL.gain.mean +
					normal(randomFor(world.seed, city.key, 'gain', competency, person.nip)) * MODEL.gain.spread;
				levels[at] = Math.min(level, before + Math.max(0, gain));
			}
		}
	return after;
}
