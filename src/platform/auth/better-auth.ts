import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { username } from 'better-auth/plugins/username';
import type pg from 'pg';
import { newId } from '#kernel/ids.ts';
import { newRecoveryCode } from './one-time-code.ts';
import { PASSWORD_LENGTH } from './password.ts';

/** Seconds for which a signed cookie stands in for the session's row: at most so late is a revocation felt elsewhere. */
export const CACHE_SECONDS = 60;
export const COOKIE_PREFIX = 'asah';
/** Header in which our own doors say where a request came from; a visitor's own headers never reach better-auth. */
export const ADDRESS_HEADER = 'x-asah-address';

const DAY = 86_400;

/**
 * What better-auth does for us, and nothing else: passwords, sessions, two factors. Its HTTP endpoints are not
 * mounted anywhere; our own forms call its functions, so its origin check and its limit by address (which would shut
 * out an office behind one address at eight o'clock) have no work here: SvelteKit checks the origin of every form,
 * `attempts.ts` limits tries. The base URL is therefore never used, and `secure` is set on each cookie by the scheme
 * of the request it answers (`cookies.ts`).
 */
export const betterAuthOn = (pool: pg.Pool, secret: string) =>
	betterAuth({
		appName: 'Asah',
		baseURL: 'http://localhost',
		secret,
		database: pool,
		telemetry: { enabled: false },
		logger: { level: 'error' },
		rateLimit: {
			enabled: true,
			storage: 'database',
			modelName: 'rate_limit',
			fields: { lastRequest: 'last_request' }
		},
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_LENGTH.minimum,
			maxPasswordLength: PASSWORD_LENGTH.maximum
		},
		session: {
			expiresIn: 14 * DAY,
			updateAge: DAY,
			freshAge: 0,
			cookieCache: { enabled: true, maxAge: CACHE_SECONDS },
			fields: {
				expiresAt: 'expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
				userId: 'user_id'
			}
		},
		user: {
			fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
			additionalFields: {
				agencyId: { type: 'string', required: true, input: false, fieldName: 'agency_id' },
				personId: { type: 'string', required: false, input: false, fieldName: 'person_id' }
			}
		},
		account: {
			fields: {
				accountId: 'account_id',
				providerId: 'provider_id',
				userId: 'user_id',
				accessToken: 'access_token',
				refreshToken: 'refresh_token',
				idToken: 'id_token',
				accessTokenExpiresAt: 'access_token_expires_at',
				refreshTokenExpiresAt: 'refresh_token_expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at'
			}
		},
		verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
		advanced: {
			cookiePrefix: COOKIE_PREFIX,
			useSecureCookies: false,
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
			database: { generateId: () => newId() }
		},
		plugins: [
			username({ displayUsername: false }),
			twoFactor({
				issuer: 'Asah',
				schema: {
					user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
					twoFactor: {
						modelName: 'two_factor',
						fields: {
							backupCodes: 'backup_codes',
							userId: 'user_id',
							failedVerificationCount: 'failed_verification_count',
							lockedUntil: 'locked_until'
						}
					}
				},
				backupCodeOptions: { customBackupCodesGenerate: () => Array.from({ length: 10 }, newRecoveryCode) }
			})
		]
	});

export type BetterAuth = ReturnType<typeof betterAuthOn>;
