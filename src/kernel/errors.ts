/** Kinds of refusal and the HTTP status each becomes (only `hooks.server.ts` and the two doors read the number). */
export const STATUS = {
	invalid: 422,
	signedOut: 401,
	forbidden: 403,
	missing: 404,
	refused: 409,
	tooLarge: 413,
	tooOften: 429
} as const;

export type ErrorKind = keyof typeof STATUS;
export type Facts = Record<string, string | number>;

/** One thing wrong with one field of what was typed; `code` is a message key. */
export type Issue = { path: string; code: string; params: Facts };

/** Every refusal that a person can do something about. `code` is a message key, `params` the facts it names. */
export class AppError extends Error {
	readonly kind: ErrorKind;
	readonly code: string;
	readonly params: Facts;
	readonly issues: Issue[];

	constructor(kind: ErrorKind, code: string, params: Facts = {}, issues: Issue[] = []) {
		super(code);
		this.name = 'AppError';
		this.kind = kind;
		this.code = code;
		this.params = params;
		this.issues = issues;
	}
}

export const refused = (code: string, params: Facts = {}) => new AppError('refused', code, params);
export const missing = (code = 'kernel.missing', params: Facts = {}) => new AppError('missing', code, params);
export const forbidden = (code = 'kernel.forbidden', params: Facts = {}) =>
	new AppError('forbidden', code, params);
export const signedOut = () => new AppError('signedOut', 'kernel.signedOut');
export const invalid = (issues: Issue[], code = 'kernel.invalid', params: Facts = {}) =>
	new AppError('invalid', code, params, issues);
/** A refusal that belongs to one field. */
export const invalidField = (path: string, code: string, params: Facts = {}) =>
	invalid([{ path, code, params }]);
