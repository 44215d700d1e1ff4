import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Capacity, CostKind, PaperKind, PaperStatus, PartKey, Per } from '../model.ts';

const KIND: Record<PaperKind, () => string> = {
	terms: m['papers.kind.terms'],
	invitation: m['papers.kind.invitation'],
	assignment: m['papers.kind.assignment'],
	schedule: m['papers.kind.schedule'],
	nominative: m['papers.kind.nominative'],
	attendance: m['papers.kind.attendance'],
	minutes: m['papers.kind.minutes'],
	report: m['papers.kind.report']
};
export const kindWord = (kind: PaperKind): string => KIND[kind]();

const STATUS: Record<PaperStatus, { tone: Tone; word: () => string }> = {
	draft: { tone: 'neutral', word: m['papers.status.draft'] },
	issued: { tone: 'good', word: m['papers.status.issued'] },
	withdrawn: { tone: 'bad', word: m['papers.status.withdrawn'] }
};
export const statusTag = (status: PaperStatus): { tone: Tone; label: string } => ({
	tone: STATUS[status].tone,
	label: STATUS[status].word()
});

const PART: Record<PartKey, () => string> = {
	background: m['papers.part.background'],
	basis: m['papers.part.basis'],
	purpose: m['papers.part.purpose'],
	target: m['papers.part.target'],
	outcome: m['papers.part.outcome'],
	opening: m['papers.part.opening'],
	closing: m['papers.part.closing'],
	discussion: m['papers.part.discussion'],
	implementation: m['papers.part.implementation'],
	obstacles: m['papers.part.obstacles'],
	suggestions: m['papers.part.suggestions']
};
export const partWord = (key: PartKey): string => PART[key]();
/** Parts of which each line is an item of its own. */
export const isList = (kind: PaperKind, key: PartKey): boolean =>
	key === 'basis' || key === 'outcome' || (kind === 'assignment' && key === 'purpose');

const CAPACITY: Record<Capacity, () => string> = {
	definitive: m['papers.capacity.definitive'],
	plt: m['papers.capacity.plt'],
	plh: m['papers.capacity.plh'],
	an: m['papers.capacity.an']
};
export const capacityWord = (capacity: Capacity): string => CAPACITY[capacity]();

const COST: Record<CostKind, () => string> = {
	honorarium: m['papers.cost.honorarium'],
	consumption: m['papers.cost.consumption'],
	rent: m['papers.cost.rent'],
	stationery: m['papers.cost.stationery'],
	travel: m['papers.cost.travel'],
	other: m['papers.cost.other']
};
export const costWord = (kind: CostKind): string => COST[kind]();

const PER: Record<Per, () => string> = { unit: m['papers.per.unit'], person: m['papers.per.person'] };
export const perWord = (per: Per): string => PER[per]();
