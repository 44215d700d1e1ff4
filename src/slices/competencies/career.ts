import { isPostLevel, POST_LEVELS, type PostLevelCode } from '#kernel/posts.ts';

/** The level above in the same line of posts; the last of a line has none. @law PermenPANRB 1/2023; UU 20/2023 */
const ABOVE: Partial<Record<PostLevelCode, PostLevelCode>> = {
	'06': '05',
	'05': '04',
	'04': '03',
	'03': '02',
	'02': '01',
	'11': '12',
	'12': '13',
	'13': '14',
	'21': '22',
	'22': '23',
	'23': '24'
};

/** The words by which a functional title tells its level, as titles write them. */
const WORDS: Partial<Record<PostLevelCode, string>> = {
	'11': 'Pemula',
	'12': 'Terampil',
	'13': 'Mahir',
	'14': 'Penyelia',
	'21': 'Pertama',
	'22': 'Muda',
	'23': 'Madya',
	'24': 'Utama'
};

export type TargetPost = {
	/** The title where it follows from the present one ('Perawat Terampil' → 'Perawat Mahir'), else null. */
	title: string | null;
	level: PostLevelCode;
	kind: string;
};

/** A post of this level as standards see it. */
export const postAt = (level: PostLevelCode, title: string | null = null): TargetPost => ({
	title,
	level,
	kind: POST_LEVELS[level].kind
});

/**
 * The next post in the same line: one level up; a functional title keeps its profession. Null at the top of a line
 * (Penyelia, Ahli Utama, JPT Utama), where the next step is another line and has to be chosen.
 */
export function nextPost(post: { title: string; level: string }): TargetPost | null {
	const above = isPostLevel(post.level) ? ABOVE[post.level] : undefined;
	if (above === undefined || !isPostLevel(post.level)) return null;
	const [now, then] = [WORDS[post.level], WORDS[above]];
	if (now === undefined || then === undefined) return postAt(above);
	const at = post.title.toLowerCase().lastIndexOf(now.toLowerCase());
	return postAt(above, at === -1 ? null : post.title.slice(0, at) + then + post.title.slice(at + now.length));
}
