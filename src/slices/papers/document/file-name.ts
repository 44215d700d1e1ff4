import type { PaperFacts } from '../facts.ts';

/** A name that every system takes: the number where there is one, else the title. */
export const fileName = ({ number, title }: Pick<PaperFacts, 'number' | 'title'>): string =>
	(/\d/u.test(number) ? number : title)
		.replace(/[^\w.-]+/gu, '-')
		.replace(/^-+|-+$/gu, '')
		.slice(0, 120) || 'surat';
