import { z } from 'zod';
import { CONDITION_TESTS, ITEM_KINDS, RATERS } from './instrument.ts';
import { TEMPLATE_KEYS } from './templates.ts';

const words = (most: number) => z.string().trim().max(most).default('');

export const CreateInstrument = z.object({
	name: z.string().trim().min(3).max(120).optional(),
	/** A shipped one to begin with; without it the form is empty. */
	template: z.enum(TEMPLATE_KEYS).optional()
});

export const RenameInstrument = z.object({
	instrumentId: z.uuid(),
	name: z.string().trim().min(3).max(120)
});

export const OneInstrument = z.object({ instrumentId: z.uuid() });
export const SetScale = z.object({ versionId: z.uuid(), scalePoints: z.literal([4, 5]) });

export const SaveSection = z.object({
	versionId: z.uuid(),
	/** Absent: a new one at the end. */
	sectionId: z.uuid().optional(),
	title: z.string().trim().min(1).max(120),
	titleEn: words(120),
	intro: words(400),
	introEn: words(400)
});

export const OneSection = z.object({ sectionId: z.uuid() });
export const MoveSection = OneSection.extend({ direction: z.enum(['up', 'down']) });

const Condition = z.object({
	itemId: z.uuid(),
	test: z.enum(CONDITION_TESTS),
	value: z.string().trim().min(1).max(60)
});

export const SaveItem = z
	.object({
		versionId: z.uuid(),
		sectionId: z.uuid(),
		/** Absent: a new one at the end of the section. */
		itemId: z.uuid().optional(),
		kind: z.enum(ITEM_KINDS),
		raters: z.array(z.enum(RATERS)).min(1, 'needs.build.noRater'),
		competencyId: z.uuid().optional(),
		question: z.string().trim().min(1).max(300),
		questionEn: words(300),
		hint: words(300),
		hintEn: words(300),
		required: z.boolean().default(false),
		most: z.number().int().min(1).max(10).default(1),
		/** Choices, one a line. */
		options: words(2000),
		/** Without a question to look at there is no condition. */
		condition: z
			.object({ itemId: z.uuid().optional(), test: z.string().optional(), value: z.string().optional() })
			.optional()
			.transform((typed) => (typed?.itemId === undefined ? undefined : typed))
			.pipe(Condition.optional())
	})
	.refine(
		({ kind, raters }) => kind === 'level' || !raters.some((one) => one === 'peer' || one === 'subordinate'),
		{ path: ['raters'], message: 'needs.build.groupLevelsOnly' }
	);

export const OneItem = z.object({ itemId: z.uuid() });
export const MoveItem = OneItem.extend({ direction: z.enum(['up', 'down']) });
