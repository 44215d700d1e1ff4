import { endpoint } from '#platform/http/page.ts';
import { xlsxResponse } from '#platform/http/xlsx.ts';
import { DICTIONARY_COLUMNS, dictionaryCells } from '#slices/competencies/dictionary-sheet.ts';
import { editionsOf, versionById } from '#slices/competencies/server/queries/dictionary.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const version = await versionById(db, actor, id('id'));
	return xlsxResponse(`${version.name}-${version.number}`, [
		{
			name: 'KAMUS',
			header: DICTIONARY_COLUMNS,
			rows: dictionaryCells(await editionsOf(db, version.id)),
			widths: [10, 10, 18, 22, 30, 30, 60, 8, 50, 70]
		}
	]);
});
