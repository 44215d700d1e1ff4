/** One fact of an audit line: whose name it goes by, what is shown, and the page it opens. */
export type AuditFact = { name: string; value: string; whole: string; href: string | null };

/** Pages of what an id names, as far as whoever reads the audit trail may open them. */
const PAGES: Record<string, string> = {
	actionPlanId: '/followup/',
	campaignId: '/needs/campaign/',
	certificateId: '/credentials/',
	classId: '/classes/',
	indicatorId: '/impact/indicator/',
	instrumentId: '/needs/instruments/',
	personId: '/people/',
	planId: '/plans/',
	programId: '/programs/',
	studyId: '/impact/',
	versionId: '/programs/version/'
};
/** After these there may be nothing left to open. */
const REMOVES = /\.(?:discard|remove)/;

/** The subject of an audit line as a short list, in the order of names; ids by their last letters, which tell them apart. */
export function auditFacts(command: string, subject: unknown): AuditFact[] {
	if (typeof subject !== 'object' || subject === null) return [];
	return Object.entries(subject)
		.toSorted(([a], [b]) => a.localeCompare(b))
		.map(([name, fact]: [string, unknown]) => {
			const whole = typeof fact === 'string' ? fact : JSON.stringify(fact);
			const page = REMOVES.test(command) ? undefined : PAGES[name];
			const isId = name.endsWith('Id');
			return {
				name,
				value: isId ? `…${whole.slice(-6)}` : whole,
				whole,
				href: isId && page !== undefined ? `${page}${whole}` : null
			};
		});
}
