export type PlannedClass = {
	/** Week of its first day, see ../clock.ts; or working days from today for what is going on right now. */
	when: { week: number; weekday?: number } | { workdays: readonly number[] };
	seats: number;
	/** How far it has come by today. */
	stage: 'certified' | 'finished' | 'held' | 'running' | 'open' | 'planned' | 'cancelled';
	/** Asked for, per seat: above 1 somebody has to wait. */
	demand?: number;
	/** Teaches all of it: the facilitator whose account is printed. */
	persona?: true;
	place?: string;
};

export type PlannedLine = {
	code: string;
	/** Office, or null for the whole city. */
	unit: string | null;
	seats: number;
	/** Rupiah for each seat. */
	each: number;
	fund: 'own' | 'province' | 'national' | 'partner';
	goal: string;
	/** false: nobody measured this need; the break is meant to be seen. */
	measured?: false;
	classes: readonly PlannedClass[];
};

/** Held and certified in the finished year, unless told otherwise. */
export const past = (week: number, seats: number, more: Partial<PlannedClass> = {}): PlannedClass => ({
	when: { week },
	seats,
	stage: 'certified',
	...more
});
