import { sql, type Selectable } from 'kysely';
import type { DB, Db } from '#platform/db/db.ts';
import type { JpRate } from '../jp.ts';

type Basis = JpRate['basis'];
type Path = JpRate['path'];

/** The check constraints of credentials.jp_rate keep both lists. */
const basisOf = (text: string): Basis => text as Basis;
const pathOf = (text: string): Path => text as Path;

const rateOf = (row: Selectable<DB['credentials.jp_rate']>): JpRate => ({
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
});

/** The agency's conversion table, every version of it. */
export async function jpRates(db: Db, agencyId: string): Promise<JpRate[]> {
	const rows = await db
		.selectFrom('credentials.jp_rate')
		.selectAll()
		.where('agency_id', '=', agencyId)
		.orderBy('code')
		.orderBy('valid_from')
		.execute();
	return rows.map(rateOf);
}

export type RateVersion = JpRate & { id: string; who: string | null; at: Date | null };
export type FormRates = {
	code: string;
	/** In force today; null: none. */
	now: RateVersion | null;
	/** Every version, newest first. */
	versions: RateVersion[];
};

/** Every form with its rates, those that the agency has to set first before all others. */
export async function ratesByForm(db: Db, today: string): Promise<FormRates[]> {
	const rows = await db
		.selectFrom('credentials.jp_rate')
		.selectAll()
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('code')
		.orderBy('valid_from', 'desc')
		.execute();
	const versions = rows.map((row): RateVersion => ({
		id: row.id,
		...rateOf(row),
		who: row.set_by_name,
		at: row.set_at
	}));
	const unset = ({ now }: FormRates) => now === null || now.basis === 'none';
	return [...Map.groupBy(versions, ({ code }) => code)]
		.map(([code, all]) => ({
			code,
			now:
				all.find((one) => one.validFrom <= today && (one.validTo === null || one.validTo >= today)) ?? null,
			versions: all
		}))
		.toSorted((a, b) => Number(unset(b)) - Number(unset(a)) || a.code.localeCompare(b.code));
}
