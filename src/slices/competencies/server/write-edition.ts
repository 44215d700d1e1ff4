import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import seed from '../dictionary.json' with { type: 'json' };
import { dictionaryKind, dictionaryStatus, type DictionaryKind, type Edition } from '../model.ts';
import { editionsOf } from './queries/dictionary.ts';

constraintMeans('dictionary_draft', 'competencies.version.draftExists');
constraintMeans('edition_agency_id_dictionary_id_code_key', 'competencies.version.codeTaken');

export type LockedVersion = {
	id: string;
	kind: DictionaryKind;
	number: number;
	name: string;
	legalBasis: string;
	validFrom: string;
};

/** Locks a draft. Refuses: missing; a version that is in force or superseded, for it never changes. */
export async function lockDraft(tx: Tx, agencyId: string, dictionaryId: string): Promise<LockedVersion> {
	const row = await tx
		.selectFrom('competencies.dictionary')
		.select(['id', 'family', 'number', 'name', 'status'])
		.select(['legal_basis as legalBasis', 'valid_from as validFrom'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', dictionaryId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	const { family, status, ...version } = row;
	if (dictionaryStatus(status) !== 'draft')
		throw refused('competencies.version.frozen', { number: row.number });
	return { ...version, kind: dictionaryKind(family) };
}

/** The draft of a dictionary, copied from the version in force when there is none yet. */
export async function draftOf(
	tx: Tx,
	by: { agencyId: string; accountId: string; now: Date; today: string },
	kind: DictionaryKind
): Promise<{ id: string; made: boolean }> {
	const versions = await tx
		.selectFrom('competencies.dictionary')
		.select(['id', 'status', 'number', 'name'])
		.where('agency_id', '=', by.agencyId)
		.where('family', '=', kind)
		.orderBy('number', 'desc')
		.forUpdate()
		.execute();
	const open = versions.find(({ status }) => status === 'draft');
	if (open !== undefined) return { id: open.id, made: false };
	const base = versions.find(({ status }) => status === 'in_force');
	const id = newId(by.now.getTime());
	await tx
		.insertInto('competencies.dictionary')
		.values({
			agency_id: by.agencyId,
			id,
			family: kind,
			number: (versions[0]?.number ?? 0) + 1,
			status: 'draft',
			name: base?.name ?? seed.names[kind],
			legal_basis: '',
			valid_from: by.today,
			based_on: base?.id ?? null,
			created_by: by.accountId,
			created_at: by.now
		})
		.execute();
	if (base !== undefined)
		for (const [at, edition] of (await editionsOf(tx, base.id)).entries())
			await writeEdition(tx, by.agencyId, id, { ...edition, sort: sortAt(kind, at) });
	return { id, made: true };
}

/** Technical competencies stand after the national ones on every screen. */
export const sortAt = (kind: DictionaryKind, at: number): number => (kind === 'technical' ? 101 : 1) + at;

export type NewEdition = Omit<Edition, 'competencyId'> & {
	competencyId: string | null;
	sort: number;
	proposalId?: string | null;
};

/**
 * Puts what a draft says of one competency, new or again; a competency seen for the first time gets its identity here,
 * which every later version keeps. Returns that identity.
 */
export async function writeEdition(
	tx: Tx,
	agencyId: string,
	dictionaryId: string,
	edition: NewEdition
): Promise<string> {
	const { competencyId, code, family, area, name, nameEn, definition, sort } = edition;
	const words = { code, family, area, name, name_en: nameEn === '' ? name : nameEn, definition, sort };
	const id = competencyId ?? newId();
	if (competencyId === null)
		await tx
			.insertInto('competencies.competency')
			.values({ agency_id: agencyId, id, dictionary_id: null, ...words })
			.execute();
	const source = { proposal_id: edition.proposalId ?? null };
	await tx
		.insertInto('competencies.edition')
		.values({ agency_id: agencyId, dictionary_id: dictionaryId, competency_id: id, ...words, ...source })
		.onConflict((conflict) =>
			conflict
				.columns(['agency_id', 'dictionary_id', 'competency_id'])
				.doUpdateSet({ ...words, ...(edition.proposalId === undefined ? {} : source) })
		)
		.execute();
	if (edition.levels.length === 0) return id;
	await tx
		.insertInto('competencies.edition_level')
		.values(
			edition.levels.map(({ level, headline, indicators }) => ({
				agency_id: agencyId,
				dictionary_id: dictionaryId,
				competency_id: id,
				level,
				headline,
				indicators: JSON.stringify(indicators)
			}))
		)
		.onConflict((conflict) =>
			conflict.columns(['agency_id', 'dictionary_id', 'competency_id', 'level']).doUpdateSet((eb) => ({
				headline: eb.ref('excluded.headline'),
				indicators: eb.ref('excluded.indicators')
			}))
		)
		.execute();
	return id;
}

/** The words of a version in force become those that every room shows; who is not in it keeps its last ones. */
export const showEditions = (tx: Tx, agencyId: string, dictionaryId: string) =>
	sql`
		update competencies.competency c
		set dictionary_id = e.dictionary_id, code = e.code, family = e.family, area = e.area, name = e.name,
			name_en = e.name_en, definition = e.definition, sort = e.sort
		from competencies.edition e
		where c.agency_id = ${agencyId} and e.agency_id = c.agency_id and e.competency_id = c.id and e.dictionary_id = ${dictionaryId}`.execute(
		tx
	);
