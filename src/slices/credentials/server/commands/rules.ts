import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canSetRules } from '../../access.ts';
import { SetIpRules, SetJpRate, SetJpSetting } from '../../rule-input.ts';
import { sensibleIpRules, sensibleRate } from '../../rule-sense.ts';
import { ensureIpRules, writeIpRules } from '../ip-rules.ts';

constraintMeans('jp_rate_agency_id_code_valid_from_key', 'credentials.rate.sameDay');
constraintMeans('jp_setting_agency_id_valid_from_key', 'credentials.rate.sameDay');
constraintMeans('ip_ruleset_agency_id_valid_from_key', 'credentials.rate.sameDay');

/**
 * The agency's own rate of a form from a day on; what stood before stays for records that ended before. Refuses: a day
 * on or after which records of the form count already (their rule would change under them).
 */
export const setJpRate = command(
	'credentials.setJpRate',
	SetJpRate,
	async ({ tx, actor, now, permit, note }, rate) => {
		permit(canSetRules(actor));
		const [known] = (
			await sql<{ path: string; siasnId: number | null }>`
				select path, siasn_id as "siasnId" from credentials.jp_rate
				where agency_id = ${actor.agencyId} and code = ${rate.code} order by valid_from desc limit 1`.execute(tx)
		).rows;
		if (!known) throw missing();
		sensibleRate(rate);
		const counted = await recordsSince(tx, actor.agencyId, rate.validFrom, rate.code);
		if (counted > 0) throw refused('credentials.rate.used', { count: counted, from: rate.validFrom });
		const id = newId(now.getTime());
		await tx
			.insertInto('credentials.jp_rate')
			.values({
				agency_id: actor.agencyId,
				id,
				code: rate.code,
				path: known.path,
				basis: rate.basis,
				domestic: rate.basis === 'programme' || rate.basis === 'capPerDay' ? null : (rate.domestic ?? null),
				abroad: rate.abroad ?? null,
				abroad_factor: rate.abroadFactor ?? null,
				cap_per_day: rate.basis === 'capPerDay' ? (rate.capPerDay ?? null) : null,
				cap_per_month: rate.capPerMonth ?? null,
				siasn_id: known.siasnId,
				legal_basis: rate.legalBasis,
				valid_from: rate.validFrom,
				valid_to: null,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ rateId: id });
		return { rateId: id };
	},
	{ summary: 'Set the agency’s own JP rate of a form from a day on' }
);

/** In which year a record counts and how "+20 %" is rounded, from a day on. Refuses: records that count by the former. */
export const setJpSetting = command(
	'credentials.setJpSetting',
	SetJpSetting,
	async ({ tx, actor, now, permit, note }, setting) => {
		permit(canSetRules(actor));
		const counted = await recordsSince(tx, actor.agencyId, setting.validFrom, null);
		if (counted > 0) throw refused('credentials.rate.used', { count: counted, from: setting.validFrom });
		const id = newId(now.getTime());
		await tx
			.insertInto('credentials.jp_setting')
			.values({
				agency_id: actor.agencyId,
				id,
				valid_from: setting.validFrom,
				year_by: setting.yearBy,
				rounding: setting.rounding,
				legal_basis: setting.legalBasis,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ settingId: id });
		return { settingId: id };
	},
	{ summary: 'Set in which year records count, and how JP abroad are rounded' }
);

/** Records that count and ended on that day or later; of one form, or of all. */
async function recordsSince(
	tx: Parameters<typeof ensureIpRules>[0],
	agencyId: string,
	from: string,
	form: string | null
): Promise<number> {
	const rows = await sql<{ n: number }>`
		select count(*)::int as n from credentials.jp_entry
		where agency_id = ${agencyId} and status = 'counted' and ends_on >= ${from}::date and (${form}::text is null or form = ${form})`.execute(
		tx
	);
	return rows.rows[0]?.n ?? 0;
}

/** A new version of the rules of the index; years measured before keep theirs. Refuses: a version of the same day. */
export const setIpRules = command(
	'credentials.setIpRules',
	SetIpRules,
	async ({ tx, actor, now, permit, note }, typed) => {
		permit(canSetRules(actor));
		const rules = sensibleIpRules(typed);
		await ensureIpRules(tx, actor.agencyId);
		const rulesetId = await writeIpRules(tx, actor.agencyId, rules, { name: actor.name, at: now });
		note({ rulesetId });
		return { rulesetId };
	},
	{ summary: 'Set a new version of the rules of the professionalism index' }
);
