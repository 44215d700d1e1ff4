/** Titles that stand before a name, as offices write them. Initials and nobility (R., Tb., A.) belong to the name. */
const FRONT = /^(prof|dr|drg|drh|drs|dra|ir|hj|h|apt|ns|kh|tgk|bidan|ust)\.$/i;
const STUCK = /^((prof|dr|drs|dra|drg|drh|ir|hj|h)\.\s*)+/i;
/** Titles behind a name: with dots ("S.Kom.", "A.Md.Keb", "Sp.A(K)"), or the usual ones written without. */
const BACK =
	/^(([a-z]{1,4}\.\s?)+[a-z()-]{0,8}\.?|s(kom|pd|h|e|t|sos|kep|ked|stp|ip|kg|si|ag|p|psi|hut|farm|gz)|m(m|si|kom|pd|h|t|kes|ap|ak|hum|sc|ph|ars)|amd(\.?\w+)?|s\.?sit|gr|ns|apt|ph\.?d|mba|mpa|cpa|ak|ca)$/i;

export type ReadName = {
	front: string;
	/** Without titles, as people write it. */
	name: string;
	back: string;
	/** Written in capitals only: its letters' case says nothing. */
	shouted: boolean;
};

/**
 * 'DR. SITI NURHALIZA, S.KOM., M.M.' → Dr. · Siti Nurhaliza · S.Kom., M.M. What stands behind a comma and looks like no
 * title stays in the name.
 */
export function nameOf(text: string): ReadName {
	const [head = '', ...tail] = text.split(',').map((part) => part.trim());
	const behind = tail.filter((part) => part !== '');
	const titled = behind.length > 0 && behind.every((part) => part.split(/\s+(?=[a-z]+\.)/i).every(isBack));
	// A title may be written without a space behind it: 'Prof.Dr.Siti'.
	const apart = (titled ? head : text).replace(STUCK, (titles) => titles.replace(/\.\s*/g, '. '));
	const words = apart.split(/\s+/).filter((word) => word !== '');
	const front: string[] = [];
	while (words.length > 1 && FRONT.test(words[0] ?? '')) front.push(words.shift() ?? '');
	const bare = words.join(' ');
	const shouted = !/\p{Ll}/u.test(bare) && /\p{Lu}{2}/u.test(bare);
	return {
		front: front.map((title) => (shouted ? titleCase(title) : title)).join(' '),
		name: shouted ? writtenName(bare) : bare,
		back: titled ? behind.map((title) => (shouted ? titleCase(title) : title)).join(', ') : '',
		shouted
	};
}

const isBack = (part: string): boolean => BACK.test(part.trim());

/** Capitals of titles as they are usually written; one that is not listed gets a capital after each dot. */
const USUAL: ReadonlyMap<string, string> = new Map(
	[
		'S.Kom',
		'S.Pd',
		'S.Sos',
		'S.Kep',
		'S.Ked',
		'M.Kom',
		'M.Pd',
		'M.Kes',
		'M.Hum',
		'M.Si',
		'S.Si',
		'S.STP',
		'M.Sc',
		'Ph.D'
	]
		.concat([
			'A.Md',
			'A.Md.Keb',
			'A.Md.Kep',
			'S.IP',
			'S.I.P',
			'S.H',
			'S.E',
			'S.T',
			'M.M',
			'M.H',
			'M.T',
			'M.AP',
			'Sp.A'
		])
		.map((title) => [title.toUpperCase(), title])
);

function titleCase(title: string): string {
	const [bare, dot] = title.endsWith('.') ? [title.slice(0, -1), '.'] : [title, ''];
	if (/^\p{Lu}{2}$/u.test(title)) return title;
	const known = USUAL.get(bare.toUpperCase());
	if (known) return known + dot;
	return title
		.toLowerCase()
		.replace(/(^|[.\s(])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
}

const LOWER = new Set(['bin', 'binti', 'br', 'br.', 'boru', 'al', 'el', 'van', 'der', 'den', 'de', 'dan']);
const ROMAN = /^(II|III|IV|VI|VII|VIII|IX|XI|XII)$/;

/** A name in capitals as people write it. Initials and Roman numerals stay; 'bin', 'boru' and the like are small. */
function writtenName(name: string): string {
	return name
		.split(' ')
		.map((word, at) => {
			if (ROMAN.test(word)) return word;
			if (at > 0 && LOWER.has(word.toLowerCase())) return word.toLowerCase();
			return word
				.toLowerCase()
				.replace(/(?:^|[-./(])\p{L}/gu, (all) => all.toUpperCase())
				.replace(
					/^(\p{L}['’`])(\p{L})/u,
					(_all, before: string, letter: string) => before + letter.toUpperCase()
				);
		})
		.join(' ');
}
