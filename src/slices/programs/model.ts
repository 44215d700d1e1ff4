export const VERSION_STATUSES = ['draft', 'review', 'in_force', 'retired'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** Which status may follow which. A version in force is never changed again: the next change is a new version. */
export const NEXT: Record<VersionStatus, readonly VersionStatus[]> = {
	draft: ['review', 'in_force'],
	review: ['in_force'],
	in_force: ['retired'],
	retired: []
};

/** While it stands so, modules and outcomes may change; a partner who was asked sees the change at once. */
export const EDITABLE: readonly VersionStatus[] = ['draft', 'review'];

export const MODES = ['class', 'field', 'online', 'self_paced', 'workplace'] as const;
export type Mode = (typeof MODES)[number];

export const DECISIONS = ['adopted', 'partly', 'declined'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Forms of competency development. @law PerLAN 10/2018, lampiran: codes KL classical, NK non-classical */
export const FORMS = [
	'KL01', 'KL02', 'KL03', 'KL04', 'KL05', 'KL06', 'KL07', 'KL08', 'KL09', 'KL10', 'KL11', 'KL12',
	'NK01', 'NK02', 'NK03', 'NK04', 'NK05', 'NK06', 'NK07', 'NK08', 'NK09', 'NK10', 'NK11', 'NK12', 'NK13'
] as const; // prettier-ignore
export type FormCode = (typeof FORMS)[number];

/** Days a partner may be given; after that the link is dead and a new one is made. */
export const LINK_DAYS = [7, 14, 30, 60] as const;

// The database's check constraints keep the columns to these words.
const narrowing =
	<Word extends string>(words: readonly Word[]) =>
	(text: string): Word => {
		const word = words.find((known) => known === text);
		if (word === undefined) throw new TypeError(`${text} is none of ${words.join(', ')}`);
		return word;
	};
export const versionStatus = narrowing(VERSION_STATUSES);
export const modeOf = narrowing(MODES);
export const decisionOf = narrowing(DECISIONS);
export const formCode = narrowing(FORMS);

/** `basedOn`: the module or outcome of the earlier version that this one was copied from. */
export type Module = { id: string; name: string; learningHours: number; mode: Mode; basedOn: string | null };
export type Outcome = {
	id: string;
	statement: string;
	competencyId: string;
	competency: string;
	level: number;
	basedOn: string | null;
};
export type Curriculum = { modules: readonly Module[]; outcomes: readonly Outcome[] };

/** How much a finding hurts learning. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The database's check constraint keeps the column to these words. */
export function severityOf(text: string): Severity {
	const severity = SEVERITIES.find((known) => known === text);
	if (severity === undefined) throw new TypeError(`not a severity: ${text}`);
	return severity;
}
