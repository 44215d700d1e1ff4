import { m } from '#platform/i18n/messages.ts';
import type { Purpose } from '../model.ts';

const PURPOSE: Record<Purpose, () => string> = {
	pretest: m['content.purpose.pretest'],
	posttest: m['content.purpose.posttest'],
	practice: m['content.purpose.practice']
};
export const purposeWord = (purpose: Purpose): string => PURPOSE[purpose]();
