import type { Kysely } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { AppError, invalidField, missing } from '#kernel/errors.ts';
import type { DB } from '#platform/db/db.ts';
import { run } from '#platform/work/run.ts';
import { canImport } from '../../access.ts';
import { askMapping, chosenMapping, tooFewColumns, type MappingAsked } from '../../import/mapping.ts';
import type { Reading } from '../../import/find-header.ts';
import { codeOf, readFile, readTop } from '../../import/read-file.ts';
import { shapeNamed } from '../../import/shape.ts';
import type { Sheet } from '../../import/sheet.ts';
import { checkImport } from '../commands/check-import.ts';
import { readingFor } from './reading.ts';

export type ReceivedFile = {
	actor: Actor;
	fileName: string;
	bytes: Uint8Array;
	/** What it must hold; left out, the headers tell. */
	kind?: string | undefined;
	/** Folded header → column, as somebody said on the mapping screen. */
	chosen: Readonly<Record<string, string>>;
	key?: string;
	requestId: string;
	kysely?: Kysely<DB>;
};

/** A question to the person who brought the file; `targets` are the columns that a header may mean. */
export type Asked = MappingAsked & { targets: { name: string; required: boolean }[] };

/**
 * A file from the screen → its dry run, or the question which column is which. The file stands nowhere in between: who
 * answers the question sends it again. Refuses what `readFile` and `people.checkImport` refuse; one column said twice.
 */
export async function receiveFile({
	actor,
	fileName,
	bytes,
	kind,
	chosen,
	...sent
}: ReceivedFile): Promise<{ importId: string } | { ask: Asked }> {
	if (!canImport(actor)) throw missing();
	const usual = await readingFor(actor.agencyId, kind, sent.kysely);
	const told =
		Object.keys(chosen).length === 0 || kind === undefined
			? null
			: await understood(bytes, usual, kind, chosen);
	const read = await readOrWhyNot(bytes, told?.reading ?? usual);
	if (read instanceof AppError) {
		const ask = askMapping(await readTop(bytes, usual), told?.reading.learned ?? usual.learned, kind);
		if (tooFewColumns(ask, kind)) throw read;
		const targets = (shapeNamed(ask.kind)?.columns ?? []).map(({ name, required = false }) => ({
			name,
			required
		}));
		return { ask: { ...ask, targets } };
	}
	const input = { fileName, sheet: read, ...(told ? { learned: told.learned } : {}) };
	const { importId } = await run(checkImport, { actor, input, ...sent });
	return { importId };
}

const HEADERS_UNKNOWN = ['people.import.noHeader', 'people.import.missingColumns'];

/** The sheet; its refusal where somebody has to say what its headers mean. */
async function readOrWhyNot(bytes: Uint8Array, reading: Reading): Promise<Sheet | AppError> {
	try {
		return await readFile(bytes, reading);
	} catch (error) {
		const code = codeOf(error) ?? '';
		if (!(error instanceof AppError) || !HEADERS_UNKNOWN.includes(code)) throw error;
		return error;
	}
}

/** Only headers that this file has and that may be kept are taken from what was sent. */
async function understood(
	bytes: Uint8Array,
	usual: Reading,
	kind: string,
	chosen: Readonly<Record<string, string>>
): Promise<{ reading: Reading; learned: Record<string, string> }> {
	const asked = askMapping(await readTop(bytes, usual), usual.learned, kind);
	const allowed = new Set(asked.columns.filter(({ allowed }) => allowed).map(({ folded }) => folded));
	const { learned, twice } = chosenMapping(
		Object.fromEntries(Object.entries(chosen).filter(([header]) => allowed.has(header)))
	);
	if (twice !== null) {
		const header = Object.entries(learned).findLast(([, column]) => column === twice)?.[0] ?? '';
		throw invalidField(`map.${header}`, 'people.import.mappedTwice', { column: twice });
	}
	const known = new Map([...(usual.learned.get(kind) ?? []), ...Object.entries(learned)]);
	const shape = shapeNamed(kind);
	if (!shape) throw new AppError('invalid', 'people.import.otherKind');
	return { reading: { shapes: [shape], learned: new Map([[kind, known]]) }, learned };
}
