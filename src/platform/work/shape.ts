import type { z } from 'zod';
import { invalid, type Facts, type Issue } from '#kernel/errors.ts';

/** zod's issues as ours: a message key and its facts. A custom message that looks like a key is used as it is. */
export function issuesOf(error: z.ZodError): Issue[] {
	return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), ...codeOf(issue) }));
}

function codeOf(issue: z.core.$ZodIssue): { code: string; params: Facts } {
	if (/^[a-z]+\.[\w.]+$/i.test(issue.message)) return { code: issue.message, params: {} };
	switch (issue.code) {
		case 'too_small':
			return issue.origin === 'string' && Number(issue.minimum) <= 1
				? { code: 'kernel.field.required', params: {} }
				: {
						code: issue.origin === 'string' ? 'kernel.field.tooShort' : 'kernel.field.tooSmall',
						params: { minimum: Number(issue.minimum) }
					};
		case 'too_big':
			return {
				code: issue.origin === 'string' ? 'kernel.field.tooLong' : 'kernel.field.tooBig',
				params: { maximum: Number(issue.maximum) }
			};
		case 'invalid_value':
			return { code: 'kernel.field.choose', params: {} };
		case 'unrecognized_keys':
			return { code: 'kernel.field.unknown', params: { names: issue.keys.join(', ') } };
		case 'invalid_type':
			return issue.input === undefined || issue.input === null
				? { code: 'kernel.field.required', params: {} }
				: { code: issue.expected === 'number' ? 'kernel.field.number' : 'kernel.field.invalid', params: {} };
		case 'invalid_format':
			return { code: issue.format === 'date' ? 'kernel.field.date' : 'kernel.field.invalid', params: {} };
		default:
			return { code: 'kernel.field.invalid', params: {} };
	}
}

/** The input in its shape, or a refusal that names every field. */
export function shaped<Shape extends z.ZodType>(shape: Shape, input: unknown): z.output<Shape> {
	const result = shape.safeParse(input, { reportInput: true });
	if (result.success) return result.data;
	throw invalid(issuesOf(result.error));
}
