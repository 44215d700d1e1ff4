import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { COLUMNS, type ImportKind } from './import/columns.ts';
import { MAX_ROWS, type Sheet } from './import/sheet.ts';
import { GIVEN_ROLES } from './model.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, 'kernel.field.date');

const KEPT: Record<ImportKind, ReadonlySet<string>> = {
	units: new Set(COLUMNS.units.map(({ name }) => name)),
	people: new Set(COLUMNS.people.map(({ name }) => name))
};

/**
 * A file as `readFile` leaves it, or as a machine sends it: whitelisted columns and cells, row by row. Columns that
 * Asah does not keep are refused here too, so that no door lets them in.
 */
export const SheetShape = z
	.object({
		kind: z.enum(['units', 'people']),
		sheetName: z.string().max(200),
		headerRow: z.int().min(0),
		columns: z.array(z.object({ name: z.string(), header: z.string().max(1000) })).min(1),
		dropped: z.array(z.string().max(200)).max(2000),
		absent: z.array(z.string().max(200)),
		skipped: z.int().min(0),
		rows: z
			.array(z.object({ row: z.int().min(1), cells: z.array(z.string().max(1000)) }))
			.min(1)
			.max(MAX_ROWS)
	})
	.refine(
		(sheet) => sheet.columns.every(({ name }) => KEPT[sheet.kind].has(name)),
		'people.import.columnNotKept'
	)
	.refine(
		(sheet) => new Set(sheet.rows.map(({ row }) => row)).size === sheet.rows.length,
		'people.import.rowTwice'
	) satisfies z.ZodType<Sheet>;

export const CheckImport = z.object({ fileName: z.string().min(1).max(300), sheet: SheetShape });
export const OneImport = z.object({ importId: id });
export const OnePerson = z.object({ personId: id });
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
