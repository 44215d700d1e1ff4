import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { CertificateFacts } from '../facts.ts';
import { longestName, templateFor } from './queries/templates.ts';

/** A certificate nobody has, in a template: the longest name and program of the agency, and 24 modules. */
export async function previewFacts(
	db: Db,
	actor: Actor,
	templateId: string,
	today: CivilDate
): Promise<CertificateFacts> {
	const { layout } = await templateFor(db, actor, templateId);
	const { rows } = await sql<{ name: string; code: string; city: string; program: string | null }>`
		select a.name, a.code, a.city, (select g.name from programs.program g where g.agency_id = a.agency_id
			order by length(g.name) desc limit 1) as program
		from platform.agency a where a.agency_id = (select platform.current_agency())`.execute(db);
	const agency = rows[0] ?? { name: '–', code: '–', city: '–', program: null };
	const program = agency.program ?? '–';
	const predicate = layout.predicates[0]?.word;
	return {
		agency: { name: agency.name, office: agency.name, code: agency.code },
		recipient: await longestName(db),
		programme: {
			name: program,
			form: 'KL03',
			from: today,
			to: today,
			place: agency.city,
			hours: 40,
			modules: Array.from({ length: 24 }, (_, at) => ({ title: `${program} ${at + 1}`, hours: 1.5 }))
		},
		signatory: { ...(await longestSignatory(db)), acting: 'Plt.' },
		issued: { place: agency.city, on: today },
		layout,
		...(predicate === undefined ? {} : { predicate })
	};
}

async function longestSignatory(db: Db) {
	const { name, nip, post } = await longestName(db);
	return { name, nip, post, rank: null };
}
