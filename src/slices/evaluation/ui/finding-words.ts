import { m } from '#platform/i18n/messages.ts';
import type { Decision, Severity } from '#slices/programs/public.ts';
import type { Tone } from '#ui/Tag.svelte';

type Look = { label: string; tone: Tone };

const SEVERITY: Record<Severity, () => Look> = {
	high: () => ({ label: m['evaluation.finding.severity.high'](), tone: 'bad' }),
	medium: () => ({ label: m['evaluation.finding.severity.medium'](), tone: 'attention' }),
	low: () => ({ label: m['evaluation.finding.severity.low'](), tone: 'neutral' })
};
export const severityTag = (severity: Severity): Look => SEVERITY[severity]();

const OUTCOME: Record<Decision | 'open', () => Look> = {
	open: () => ({ label: m['evaluation.finding.outcome.open'](), tone: 'waiting' }),
	adopted: () => ({ label: m['evaluation.finding.outcome.adopted'](), tone: 'good' }),
	partly: () => ({ label: m['evaluation.finding.outcome.partly'](), tone: 'active' }),
	declined: () => ({ label: m['evaluation.finding.outcome.declined'](), tone: 'neutral' })
};
export const outcomeTag = (decision: Decision | null): Look => OUTCOME[decision ?? 'open']();
