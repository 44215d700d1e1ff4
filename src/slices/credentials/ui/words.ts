import { m } from '#platform/i18n/messages.ts';
import type { CertificateStatus, EntryStatus } from '../model.ts';

const CERTIFICATE = {
	valid: { tone: 'good', word: m['credentials.certificate.status.valid'] },
	replaced: { tone: 'attention', word: m['credentials.certificate.status.replaced'] },
	revoked: { tone: 'bad', word: m['credentials.certificate.status.revoked'] }
} as const;

const ENTRY = {
	draft: { tone: 'neutral', word: m['credentials.entry.status.draft'] },
	revise: { tone: 'attention', word: m['credentials.entry.status.revise'] },
	counted: { tone: 'good', word: m['credentials.entry.status.counted'] },
	waiting: { tone: 'waiting', word: m['credentials.entry.status.waiting'] },
	rejected: { tone: 'bad', word: m['credentials.entry.status.rejected'] },
	refused_overlap: { tone: 'attention', word: m['credentials.entry.status.overlap'] }
} as const;

export const certificateTag = (status: CertificateStatus) => ({
	tone: CERTIFICATE[status].tone,
	label: CERTIFICATE[status].word()
});
export const entryTag = (status: EntryStatus) => ({ tone: ENTRY[status].tone, label: ENTRY[status].word() });
