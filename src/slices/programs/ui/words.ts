import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Change } from '../changes.ts';
import type { Decision, FormCode, Mode, Severity, VersionStatus } from '../model.ts';
import type { Blocker } from '../rules.ts';
import { formatNumber } from '#platform/i18n/format.ts';

const FORM: Record<FormCode, () => string> = {
	KL01: m['programs.form.KL01'],
	KL02: m['programs.form.KL02'],
	KL03: m['programs.form.KL03'],
	KL04: m['programs.form.KL04'],
	KL05: m['programs.form.KL05'],
	KL06: m['programs.form.KL06'],
	KL07: m['programs.form.KL07'],
	KL08: m['programs.form.KL08'],
	KL09: m['programs.form.KL09'],
	KL10: m['programs.form.KL10'],
	KL11: m['programs.form.KL11'],
	KL12: m['programs.form.KL12'],
	NK01: m['programs.form.NK01'],
	NK02: m['programs.form.NK02'],
	NK03: m['programs.form.NK03'],
	NK04: m['programs.form.NK04'],
	NK05: m['programs.form.NK05'],
	NK06: m['programs.form.NK06'],
	NK07: m['programs.form.NK07'],
	NK08: m['programs.form.NK08'],
	NK09: m['programs.form.NK09'],
	NK10: m['programs.form.NK10'],
	NK11: m['programs.form.NK11'],
	NK12: m['programs.form.NK12'],
	NK13: m['programs.form.NK13']
};
export const formWord = (form: FormCode): string => FORM[form]();

const MODE: Record<Mode, () => string> = {
	class: m['programs.mode.class'],
	field: m['programs.mode.field'],
	online: m['programs.mode.online'],
	self_paced: m['programs.mode.self_paced'],
	workplace: m['programs.mode.workplace']
};
export const modeWord = (mode: Mode): string => MODE[mode]();

const STATUS: Record<VersionStatus, [word: () => string, tone: Tone]> = {
	draft: [m['programs.status.draft'], 'neutral'],
	review: [m['programs.status.review'], 'waiting'],
	in_force: [m['programs.status.in_force'], 'good'],
	retired: [m['programs.status.retired'], 'neutral']
};
export const statusTag = (status: VersionStatus): { label: string; tone: Tone } => {
	const [word, tone] = STATUS[status];
	return { label: word(), tone };
};

const DECISION: Record<Decision, [word: () => string, tone: Tone]> = {
	adopted: [m['programs.decision.adopted'], 'good'],
	partly: [m['programs.decision.partly'], 'active'],
	declined: [m['programs.decision.declined'], 'neutral']
};
export const decisionTag = (decision: Decision | null): { label: string; tone: Tone } => {
	if (decision === null) return { label: m['programs.decision.open'](), tone: 'attention' };
	const [word, tone] = DECISION[decision];
	return { label: word(), tone };
};

const BLOCKER: Record<Blocker, (facts: { count: number }) => string> = {
	noModules: () => m['programs.blocker.noModules'](),
	noOutcomes: () => m['programs.blocker.noOutcomes'](),
	adviceOpen: m['programs.blocker.adviceOpen']
};
export const blockerSentence = (blocker: Blocker, openAdvice: number): string =>
	BLOCKER[blocker]({ count: openAdvice });

export const hoursWord = (hours: number): string => formatNumber(hours, 2);

/** A change of a curriculum as a sentence. */
export function changeSentence(change: Change): string {
	switch (change.kind) {
		case 'moduleAdded':
			return m['programs.change.moduleAdded']({ name: change.name, hours: hoursWord(change.learningHours) });
		case 'moduleRemoved':
			return m['programs.change.moduleRemoved']({
				name: change.name,
				hours: hoursWord(change.learningHours)
			});
		case 'moduleRenamed':
			return m['programs.change.moduleRenamed'](change);
		case 'moduleHours':
			return m['programs.change.moduleHours']({
				name: change.name,
				from: hoursWord(change.from),
				to: hoursWord(change.to)
			});
		case 'moduleMode':
			return m['programs.change.moduleMode']({
				name: change.name,
				from: modeWord(change.from),
				to: modeWord(change.to)
			});
		case 'orderChanged':
			return m['programs.change.orderChanged']();
		case 'outcomeAdded':
			return m['programs.change.outcomeAdded'](change);
		case 'outcomeRemoved':
			return m['programs.change.outcomeRemoved'](change);
		case 'outcomeReworded':
			return m['programs.change.outcomeReworded'](change);
		case 'outcomeLevel':
			return m['programs.change.outcomeLevel'](change);
		case 'outcomeCompetency':
			return m['programs.change.outcomeCompetency'](change);
	}
}

const SEVERITY: Record<Severity, () => { label: string; tone: Tone }> = {
	high: () => ({ label: m['programs.change.severity.high'](), tone: 'bad' }),
	medium: () => ({ label: m['programs.change.severity.medium'](), tone: 'attention' }),
	low: () => ({ label: m['programs.change.severity.low'](), tone: 'neutral' })
};
export const severityTag = (severity: Severity) => SEVERITY[severity]();
