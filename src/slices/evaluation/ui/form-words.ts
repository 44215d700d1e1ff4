import { m } from '#platform/i18n/messages.ts';
import type { Shipped } from '../server/forms.ts';
import type { NamedForm } from '../server/program-forms.ts';

type Named = { name: string; shipped: Shipped };
// What an agency calls its own forms is data; those that Asah ships are called in the reader's language.
const NAMES = {
	final: m['evaluation.shipped.final.name'],
	session: m['evaluation.shipped.session.name']
};
const PURPOSES = {
	final: m['evaluation.shipped.final.purpose'],
	session: m['evaluation.shipped.session.purpose']
};
export const formName = ({ name, shipped }: Named): string => (shipped === null ? name : NAMES[shipped]());
export const formPurpose = ({ purpose, shipped }: { purpose: string; shipped: Shipped }): string =>
	shipped === null ? purpose : PURPOSES[shipped]();
export const versionName = (form: Named & { number: number }): string =>
	m['evaluation.form.version']({ name: formName(form), number: String(form.number) });

export const finalWords = (form: NamedForm): string =>
	form === null ? m['evaluation.programForms.shipped']() : versionName(form);
export const sessionWords = (form: NamedForm): string =>
	form === null ? m['evaluation.programForms.none']() : versionName(form);
