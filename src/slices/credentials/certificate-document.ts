import { m } from '#platform/i18n/messages.ts';
import { formCode, formWord } from '#slices/programs/public.ts';
import { certificatePdf, type CertificateData } from './certificate-pdf.ts';
import type { CertificateFacts } from './facts.ts';
import type { CertificateStatus } from './model.ts';

const words = (): CertificateData['words'] => ({
	title: m['credentials.certificate.title'](),
	number: m['credentials.certificate.number'](),
	awardedTo: m['credentials.certificate.awardedTo'](),
	nip: 'NIP',
	statement: m['credentials.certificate.statement'](),
	form: m['credentials.certificate.form'](),
	period: m['credentials.certificate.period'](),
	place: m['credentials.certificate.place'](),
	hours: m['credentials.certificate.hours'](),
	hoursUnit: 'JP',
	verify: m['credentials.certificate.verify'](),
	qrAlt: m['credentials.certificate.qrAlt'](),
	status: m['credentials.certificate.statusLabel'](),
	modules: m['credentials.certificate.modules'](),
	moduleNumber: m['credentials.certificate.moduleNumber'](),
	module: m['credentials.certificate.module'](),
	moduleHours: 'JP',
	moduleTotal: m['credentials.certificate.moduleTotal'](),
	hoursRecognised: m['credentials.certificate.hoursRecognised'](),
	second: { lang: 'en', title: 'Certificate of Completion', modules: 'List of modules' }
});

/** The sheet to hand out, from what was true on the day of issue; only its standing is today's. Always in Indonesian. */
export function certificateDocument(
	sheet: { number: string; status: CertificateStatus; facts: CertificateFacts },
	verifyUrl: string
): Uint8Array {
	const { facts, number, status } = sheet;
	return certificatePdf({
		language: 'id',
		number,
		status: { label: STATUS[status](), cancelled: status !== 'valid' },
		agency: { name: facts.agency.name, office: facts.agency.office },
		recipient: {
			name: facts.recipient.name,
			post: facts.recipient.post,
			unit: facts.recipient.unit,
			...(facts.recipient.nip === null ? {} : { nip: facts.recipient.nip })
		},
		programme: { ...facts.programme, form: formWord(formCode(facts.programme.form)) },
		signatory: {
			name: facts.signatory.name,
			post: facts.signatory.post,
			...(facts.signatory.rank === null ? {} : { rank: facts.signatory.rank }),
			...(facts.signatory.nip === null ? {} : { nip: facts.signatory.nip })
		},
		issued: facts.issued,
		verifyUrl,
		words: words()
	});
}

const STATUS = {
	valid: m['credentials.certificate.status.valid'],
	replaced: m['credentials.certificate.status.replaced'],
	revoked: m['credentials.certificate.status.revoked']
};
