import { SaveTemplate } from './template-input.ts';
import shipped from './class-templates.json' with { type: 'json' };

/** A template that Asah ships: an agency takes it over and changes it as it likes. */
export type TemplateChoice = (typeof shipped)[number];
export const TEMPLATE_CHOICES: readonly TemplateChoice[] = shipped;

/** What the form of a new template would say; a session teaches unless the choice denies it. Null: there is none such. */
export function templateOf(choice: string) {
	const found = shipped.find((one) => one.choice === choice);
	if (!found) return null;
	return SaveTemplate.parse({
		...found,
		sessions: found.sessions.map((session) => ({ teaches: true, ...session }))
	});
}
