/** Kinds of post (jenis jabatan); 'structural' is what UU 20/2023 calls managerial. */
export type PostKind = 'structural' | 'functional' | 'general';

/**
 * Levels of posts (jenjang) by SIASN's `asn_jenjang` code. Pertama and pratama are 'First', muda 'Junior', madya
 * 'Middle', utama 'Main', so that a key says its Indonesian name.
 * @law PermenPANRB 1/2023 (functional), 45/2022 (general); codes as public SIASN clients use them, domain.md §10.3
 */
export const POST_LEVELS = {
	'01': { key: 'executiveMain', kind: 'structural' },
	'02': { key: 'executiveMiddle', kind: 'structural' },
	'03': { key: 'executiveFirst', kind: 'structural' },
	'04': { key: 'administrator', kind: 'structural' },
	'05': { key: 'overseer', kind: 'structural' },
	'06': { key: 'general', kind: 'general' },
	'11': { key: 'skilledBeginner', kind: 'functional' },
	'12': { key: 'skilledTrained', kind: 'functional' },
	'13': { key: 'skilledProficient', kind: 'functional' },
	'14': { key: 'skilledLead', kind: 'functional' },
	'21': { key: 'expertFirst', kind: 'functional' },
	'22': { key: 'expertJunior', kind: 'functional' },
	'23': { key: 'expertMiddle', kind: 'functional' },
	'24': { key: 'expertMain', kind: 'functional' }
} as const satisfies Record<string, { key: string; kind: PostKind }>;

export type PostLevelCode = keyof typeof POST_LEVELS;
export type PostLevelKey = (typeof POST_LEVELS)[PostLevelCode]['key'];

/** Is it an `asn_jenjang` code? */
export const isPostLevel = (code: string): code is PostLevelCode => Object.hasOwn(POST_LEVELS, code);

/** SIASN `jenis_jabatan` ids; there is no 3. */
const KINDS: ReadonlyMap<string, PostKind> = new Map([
	['1', 'structural'],
	['2', 'functional'],
	['4', 'general']
]);

/** SIASN `EselonId` of a leader's post: what people call it, and the level that it is. */
const ECHELONS: ReadonlyMap<string, { name: string; level: PostLevelCode }> = new Map([
	// SIASN has one id for JPT utama, and no a or b.
	['10', { name: 'I', level: '01' }],
	['11', { name: 'I.a', level: '02' }],
	['12', { name: 'I.b', level: '02' }],
	['21', { name: 'II.a', level: '03' }],
	['22', { name: 'II.b', level: '03' }],
	['31', { name: 'III.a', level: '04' }],
	['32', { name: 'III.b', level: '04' }],
	['41', { name: 'IV.a', level: '05' }],
	['42', { name: 'IV.b', level: '05' }]
]);

/** Word by which a functional post's title tells its level. */
const TITLE_WORDS: ReadonlyMap<string, PostLevelCode> = new Map([
	['pemula', '11'],
	['terampil', '12'],
	['mahir', '13'],
	['penyelia', '14'],
	['pertama', '21'],
	['muda', '22'],
	['madya', '23'],
	['utama', '24']
]);

/** The kind of post behind SIASN's `jenis_jabatan` id ('1', '2', '4'); null for any other. */
export const postKindOf = (kindId: string): PostKind | null => KINDS.get(kindId.trim()) ?? null;

/** An echelon as people write it, 'II.b' for '22'; null for an id that SIASN does not have. */
export const echelonName = (echelonId: string): string | null => ECHELONS.get(echelonId.trim())?.name ?? null;

/**
 * Level of a post from what the SIASN export holds, which lacks the code itself: the unit's echelon for a structural
 * post, the title's last word of level for a functional one ('Guru Ahli Muda', 'Perawat Mahir'). Null when they do
 * not tell, to be asked of a person and never guessed.
 */
export function postLevelOf(post: {
	kind: PostKind;
	title: string;
	echelonId: string | null;
}): PostLevelCode | null {
	if (post.kind === 'general') return '06';
	if (post.kind === 'structural') return ECHELONS.get(post.echelonId?.trim() ?? '')?.level ?? null;
	const words = post.title.toLowerCase().split(/[^a-z]+/);
	const telling = words.findLast((word) => TITLE_WORDS.has(word));
	return telling === undefined ? null : (TITLE_WORDS.get(telling) ?? null);
}
