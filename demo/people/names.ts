import type { Random } from '../random.ts';
import type { AgencyKey, Sex } from './model.ts';
import { NAME_LISTS } from './name-lists.ts';
import type { NameList, People } from './name-lists.ts';

/** Share of each people among a city's civil servants: a guess from census mixes, not a count. */
const MIX: Readonly<Record<AgencyKey, readonly (readonly [People, number])[]>> = {
	medan: [
		['java', 28],
		['toba', 22],
		['mandailing', 15],
		['melayu', 9],
		['minang', 8],
		['karo', 7],
		['simalungun', 4],
		['aceh', 3],
		['nias', 2],
		['tionghoa', 1.2],
		['tamil', 0.8]
	],
	pematangsiantar: [
		['toba', 42],
		['simalungun', 18],
		['java', 20],
		['mandailing', 8],
		['karo', 4],
		['minang', 3],
		['nias', 2],
		['melayu', 2],
		['tionghoa', 1]
	],
	palembang: [
		['palembang', 58],
		['java', 24],
		['minang', 7],
		['melayu', 5],
		['toba', 4],
		['tionghoa', 2]
	]
};

const BIRTHPLACES: Readonly<Record<AgencyKey, readonly (readonly [string, number])[]>> = {
	medan: [
		['Medan', 50],
		['Deli Serdang', 12],
		['Binjai', 6],
		['Tapanuli Utara', 6],
		['Pematangsiantar', 5],
		['Langkat', 5],
		['Padangsidimpuan', 4],
		['Kabanjahe', 4],
		['Kisaran', 3],
		['Sibolga', 3],
		['Bukittinggi', 2]
	],
	pematangsiantar: [
		['Pematangsiantar', 55],
		['Simalungun', 20],
		['Balige', 8],
		['Medan', 8],
		['Tarutung', 5],
		['Tebing Tinggi', 4]
	],
	palembang: [
		['Palembang', 62],
		['Ogan Ilir', 10],
		['Prabumulih', 7],
		['Lahat', 7],
		['Kayuagung', 7],
		['Baturaja', 7]
	]
};

/** Chance of a second name where no family name follows: one-word names are rare, but they exist. */
const ALONE = 0.95;

export type Identity = { name: string; faith: string; birthPlace: string };

/** A name made of common words at random, with the faith column the export wants (and the importer drops). */
export function identityOf(random: Random, key: AgencyKey, sex: Sex): Identity {
	const list: NameList = NAME_LISTS[random.weighted(MIX[key])];
	const given = list[sex];
	const first = random.pick(given.first);
	const family = list.families.length > 0 && random.chance(list.family) ? [random.pick(list.families)] : [];
	const wantsSecond = random.chance(family.length > 0 ? list.second : ALONE);
	const second = wantsSecond ? [random.pick(given.second)] : [];
	return {
		name: [...new Set([first, ...second, ...family])].join(' '),
		faith: random.weighted(list.faiths),
		birthPlace: random.weighted(BIRTHPLACES[key])
	};
}
