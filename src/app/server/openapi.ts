import { z } from 'zod';
import { STATUS } from '#kernel/errors.ts';
import { allCommands } from './commands.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const refusal = { $ref: '#/components/schemas/Refusal' };

/** OpenAPI 3.1 description of the machine door, made from the shapes that the commands themselves check. */
export function openApi(origin: string): object {
	const paths = Object.fromEntries(
		allCommands().map((work) => [
			`/api/v1/commands/${work.name}`,
			{
				post: {
					operationId: work.name,
					tags: [work.name.split('.')[0]],
					summary: work.options.summary ?? work.name,
					parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
					requestBody: {
						required: true,
						...json(z.toJSONSchema(work.shape, { io: 'input', unrepresentable: 'any' }))
					},
					responses: {
						'200': {
							description: 'Done, or done before under the same key',
							...json({ type: 'object', properties: { answer: {} } })
						},
						...Object.fromEntries(
							Object.entries(STATUS).map(([kind, status]) => [
								String(status),
								{ description: kind, ...json(refusal) }
							])
						)
					}
				}
			}
		])
	);
	return {
		openapi: '3.1.0',
		info: {
			title: 'Asah',
			version: '1',
			description: 'Every write of Asah, by name. The same commands serve the screens.',
			license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' }
		},
		servers: [{ url: origin }],
		security: [{ token: [] }],
		paths,
		components: {
			securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
			parameters: {
				IdempotencyKey: {
					name: 'Idempotency-Key',
					in: 'header',
					required: false,
					description:
						'8-200 characters of your choice; the same key again returns the first answer and writes nothing.',
					schema: { type: 'string', minLength: 8, maxLength: 200 }
				}
			},
			schemas: {
				Refusal: {
					type: 'object',
					required: ['error', 'issues', 'requestId'],
					properties: {
						error: {
							type: 'object',
							required: ['kind', 'code', 'params', 'message'],
							properties: {
								kind: { enum: Object.keys(STATUS) },
								code: { type: 'string' },
								params: { type: 'object' },
								message: { type: 'string' }
							}
						},
						issues: {
							type: 'array',
							items: {
								type: 'object',
								properties: {
									path: { type: 'string' },
									code: { type: 'string' },
									params: { type: 'object' },
									message: { type: 'string' }
								}
							}
						},
						requestId: { type: 'string' }
					}
				}
			}
		}
	};
}
