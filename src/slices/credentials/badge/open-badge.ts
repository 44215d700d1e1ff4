import type { CertificateFacts } from '../facts.ts';
import { CREDENTIALS_V2, OPEN_BADGES } from './offline-context.ts';
import { bitOf, listOf } from './status-list.ts';

export type BadgeFacts = {
	/** Where the certificate is checked; also names the badge. */
	verifyUrl: string;
	/** Address of the agency's lists, without the number. */
	lists: string;
	issuer: string;
	number: string;
	statusPosition: number;
	programId: string;
	facts: CertificateFacts;
	/** Between the programme and its JP, in the language of the certificate. */
	narrative: string;
};

/**
 * The certificate as an Open Badges 3.0 credential, still without proof. The holder is named and nothing more: no NIP,
 * not even its hash, which eighteen digits would give away. @law 1EdTech Open Badges 3.0
 */
export const openBadge = ({
	verifyUrl,
	lists,
	issuer,
	number,
	statusPosition,
	programId,
	facts,
	narrative
}: BadgeFacts) => ({
	'@context': [CREDENTIALS_V2, OPEN_BADGES],
	id: verifyUrl,
	type: ['VerifiableCredential', 'OpenBadgeCredential'],
	issuer: { id: issuer, type: ['Profile'], name: facts.agency.name },
	validFrom: `${facts.issued.on}T00:00:00Z`,
	name: facts.programme.name,
	credentialSubject: {
		type: ['AchievementSubject'],
		identifier: [
			{ type: 'IdentityObject', identityHash: facts.recipient.name, identityType: 'name', hashed: false }
		],
		activityStartDate: `${facts.programme.from}T00:00:00Z`,
		activityEndDate: `${facts.programme.to}T00:00:00Z`,
		creditsEarned: facts.programme.hours,
		licenseNumber: number,
		achievement: {
			id: `urn:uuid:${programId}`,
			type: ['Achievement'],
			name: facts.programme.name,
			description: narrative,
			criteria: { narrative }
		}
	},
	credentialStatus: {
		id: `${lists}/${listOf(statusPosition)}#${bitOf(statusPosition)}`,
		type: 'BitstringStatusListEntry',
		statusPurpose: 'revocation',
		statusListIndex: String(bitOf(statusPosition)),
		statusListCredential: `${lists}/${listOf(statusPosition)}`
	}
});
