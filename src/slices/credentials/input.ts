import { z } from 'zod';
import { Layout } from './template.ts';

export const IssueCertificates = z.object({ classId: z.uuid() });
export const IssueBatch = z.object({ classId: z.uuid(), most: z.number().int().min(1).max(200) });

export const SetEligibility = z.object({
	programId: z.uuid(),
	posttestPercent: z.number().int().min(0).max(100).nullable().default(null),
	needsReaction: z.boolean().default(false),
	templateId: z.uuid().nullable().default(null)
});

const Reason = z.string().trim().min(10, 'credentials.reason.tooShort').max(500);

export const RevokeCertificate = z.object({ certificateId: z.uuid(), reason: Reason });
export const ReissueCertificate = RevokeCertificate;

export const ClaimExternal = z.object({
	/** One's own draft, or what was sent back, that is changed. */
	entryId: z.uuid().optional(),
	form: z.string().regex(/^(PD|KL|NK)\d{2}$/, 'kernel.field.choose'),
	title: z.string().trim().min(5).max(300),
	provider: z.string().trim().min(3).max(200),
	number: z.string().trim().max(100).default(''),
	startsOn: z.iso.date(),
	endsOn: z.iso.date(),
	/** Date on the certificate, where the agency counts by it. */
	certificateOn: z.iso.date().optional(),
	/** By written assignment of the office: counts towards the ceiling of PPPK. */
	assigned: z.boolean().default(false),
	/** JP as the certificate states them, or days, or times: which one the form is counted by decides. */
	amount: z.number().positive().max(2000),
	abroad: z.boolean().default(false),
	evidence: z
		.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array<ArrayBufferLike>) })
		.nullish(),
	/** false: kept as a draft. */
	send: z.boolean().default(true)
});

export const DiscardClaim = z.object({ entryId: z.uuid() });

export const VerifyClaim = z
	.object({
		entryId: z.uuid(),
		decision: z.enum(['counted', 'revise', 'rejected']),
		reason: z.string().trim().max(500).default('')
	})
	.refine((claim) => claim.decision === 'counted' || claim.reason.length >= 10, {
		path: ['reason'],
		message: 'credentials.reason.tooShort'
	});

export const MakeTemplate = z.object({
	name: z.string().trim().min(3).max(100),
	language: z.enum(['id', 'en'])
});
export const SaveTemplate = z.object({
	templateId: z.uuid(),
	name: z.string().trim().min(3).max(100),
	layout: Layout
});
export const RetireTemplate = z.object({ templateId: z.uuid() });
