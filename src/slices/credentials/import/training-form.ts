import { JP_RULESET } from '../jp-ruleset.ts';

/**
 * How files name the forms of learning, most telling word first: "Bimbingan Teknis" is no technical training, and a
 * "Workshop Kepemimpinan" is a workshop.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
	[/tugas belajar|izin belajar/i, 'PD01'],
	[/bimbingan (di )?tempat kerja/i, 'NK11'],
	[/bimbingan teknis|bimtek/i, 'KL10'],
	[/workshop|lokakarya/i, 'KL07'],
	[/seminar|webinar|konferensi|sarasehan|simposium/i, 'KL06'],
	[/sosialisasi/i, 'KL11'],
	[/e-?\s?learning|mooc/i, 'NK03'],
	[/jarak jauh|\bpjj\b/i, 'NK04'],
	[/coaching/i, 'NK01'],
	[/mentoring/i, 'NK02'],
	[/detasering/i, 'NK05'],
	[/outbond|outbound|alam terbuka/i, 'NK06'],
	[/benchmarking|studi banding|studi tiru/i, 'NK07'],
	[/pertukaran/i, 'NK08'],
	[/belajar mandiri|self development/i, 'NK09'],
	[/komunitas belajar|community of practice/i, 'NK10'],
	[/magang|praktik kerja/i, 'NK12'],
	[/struktural|kepemimpinan|\b(pim|pkn|pka|pkp)\b/i, 'KL01'],
	[/fungsional/i, 'KL04'],
	[/manajerial/i, 'KL02'],
	[/sosial ?kultural/i, 'KL05'],
	[/kursus/i, 'KL08'],
	[/penataran/i, 'KL09'],
	[/teknis/i, 'KL03'],
	[/non ?klasikal lain/i, 'NK13'],
	[/klasikal lain/i, 'KL12']
];

const bySiasn = (number: string): string | undefined =>
	JP_RULESET.find(({ siasnId }) => siasnId !== null && String(siasnId) === number)?.code;

/**
 * The form (bentuk) that a file's words mean: its kind, else its sub-kind; SIASN's number and our own code are read too.
 * Null for what says nothing: the name of the training alone is no ground to guess from.
 */
export function formOf(kind: string, subKind: string): string | null {
	for (const text of [kind.trim(), subKind.trim()]) {
		if (text === '') continue;
		const code = /^(PD|KL|NK)\d{2}$/i.exec(text);
		if (code) return text.toUpperCase();
		const found =
			bySiasn(text.replace(/^0+(?=\d)/, '').replace(/\.0+$/, '')) ??
			FORMS.find(([words]) => words.test(text))?.[1];
		if (found !== undefined) return found;
	}
	return null;
}
