import { z } from 'zod';
import { isPostLevel } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';
import { DICTIONARIES, IMPORT_KINDS, LEVELS, POST_KINDS } from './model.ts';

const Id = z.uuid('kernel.field.choose');
const Text = (maximum: number, minimum = 1) => z.string().trim().min(minimum).max(maximum);
const day = z.string().refine(isValidDate, 'kernel.field.date');
const Code = z
	.string()
	.trim()
	.toUpperCase()
	.regex(/^[A-Z0-9][A-Z0-9.-]{0,19}$/, 'competencies.version.codeForm');

export const SetRequiredLevel = z.object({
	postLevel: z.string().refine(isPostLevel, 'kernel.field.choose'),
	/** Left out: the rule for all competencies that have none of their own. */
	competencyId: Id.optional(),
	level: z.number().int().min(1).max(5),
	legalBasis: Text(300, 3),
	validFrom: day
});

/** Behaviours as they are typed: one a line. */
const Indicators = z
	.union([z.string(), z.array(z.string())])
	.transform((given) =>
		(typeof given === 'string' ? given.split('\n') : given)
			.map((line) => line.trim())
			.filter((line) => line !== '')
	)
	.pipe(z.array(Text(500)).min(1, 'competencies.version.indicators').max(12));

const LevelRow = z.object({ headline: Text(300, 3), indicators: Indicators });

/** Five levels in their order: the first is level 1. */
export const FiveLevels = z
	.array(LevelRow)
	.length(LEVELS.length, 'competencies.version.fiveLevels')
	.transform((rows) => rows.map((row, at) => ({ level: at + 1, ...row })));

export const DraftDictionary = z.object({ kind: z.enum(DICTIONARIES) });
export const OneDictionary = z.object({ dictionaryId: Id });
export const DescribeDictionary = z.object({
	dictionaryId: Id,
	name: Text(200, 3),
	legalBasis: Text(300, 3),
	validFrom: day,
	note: z.string().trim().max(1000).default('')
});
export const SaveCompetency = z.object({
	dictionaryId: Id,
	/** Left out: a new one. */
	competencyId: Id.optional(),
	code: Code,
	family: z.enum(['managerial', 'sociocultural', 'technical']).optional(),
	area: z.string().trim().max(120).optional(),
	name: Text(200, 2),
	nameEn: z.string().trim().max(200).default(''),
	definition: Text(2000, 10),
	levels: FiveLevels
});
export const RemoveCompetency = z.object({ dictionaryId: Id, competencyId: Id });

export const ProposeCompetency = z.object({
	unitId: Id,
	/** Left out: a new one; else what it would change. */
	competencyId: Id.optional(),
	area: Text(120, 2),
	name: Text(200, 2),
	definition: Text(2000, 10),
	reason: Text(2000, 10),
	levels: FiveLevels
});
export const DecideProposal = z.object({
	proposalId: Id,
	decision: z.enum(['approved', 'declined']),
	note: Text(2000, 3),
	/** The code it gets when approved; by default the next free one. */
	code: Code.optional()
});

export const DraftStandard = z.object({ name: Text(200, 3), legalBasis: Text(300, 3), validFrom: day });
export const OneStandard = z.object({ standardId: Id });
export const DescribeStandard = DraftStandard.extend({ standardId: Id });

const RuleShape = z.object({
	postTitle: z.string().trim().max(200).optional(),
	unitKind: z.string().trim().max(60).optional(),
	postLevel: z.string().refine(isPostLevel, 'kernel.field.choose').optional(),
	postKind: z.enum(POST_KINDS).optional(),
	competencyId: Id.optional(),
	level: z.number().int().min(0).max(5)
});

const named = (rule: z.infer<typeof RuleShape>): number =>
	[rule.postTitle, rule.postLevel, rule.postKind].filter((one) => one !== undefined && one !== '').length;

/** A rule says of exactly one of title, level and kind of post which level is asked. */
export const AddRule = RuleShape.extend({ standardId: Id })
	.refine((rule) => named(rule) === 1, { message: 'competencies.standard.oneScope', path: ['postTitle'] })
	.refine((rule) => rule.level > 0 || rule.competencyId !== undefined, {
		message: 'competencies.standard.zeroForOne',
		path: ['level']
	});
export const RemoveRule = z.object({ standardId: Id, ruleId: Id });

/** A sheet as the reader gives it: rows of cells with their number in the file. */
export const CheckSheet = z.object({
	kind: z.enum(IMPORT_KINDS),
	fileName: z.string().max(300),
	rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string().max(8000)).max(60) })).max(20_000)
});
export const OneImport = z.object({ importId: Id });
export const ApplyDictionarySheet = z.object({
	importId: Id,
	/** Those that the file lacks leave the draft; otherwise they stay as they are. */
	removeMissing: z.boolean().default(false)
});
export const ApplyStandardSheet = DraftStandard.extend({ importId: Id });
