import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import './import/own-shapes.ts';
import { shapeNamed } from './import/shape.ts';
import { MAX_ROWS, type Sheet } from './import/sheet.ts';
import { DEPARTURE_REASONS, GIVEN_ROLES } from './model.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, 'kernel.field.date');

const LONGEST_CELL = 1000;

/** What an array of strings would say, which takes ten times as long over the half a million cells of a file. */
const Cells = z
	.custom<string[]>(
		(cells) =>
			Array.isArray(cells) && cells.every((cell) => typeof cell === 'string' && cell.length <= LONGEST_CELL)
	)
	.meta({ type: 'array', items: { type: 'string', maxLength: LONGEST_CELL } });

/**
 * A file as `readFile` leaves it, or as a machine sends it: whitelisted columns and cells, row by row. Columns that
 * Asah does not keep are refused here too, so that no door lets them in.
 */
export const SheetShape = z
	.object({
		kind: z.string().max(60),
		sheetName: z.string().max(200),
		headerRow: z.int().min(0),
		columns: z.array(z.object({ name: z.string(), header: z.string().max(1000) })).min(1),
		dropped: z.array(z.string().max(200)).max(2000),
		doubled: z.array(z.string().max(200)).max(2000).optional(),
		otherSheets: z.array(z.string().max(200)).max(300).optional(),
		macros: z.boolean().optional(),
		absent: z.array(z.string().max(200)),
		skipped: z.int().min(0),
		rows: z
			.array(z.object({ row: z.int().min(1), cells: Cells }))
			.min(1)
			.max(MAX_ROWS)
	})
	.refine((sheet) => {
		const kept = shapeNamed(sheet.kind)?.columns ?? [];
		return sheet.columns.every(({ name }) => kept.some((column) => column.name === name));
	}, 'people.import.columnNotKept')
	.refine(
		(sheet) => new Set(sheet.rows.map(({ row }) => row)).size === sheet.rows.length,
		'people.import.rowTwice'
	) satisfies z.ZodType<Sheet>;

export const CheckImport = z.object({
	fileName: z.string().min(1).max(300),
	sheet: SheetShape,
	/** What the agency says that headers mean, to be remembered: folded header → column. */
	learned: z.record(z.string().min(1).max(200), z.string().max(60)).optional()
});
export const OneImport = z.object({ importId: id });
export const Departures = z.object({
	importId: id,
	personIds: z.array(id).min(1, 'people.import.chooseWhoLeft').max(1000),
	reason: z.enum(DEPARTURE_REASONS),
	note: z.string().trim().max(300).default('')
});
export const OpenAccess = z.object({ unitId: id, again: z.boolean().default(false) });
export const ResetAccess = z.object({
	personId: id,
	/** Signs in an elected official, who has no NIP; unused once there is an account. */
	username: z
		.string()
		.trim()
		.toLowerCase()
		.regex(/^(?=.*[a-z])[a-z0-9_.]{3,30}$/, 'people.access.usernameForm')
		.optional()
});
export const GiveRole = z.object({
	personId: id,
	role: z.enum(GIVEN_ROLES),
	unitId: id,
	validFrom: day,
	/** First day on which it no longer holds. */
	validTo: day.optional(),
	reason: z.string().trim().min(3).max(300)
});
export const OneGrant = z.object({ grantId: id });
