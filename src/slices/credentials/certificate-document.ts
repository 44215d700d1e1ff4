import { inLanguage } from '#platform/i18n/language.server.ts';
import { m } from '#platform/i18n/messages.ts';
import { formCode, formWord } from '#slices/programs/public.ts';
import { certificatePdf, type CertificateData } from './certificate-pdf.ts';
import type { CertificateFacts } from './facts.ts';
import type { CertificateStatus } from './model.ts';
import { FIRST_LAYOUT, type Layout } from './template.ts';

const words = (layout: Layout | undefined, language: Layout['language']): CertificateData['words'] => ({
	title: layout?.title ?? m['credentials.certificate.title'](),
	number: m['credentials.certificate.number'](),
	awardedTo: layout?.awardedTo ?? m['credentials.certificate.awardedTo'](),
	nip: 'NIP',
	statement: layout?.statement ?? m['credentials.certificate.statement'](),
	form: m['credentials.certificate.form'](),
	period: m['credentials.certificate.period'](),
	place: m['credentials.certificate.place'](),
	hours: layout?.hours ?? m['credentials.certificate.hours'](),
	hoursUnit: 'JP',
	verify: m['credentials.certificate.verify'](),
	qrAlt: m['credentials.certificate.qrAlt'](),
	status: m['credentials.certificate.statusLabel'](),
	modules: layout?.modules ?? m['credentials.certificate.modules'](),
	moduleNumber: m['credentials.certificate.moduleNumber'](),
	module: m['credentials.certificate.module'](),
	moduleHours: 'JP',
	moduleTotal: m['credentials.certificate.moduleTotal'](),
	hoursRecognised: m['credentials.certificate.hoursRecognised'](),
	...(layout?.subtitle === '' ? {} : { second: second(layout, language) })
});

const second = (layout: Layout | undefined, language: Layout['language']) => {
	const other = FIRST_LAYOUT[language === 'id' ? 'en' : 'id'];
	return {
		lang: other.language,
		title: layout?.subtitle ?? FIRST_LAYOUT[language].subtitle,
		modules: other.modules
	};
};

/**
 * The sheet to hand out, from what was true on the day of issue; only its standing is today's. In the language of its
 * template, whoever opens it, so that the same certificate is the same bytes for everybody.
 */
export function certificateDocument(
	sheet: { number: string; status: CertificateStatus; facts: CertificateFacts },
	verifyUrl: string
): Promise<Uint8Array> {
	const language = sheet.facts.layout?.language ?? 'id';
	return inLanguage(language, () => inWords(sheet, verifyUrl, language));
}

function inWords(
	{ facts, number, status }: { number: string; status: CertificateStatus; facts: CertificateFacts },
	verifyUrl: string,
	language: Layout['language']
): Promise<Uint8Array> {
	const { signatory, predicate } = facts;
	return certificatePdf({
		language,
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
			name: signatory.name,
			post: [signatory.acting, signatory.post].filter(Boolean).join(' '),
			...(signatory.rank === null ? {} : { rank: signatory.rank }),
			...(signatory.nip === null ? {} : { nip: signatory.nip })
		},
		issued: facts.issued,
		verifyUrl,
		...(predicate === undefined ? {} : { predicate: m['credentials.certificate.predicate']({ predicate }) }),
		words: words(facts.layout, language)
	});
}

const STATUS = {
	valid: m['credentials.certificate.status.valid'],
	replaced: m['credentials.certificate.status.replaced'],
	revoked: m['credentials.certificate.status.revoked']
};
