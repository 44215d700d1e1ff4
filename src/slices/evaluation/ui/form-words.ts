import { m } from '#platform/i18n/messages.ts';
import type { NamedForm } from '../server/program-forms.ts';

const named = (form: NonNullable<NamedForm>): string =>
	m['evaluation.form.version']({ name: form.name, number: String(form.number) });

export const finalWords = (form: NamedForm): string =>
	form === null ? m['evaluation.programForms.shipped']() : named(form);
export const sessionWords = (form: NamedForm): string =>
	form === null ? m['evaluation.programForms.none']() : named(form);
