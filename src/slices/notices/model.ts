/** How somebody is written to of one category. In the app they are always told. */
export const EMAIL_MODES = ['now', 'digest', 'never'] as const;
export type EmailMode = (typeof EMAIL_MODES)[number];
export const emailMode = (text: string): EmailMode => EMAIL_MODES.find((mode) => mode === text) ?? 'digest';

/**
 * What people choose by, each with how it is sent to whoever chose nothing. Surveys have reminders of their own
 * (`needs.reminder`), so nobody is written to twice of one.
 */
export const CATEGORIES = {
	seats: { email: 'now', push: true },
	sessions: { email: 'now', push: true },
	tasks: { email: 'digest', push: true },
	results: { email: 'digest', push: true },
	surveys: { email: 'never', push: true },
	plans: { email: 'digest', push: false }
} as const satisfies Record<string, { email: EmailMode; push: boolean }>;
export type Category = keyof typeof CATEGORIES;
export const CATEGORY_KEYS = [
	'seats',
	'sessions',
	'tasks',
	'results',
	'surveys',
	'plans'
] as const satisfies readonly Category[];
export const categoryOf = (text: string | null): Category | null =>
	CATEGORY_KEYS.find((key) => key === text) ?? null;

/** Every kind of notice and its category; its words are `notices.title.<kind>` and `notices.text.<kind>`. */
export const KINDS = {
	enrolled: 'seats',
	promoted: 'seats',
	queued: 'seats',
	offered: 'seats',
	offerLapsed: 'seats',
	seatRefused: 'seats',
	seatTaken: 'seats',
	classCancelled: 'seats',
	sessionChanged: 'sessions',
	sessionCancelled: 'sessions',
	teachingPlanned: 'sessions',
	teachingGiven: 'sessions',
	teachingTaken: 'sessions',
	seatAsked: 'tasks',
	seatLate: 'tasks',
	seatForOffice: 'tasks',
	substituteWanted: 'tasks',
	roomClosed: 'tasks',
	ownRoomClosed: 'tasks',
	classGiven: 'tasks',
	classTaken: 'tasks',
	markAsked: 'tasks',
	planSubmitted: 'tasks',
	checkedIn: 'tasks',
	planInherited: 'tasks',
	checkInDue: 'tasks',
	evaluationAsked: 'tasks',
	evaluationReminded: 'tasks',
	obstaclesNamed: 'tasks',
	competencyProposed: 'tasks',
	idpSubmitted: 'tasks',
	yearPlanSubmitted: 'tasks',
	yearPlanApproved: 'tasks',
	changeAsked: 'tasks',
	findingOwned: 'tasks',
	secondCodesAsked: 'tasks',
	markAccepted: 'results',
	markDeclined: 'results',
	classPassed: 'results',
	classFailed: 'results',
	certificateIssued: 'results',
	planApproved: 'results',
	planReturned: 'results',
	checkInAnswered: 'results',
	projectJudged: 'results',
	evaluationReady: 'results',
	competencyAccepted: 'results',
	competencyDeclined: 'results',
	idpAgreed: 'results',
	idpReturned: 'results',
	idpDeclined: 'results',
	claimCounted: 'results',
	claimReturned: 'results',
	claimRejected: 'results',
	certificateRevoked: 'results',
	yearPlanReturned: 'results',
	needsAccepted: 'results',
	needsRejected: 'results',
	needsDeferred: 'results',
	needSentBack: 'results',
	changeAdopted: 'results',
	changePartly: 'results',
	changeDeclined: 'results',
	saidAnswered: 'results',
	campaignOpened: 'surveys',
	planDecreed: 'plans'
} as const satisfies Record<string, Category>;
export type Kind = keyof typeof KINDS;

const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text);
/** A kind as the database keeps it; null for one that an older or newer version knew. */
export const kindOf = (text: string): Kind | null => (isKind(text) ? text : null);
export const kindsIn = (category: Category): Kind[] =>
	Object.keys(KINDS)
		.filter(isKind)
		.filter((kind) => KINDS[kind] === category);

/** Hours for whoever chose none, by the agency's clock. */
export const USUAL_HOURS = { quietFrom: 20, quietTo: 6, digestHour: 7 } as const;

/** Names of kinds of letters in src/app/server/letters.ts; the first is about a notice, the other about a digest. */
export const NOTICE_LETTER = 'notices.notice';
export const DIGEST_LETTER = 'notices.digest';
/** Every kind of letter that an outbox may hold, surveys' reminders included: by these it is filtered. */
export const LETTER_KINDS = [NOTICE_LETTER, DIGEST_LETTER, 'needs.reminder'] as const;
export type LetterKindName = (typeof LETTER_KINDS)[number];
export const letterKind = (text: string | null): LetterKindName | null =>
	LETTER_KINDS.find((kind) => kind === text) ?? null;

export type NoticeFacts = Readonly<Record<string, string | number | readonly string[]>>;

/** Facts as the database keeps them; whatever is neither a word, a figure nor a list of words is left out. */
export function noticeFacts(value: unknown): NoticeFacts {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, fact]): [string, string | number | string[]][] => {
			if (typeof fact === 'string' || typeof fact === 'number') return [[name, fact]];
			return Array.isArray(fact) ? [[name, fact.filter((part) => typeof part === 'string')]] : [];
		})
	);
}
