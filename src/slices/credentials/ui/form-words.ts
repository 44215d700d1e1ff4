import { m } from '#platform/i18n/messages.ts';
import { formCode, formWord } from '#slices/programs/public.ts';

/** A form of the conversion table in words; study leave is no form of a program, so that room does not know it. */
export const jpFormWord = (code: string): string =>
	code === 'PD01' ? m['credentials.form.study']() : formWord(formCode(code));
