import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canIssue } from '../../access.ts';
import type { LetterheadFacts } from '../../facts.ts';
import { capacityOf, PAPER_KINDS, paperKind } from '../../model.ts';
import { numberOf } from '../../rules.ts';

type LetterheadRow = LetterheadFacts & { id: string; validFrom: string; by: string; at: Date };
type NumberingRow = {
	kind: string;
	pattern: string;
	series: string;
	copies: string;
	validFrom: string;
	by: string;
	at: Date;
	last: number;
};

/** Letterhead, numbering and signatories with all that was before: each row says since when and by whom. */
export async function settingsPage(db: Db, actor: Actor, today: CivilDate) {
	if (!canIssue(actor)) throw missing();
	const letterheads = await sql<LetterheadRow>`
		select id, valid_from as "validFrom", government, office, address, city, postal_code as "postalCode", phone, email, website,
			logo_id as "logoId", set_by_name as by, set_at as at
		from papers.letterhead where agency_id = ${actor.agencyId} order by valid_from desc, set_at desc limit 50`.execute(
		db
	);
	const numberings = await sql<NumberingRow>`
		select n.kind, n.pattern, n.series, n.copies, n.valid_from as "validFrom", n.set_by_name as by, n.set_at as at,
			coalesce((select k.value from platform.counter k where k.agency_id = n.agency_id and k.name = 'paper:' || n.series
				and k.year = extract(year from ${today}::date)), 0) as last
		from papers.numbering n where n.agency_id = ${actor.agencyId} order by n.valid_from desc, n.set_at desc limit 200`.execute(
		db
	);
	const agency = await sql<{ name: string; city: string }>`
		select name, city from platform.agency where agency_id = ${actor.agencyId}`.execute(db);
	const all = numberings.rows.map((row) => ({ ...row, kind: paperKind(row.kind) }));
	return {
		agency: agency.rows[0] ?? { name: '', city: '' },
		letterheads: letterheads.rows,
		now: letterheads.rows.find(({ validFrom }) => validFrom <= today) ?? null,
		numberings: all,
		kinds: PAPER_KINDS.map((kind) => {
			const rule = all.find((row) => row.kind === kind && row.validFrom <= today) ?? null;
			return {
				kind,
				rule,
				next: rule === null ? null : numberOf(rule.pattern, rule.last + 1, today)
			};
		}),
		signatories: await signatoriesOf(db, actor, today)
	};
}

async function signatoriesOf(db: Db, actor: Actor, today: CivilDate) {
	const { rows } = await sql<{
		id: string;
		kind: string | null;
		capacity: string;
		post: string;
		own_post: string;
		basis: string;
		valid_from: string;
		valid_to: string | null;
		name: string;
		nip: string | null;
		by: string;
		at: Date;
		ended_by: string | null;
	}>`
		select g.id, g.kind, g.capacity, g.post, g.own_post, g.basis, g.valid_from, g.valid_to,
			coalesce(p.front_title || ' ', '') || p.name || coalesce(', ' || p.back_title, '') as name, p.nip, g.set_by_name as by, g.set_at as at,
			g.ended_by_name as ended_by
		from papers.signatory g join people.person p on p.agency_id = g.agency_id and p.id = g.person_id
		where g.agency_id = ${actor.agencyId} order by g.valid_to is not null, g.valid_from desc, g.set_at desc limit 100`.execute(
		db
	);
	return rows.map((row) => ({
		...row,
		kind: row.kind === null ? null : paperKind(row.kind),
		capacity: capacityOf(row.capacity),
		signs: row.valid_from <= today && (row.valid_to === null || row.valid_to > today),
		can: { end: row.valid_to === null || row.valid_to > today }
	}));
}

/** A logo for the office that keeps the letterhead. */
export async function mayOpenLogo(db: Db, actor: Actor, fileId: string): Promise<boolean> {
	if (!canIssue(actor)) return false;
	const { rows } = await sql<{ id: string }>`
		select id from papers.letterhead where agency_id = ${actor.agencyId} and logo_id = ${fileId} limit 1`.execute(
		db
	);
	return rows.length > 0;
}
