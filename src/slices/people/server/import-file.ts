import type { Kysely } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { DB } from '#platform/db/db.ts';
import { run } from '#platform/work/run.ts';
import { expectKind } from '../import/problem.ts';
import { readFile } from '../import/read-file.ts';
import type { ImportCounts } from '../model.ts';
import { readingFor } from './import/reading.ts';
import { applyImport } from './commands/apply-import.ts';
import { checkImport } from './commands/check-import.ts';

export type FileToImport = {
	kysely?: Kysely<DB>;
	actor: Actor;
	/** What it must hold; left out, the headers tell. */
	kind?: string;
	fileName: string;
	bytes: Uint8Array;
	now?: Date;
	key?: string;
	requestId?: string;
};

/**
 * A file → its dry run: read outside the transaction, stored inside it. Nothing of people or units is written yet.
 * Refuses what `readFile` and `people.checkImport` refuse, and a file of another kind than expected.
 */
export async function importFile({
	kind,
	fileName,
	bytes,
	...rest
}: FileToImport): Promise<{ importId: string; counts: ImportCounts }> {
	const reading = await readingFor(rest.actor.agencyId, kind, rest.kysely);
	const sheet = await readFile(bytes, reading);
	if (kind) expectKind(sheet, kind);
	return run(checkImport, { input: { fileName: fileName.slice(0, 300) || 'berkas', sheet }, ...rest });
}

/** Applies a dry run without a screen: what the demo city and scripts do after they looked at the counts. */
export const applyFile = (
	importId: string,
	by: Pick<FileToImport, 'kysely' | 'actor' | 'now'>
): Promise<{ importId: string }> => run(applyImport, { input: { importId }, ...by });
