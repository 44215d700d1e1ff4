import { m } from '#platform/i18n/messages.ts';
import type { BatchStatus, Lack } from '../siasn.ts';

const LACK = {
	person: { what: m['credentials.siasn.lack.person'], mend: m['credentials.siasn.mend.person'] },
	number: { what: m['credentials.siasn.lack.number'], mend: m['credentials.siasn.mend.number'] },
	provider: { what: m['credentials.siasn.lack.provider'], mend: m['credentials.siasn.mend.provider'] },
	leadership: { what: m['credentials.siasn.lack.leadership'], mend: m['credentials.siasn.mend.leadership'] },
	hours: { what: m['credentials.siasn.lack.hours'], mend: m['credentials.siasn.mend.hours'] }
} as const;
export const lackWord = (lack: Lack): string => LACK[lack].what();
export const mendWord = (lack: Lack): string => LACK[lack].mend();

const STATUS = {
	made: { tone: 'waiting', word: m['credentials.siasn.status.made'] },
	sent: { tone: 'good', word: m['credentials.siasn.status.sent'] },
	taken_back: { tone: 'neutral', word: m['credentials.siasn.status.takenBack'] }
} as const;
export const batchTag = (status: BatchStatus) => ({
	tone: STATUS[status].tone,
	label: STATUS[status].word()
});

const LEVEL: Record<string, () => string> = {
	'05': m['credentials.siasn.level.05'],
	'04': m['credentials.siasn.level.04'],
	'03': m['credentials.siasn.level.03'],
	'02': m['credentials.siasn.level.02']
};
export const leadershipWord = (level: string): string => LEVEL[level]?.() ?? level;
