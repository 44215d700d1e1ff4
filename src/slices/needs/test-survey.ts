import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { createCampaign, rateSelf, rateTeam } from './server/commands.ts';

/** The day on which everything in these tests happens, in WIB. */
export const now = new Date('2026-04-10T03:00:00Z');
export const today = '2026-04-10';

/** The test town with a required level of 2 in both competencies and a campaign still in draft. */
export async function survey() {
	const city = await town();
	const { competencyId: first, otherCompetencyId: second } = city.need;
	await city.owner.query(
		`insert into competencies.required_level (agency_id, id, post_level, competency_id, level, legal_basis, valid_from)
		values ($1, $2, '06', null, 2, 'uji', '2020-01-01')`,
		[city.agencyId, newId()]
	);
	/** Whoever runs campaigns. */
	const officer = () => city.as('officer', ['needs.run', 'needs.read'], '');
	/** The supervisor of ani to fitri. */
	const kasi = () => city.as('kasi', ['needs.rateTeam', 'needs.read'], 'kota.marelan.pelayanan');
	const create = (change: object = {}) =>
		city.does(
			officer(),
			createCampaign,
			{ name: 'AKPK 2028', year: 2028, opensOn: '2026-04-01', closesOn: '2026-05-31', ...change },
			{ now }
		);
	const asked = { campaignId: (await create()).campaignId };
	return {
		...city,
		/** `campaignId` may be changed to the campaign that the answers are for. */
		asked,
		first,
		second,
		officer,
		kasi,
		create,
		rateSelf: (name: string, competencyId: string, level: number) =>
			city.does(city.as(name), rateSelf, { ...asked, competencyId, level }, { now }),
		rateMember: (name: string, levels: { competencyId: string; level: number }[], who = kasi()) =>
			city.does(who, rateTeam, { ...asked, personId: city.who(name), levels }, { now }),
		gapOf: async (name: string, competencyId = first): Promise<unknown> => {
			const { rows } = await city.owner.query<Record<string, unknown>>(
				'select required, self_level, supervisor_level, actual, gap from needs.gap where campaign_id = $1 and person_id = $2 and competency_id = $3',
				[asked.campaignId, city.who(name), competencyId]
			);
			return rows[0];
		}
	};
}
