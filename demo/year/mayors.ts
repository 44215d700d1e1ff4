import { identityOf } from '../people/names.ts';
import type { Agency, AgencyKey } from '../people/model.ts';
import { randomFor } from '../random.ts';

/** The appointing authority: an elected official, no civil servant, so no NIP and in no SIASN file. */
export type Mayor = { username: string; name: string; sex: 'male' | 'female' };

const USERNAMES: Readonly<Record<AgencyKey, string>> = {
	medan: 'walikota',
	pematangsiantar: 'walikota.siantar',
	palembang: 'walikota.palembang'
};

/** An invented mayor with an invented name. */
export function mayorOf(agency: Agency): Mayor {
	const random = randomFor(agency.seed, agency.key, 'mayor');
	const sex = random.chance(0.5) ? 'female' : 'male';
	return { username: USERNAMES[agency.key], name: identityOf(random, agency.key, sex).name, sex };
}
