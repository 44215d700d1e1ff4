import { endpoint } from '#platform/http/page.ts';
import { xlsxResponse } from '#platform/http/xlsx.ts';
import { rulesOn } from '#slices/competencies/server/queries/required.ts';
import { competenciesToName } from '#slices/competencies/server/queries/standards.ts';
import { STANDARD_COLUMNS, standardCells } from '#slices/competencies/standards-sheet.ts';

export const GET = endpoint(async ({ db, today }) =>
	xlsxResponse(`standar-kompetensi-${today}`, [
		{
			name: 'STANDAR',
			header: STANDARD_COLUMNS,
			rows: standardCells(await rulesOn(db, today), await competenciesToName(db)),
			widths: [40, 16, 10, 16, 14, 8, 40, 50, 16]
		}
	])
);
