import { z } from 'zod';
import { Layout } from './template.ts';

/** Everything that is printed on a certificate, as it was on the day of issue. */
export const CertificateFacts = z.object({
	agency: z.object({ name: z.string(), office: z.string(), code: z.string() }),
	recipient: z.object({ name: z.string(), nip: z.string().nullable(), post: z.string(), unit: z.string() }),
	programme: z.object({
		name: z.string(),
		/** bentuk, code of domain.md §2 */
		form: z.string(),
		from: z.string(),
		to: z.string(),
		place: z.string(),
		hours: z.number(),
		modules: z.array(z.object({ title: z.string(), hours: z.number() }))
	}),
	signatory: z.object({
		name: z.string(),
		post: z.string(),
		rank: z.string().nullable(),
		nip: z.string().nullable(),
		/** Plt. or Plh., when somebody acts for the head. */
		acting: z.string().optional()
	}),
	issued: z.object({ place: z.string(), on: z.string() }),
	/** The agency's own words, in the language of its template; without it those that Asah brings, in Indonesian. */
	layout: Layout.optional(),
	/** Sangat memuaskan and the like, where the program gives one. */
	predicate: z.string().optional()
});

export type CertificateFacts = z.infer<typeof CertificateFacts>;

/** Facts out of the database; only our own commands wrote them. */
export const readFacts = (stored: unknown): CertificateFacts => CertificateFacts.parse(stored);

/** A name as offices write it: title before, name, titles behind. */
export const fullName = (person: { name: string; front: string | null; back: string | null }): string =>
	[person.front, [person.name, person.back].filter(Boolean).join(', ')].filter(Boolean).join(' ');
