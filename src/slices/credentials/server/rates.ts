import type { Db } from '#platform/db/db.ts';
import type { JpRate } from '../jp.ts';

type Basis = JpRate['basis'];
type Path = JpRate['path'];

/** The check constraints of credentials.jp_rate keep both lists. */
const basisOf = (text: string): Basis => text as Basis;
const pathOf = (text: string): Path => text as Path;

/** The agency's conversion table, every version of it. */
export async function jpRates(db: Db, agencyId: string): Promise<JpRate[]> {
	const rows = await db
		.selectFrom('credentials.jp_rate')
		.selectAll()
		.where('agency_id', '=', agencyId)
		.orderBy('code')
		.orderBy('valid_from')
		.execute();
	return rows.map((row) => ({
		code: row.code,
		path: pathOf(row.path),
		basis: basisOf(row.basis),
		domestic: row.domestic,
		abroad: row.abroad,
		abroadFactor: row.abroad_factor,
		capPerDay: row.cap_per_day,
		capPerMonth: row.cap_per_month,
		legalBasis: row.legal_basis,
		validFrom: row.valid_from,
		validTo: row.valid_to
	}));
}
