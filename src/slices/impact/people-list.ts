import { invalidField } from '#kernel/errors.ts';

/** Words for a part, as people write them. */
const ROLES: Readonly<Record<string, 'treated' | 'comparison' | 'applicant'>> = {
	'': 'treated',
	dilatih: 'treated',
	treated: 'treated',
	pembanding: 'comparison',
	comparison: 'comparison',
	pendaftar: 'applicant',
	applicant: 'applicant'
};

/** A pasted list of people: NIP, part and month of start, one a line. Refuses: a part that is none. */
export function listedIn(text: string) {
	return text.split(/\r?\n/).flatMap((typed, index) => {
		const [nip = '', role = '', from = ''] = typed.split(/[;\t,]/).map((cell) => cell.trim());
		if (nip === '' || /^nip$/i.test(nip)) return [];
		const part = ROLES[role.toLowerCase()];
		if (part === undefined) throw invalidField('list', 'impact.study.listRole', { line: index + 1 });
		return [{ line: index + 1, nip, role: part, ...(from === '' ? {} : { from }) }];
	});
}
