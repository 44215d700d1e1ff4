export const CERTIFICATE_STATUS = ['valid', 'replaced', 'revoked'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUS)[number];

/** Only a valid certificate can still change its standing. */
export const CERTIFICATE_NEXT: Record<CertificateStatus, readonly CertificateStatus[]> = {
	valid: ['replaced', 'revoked'],
	replaced: [],
	revoked: []
};

export const ENTRY_STATUS = ['draft', 'waiting', 'revise', 'counted', 'rejected', 'refused_overlap'] as const;
export type EntryStatus = (typeof ENTRY_STATUS)[number];

/** A claim is decided once, unless it is sent back to be mended; an overlap that was refused can be claimed anew with better times. */
export const ENTRY_NEXT: Record<EntryStatus, readonly EntryStatus[]> = {
	draft: ['waiting'],
	waiting: ['counted', 'revise', 'rejected', 'refused_overlap'],
	revise: ['waiting'],
	counted: [],
	rejected: [],
	refused_overlap: []
};

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T =>
	list.some((item) => item === text);

/** The database's check constraint keeps the list; a word outside it is a bug. */
export function certificateStatus(text: string): CertificateStatus {
	if (!isOneOf(CERTIFICATE_STATUS, text)) throw new RangeError(`unknown certificate status ${text}`);
	return text;
}

export function entryStatus(text: string): EntryStatus {
	if (!isOneOf(ENTRY_STATUS, text)) throw new RangeError(`unknown JP entry status ${text}`);
	return text;
}
