import { sql } from 'kysely';
import { gradeWithRank, readGrade } from '#kernel/grades.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { LetterheadFacts, PaperFacts } from '../facts.ts';
import { logoSvg } from '../logo.ts';
import { capacityOf, type PaperKind } from '../model.ts';
import { signatoryOn, signingLines, type Signatory } from '../rules.ts';

export type Numbering = { pattern: string; series: string; copies: string };

/** What a kind of paper needs on a day; null for what nobody has set. */
export type Setting = {
	letterhead: LetterheadFacts | null;
	numbering: Numbering | null;
	signatory: PaperFacts['signatory'] | null;
};

type SignatoryRow = Signatory & {
	personId: string;
	name: string;
	nip: string | null;
	grade: string | null;
};

/** Letterhead, numbering and signatory in force on a day, for one kind of paper. */
export async function settingOn(db: Db, kind: PaperKind, on: CivilDate): Promise<Setting> {
	return {
		letterhead: await letterheadOn(db, on),
		numbering: await numberingOn(db, kind, on),
		signatory: signatoryFacts(signatoryOn(await signatories(db), kind, on))
	};
}

export async function letterheadOn(db: Db, on: CivilDate): Promise<LetterheadFacts | null> {
	const { rows } = await sql<LetterheadFacts>`
		select government, office, address, city, postal_code as "postalCode", phone, email, website, logo_id as "logoId"
		from papers.letterhead where agency_id = platform.current_agency() and valid_from <= ${on}::date
		order by valid_from desc, set_at desc limit 1`.execute(db);
	return rows[0] ?? null;
}

async function numberingOn(db: Db, kind: PaperKind, on: CivilDate): Promise<Numbering | null> {
	const { rows } = await sql<Numbering>`
		select pattern, series, copies from papers.numbering
		where agency_id = platform.current_agency() and kind = ${kind} and valid_from <= ${on}::date
		order by valid_from desc, set_at desc limit 1`.execute(db);
	return rows[0] ?? null;
}

async function signatories(db: Db): Promise<SignatoryRow[]> {
	const { rows } = await sql<Omit<SignatoryRow, 'capacity'> & { capacity: string }>`
		select g.kind, g.capacity, g.post, g.own_post as "ownPost", g.valid_from as "validFrom", g.valid_to as "validTo", g.person_id as "personId",
			coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as name, p.nip, p.grade
		from papers.signatory g join people.person p on p.agency_id = g.agency_id and p.id = g.person_id
		where g.agency_id = platform.current_agency() order by g.valid_from desc, g.set_at desc`.execute(db);
	return rows.map((row) => ({ ...row, capacity: capacityOf(row.capacity) }));
}

function signatoryFacts(row: SignatoryRow | undefined): PaperFacts['signatory'] | null {
	if (row === undefined) return null;
	const grade = readGrade(row.grade ?? '');
	return { lines: signingLines(row), name: row.name, rank: grade && gradeWithRank(grade), nip: row.nip };
}

/** The logo of a letterhead as the PDF's template takes it; null where there is none. */
export async function logoOf(db: Db, logoId: string | null): Promise<string | null> {
	const file = await logoFile(db, logoId);
	return file === null ? null : logoSvg(file);
}

/** The bytes of a logo, PNG or JPEG; null where there is none. */
export async function logoFile(db: Db, logoId: string | null): Promise<Buffer | null> {
	if (logoId === null) return null;
	const { rows } = await sql<{ content: Buffer }>`
		select content from platform.file where agency_id = platform.current_agency() and room = 'papers' and id = ${logoId}`.execute(
		db
	);
	return rows[0]?.content ?? null;
}
