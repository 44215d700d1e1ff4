import { formatNip } from '#kernel/nip.ts';
import { kawungFrame, kawungRosette } from '#platform/documents/kawung.ts';
import { printableJson } from '#platform/documents/printable.ts';
import { qrSvg } from '#platform/documents/qr-svg.ts';
import { renderPdf } from '#platform/documents/render-pdf.ts';
import { CERTIFICATE_TEMPLATE } from './certificate-template.ts';

/** What is printed around the data, in the certificate's language: messages `credentials.certificate.*`. */
export type CertificateWords = {
	readonly title: string;
	readonly number: string;
	readonly awardedTo: string;
	readonly nip: string;
	/** Between the person and the programme: took part, or took part and passed. */
	readonly statement: string;
	readonly form: string;
	readonly period: string;
	readonly place: string;
	readonly hours: string;
	/** The unit after a figure: JP. */
	readonly hoursUnit: string;
	readonly verify: string;
	/** Text for those who can't see the code; the address is put after it. */
	readonly qrAlt: string;
	readonly status: string;
	readonly modules: string;
	readonly moduleNumber: string;
	readonly module: string;
	readonly moduleHours: string;
	readonly moduleTotal: string;
	/** Printed under the total when the JP recognised by the rules differ from the modules' sum. */
	readonly hoursRecognised: string;
	/** The two titles in a second language, smaller. */
	readonly second?: { readonly lang: string; readonly title: string; readonly modules: string };
};

export type CertificateData = {
	readonly language: 'id' | 'en';
	readonly number: string;
	/** `cancelled` prints the label across both pages. */
	readonly status: { readonly label: string; readonly cancelled: boolean };
	readonly agency: {
		readonly name: string;
		readonly office: string;
		/** An SVG text. Without it the kawung rosette takes the place. */
		readonly logo?: { readonly svg: string; readonly alt: string };
	};
	readonly recipient: {
		readonly name: string;
		/** 18 digits. */
		readonly nip?: string;
		readonly post?: string;
		readonly unit?: string;
	};
	readonly programme: {
		readonly name: string;
		readonly form: string;
		/** Civil dates, YYYY-MM-DD; the same day twice for an event of one day. */
		readonly from: string;
		readonly to: string;
		readonly place: string;
		/** JP recognised, in hours of 45 minutes. */
		readonly hours: number;
		readonly modules: readonly { readonly title: string; readonly hours: number }[];
	};
	readonly signatory: {
		readonly name: string;
		readonly post: string;
		readonly rank?: string;
		readonly nip?: string;
	};
	/** Place, and civil date YYYY-MM-DD, of signing. */
	readonly issued: { readonly place: string; readonly on: string };
	readonly verifyUrl: string;
	/** The whole line: with the predicate Very satisfactory. */
	readonly predicate?: string;
	readonly words: CertificateWords;
};

const FORMAT = {
	id: formatOf('id-ID'),
	// As Indonesia's offices write English: 2 March 2026.
	en: formatOf('en-GB')
} as const;

const NILA = '#384ca2';
const FRAME = kawungFrame('#8f9dd0', 39, 27);
const ROSETTE = kawungRosette(NILA, 96);

/**
 * The certificate as an A4 landscape PDF/A-2a of two pages: the proof, and the modules with their JP.
 * Pure: the same data give the same bytes on any day, and on any machine unless a letter is found in its fonts only.
 * A logo that is not SVG is refused by typst with an error: check it when it is uploaded.
 */
export function certificatePdf(data: CertificateData): Promise<Uint8Array> {
	const inputs: Record<string, string> = {
		data: printableJson(sheet(data)),
		frame: FRAME,
		rosette: ROSETTE,
		qr: qrSvg(data.verifyUrl)
	};
	if (data.agency.logo) inputs.logo = data.agency.logo.svg;
	return renderPdf(CERTIFICATE_TEMPLATE, inputs, { createdAt: civil(data.issued.on), standard: 'a-2a' });
}

/** The data as the template prints them: every figure and date already text. */
function sheet({
	language,
	number,
	status,
	agency,
	recipient,
	programme,
	signatory,
	issued,
	verifyUrl,
	predicate,
	words
}: CertificateData) {
	const { figure, dates } = FORMAT[language];
	const issuedOn = civil(issued.on);
	const total = programme.modules.reduce((sum, module) => sum + Math.round(module.hours * 100), 0) / 100;
	const totals = [[words.moduleTotal, figure.format(total)]];
	if (total !== programme.hours) totals.push([words.hoursRecognised, figure.format(programme.hours)]);
	return {
		language,
		title: `${words.title} ${number} · ${recipient.name}`,
		number,
		status: status.label,
		stamp: status.cancelled ? status.label : null,
		agency: { name: agency.name, office: agency.office, logoAlt: agency.logo?.alt ?? '' },
		recipient: {
			name: recipient.name,
			nip: recipient.nip ? formatNip(recipient.nip) : null,
			place: [recipient.post, recipient.unit].filter(Boolean).join(' · ') || null
		},
		programme: {
			name: programme.name,
			form: programme.form,
			period: dates.formatRange(civil(programme.from), civil(programme.to)),
			place: programme.place,
			hours: `${figure.format(programme.hours)} ${words.hoursUnit}`,
			modules: programme.modules.map((module) => ({
				title: module.title,
				hours: figure.format(module.hours)
			}))
		},
		totals,
		signatory: {
			name: signatory.name,
			post: signatory.post,
			rank: signatory.rank ?? null,
			nip: signatory.nip ? formatNip(signatory.nip) : null,
			placeAndDate: `${issued.place}, ${dates.format(issuedOn)}`
		},
		issuedOnParts: {
			year: issuedOn.getUTCFullYear(),
			month: issuedOn.getUTCMonth() + 1,
			day: issuedOn.getUTCDate()
		},
		predicate: predicate ?? null,
		verifyUrl,
		verifyText: verifyUrl.replace(/^https?:\/\//u, ''),
		qrAlt: `${words.qrAlt} ${verifyUrl}`,
		words
	};
}

function civil(date: string): Date {
	return new Date(`${date}T00:00:00Z`);
}

function formatOf(locale: string) {
	return {
		figure: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }),
		// A civil date is midnight UTC here, whatever the zone of the server.
		dates: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
	};
}
