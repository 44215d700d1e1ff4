import { formatDate } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import { designWord, effectWords, verdictTag, verdictWords } from '#slices/impact/public.ts';
import type { StudyVerdict } from '#slices/impact/public.server.ts';
import type { RibbonPart } from '#ui/Ribbon.svelte';

/** The plans of studies as they were fixed: when, by which design, whether in time, and the fingerprint of the text. */
export const plansFixed = (studies: readonly StudyVerdict[]): RibbonPart[] =>
	studies.map(({ studyId, question, frozenAt, design, plannedBefore, hash }) => ({
		title: question,
		href: `/impact/${studyId}`,
		detail: [
			m['reports.thread.study.fixed']({
				date: formatDate(frozenAt.toISOString().slice(0, 10)),
				design: designWord(design)
			}),
			...(plannedBefore ? [] : [m['reports.thread.study.late']()]),
			hash === null ? m['reports.thread.study.noHash']() : m['reports.thread.study.hash']({ hash })
		].join(' · ')
	}));

/** What they answered, in the words of the study's own page. */
export const answersGiven = (studies: readonly StudyVerdict[]): RibbonPart[] =>
	studies.map(({ studyId, indicator, verdict }) => ({
		title: `${verdictTag(verdict).label}: ${indicator.name}`,
		href: `/impact/${studyId}`,
		detail: effectWords(verdict, indicator) ?? verdictWords(verdict, indicator).sentence
	}));
