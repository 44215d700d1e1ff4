/** What an authenticator app needs, to be shown until a first code proves that it has it. */
export type TwoFactorOffer = { secret: string; uri: string };

/** The offer as an `otpauth` address that names the NIP, not the made-up e-mail that better-auth would show. */
export function offerOf(secret: string, username: string): TwoFactorOffer {
	const label = encodeURIComponent(`Asah:${username}`);
	return { secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=Asah&digits=6&period=30` };
}

/** The secret in groups of four, for those who type it. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
