import type { RawBuilder } from 'kysely';
import type { Facts } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { CheckedRow } from '../../import/problem.ts';
import { addShape, type FileShape } from '../../import/shape.ts';
import type { Sheet } from '../../import/sheet.ts';

export type Checking = { tx: Tx; agencyId: string; today: string };
/** The rows as `check` left them are in `pg_temp.checked_row` (commands/check-import.ts). */
export type ComparedRows = { agencyId: string; importId: string; columns: ReadonlySet<string> };
export type Applied = {
	agencyId: string;
	importId: string;
	now: Date;
	today: string;
	columns: ReadonlySet<string>;
};
export type Undone = { agencyId: string; importId: string; appliedAt: Date };
export type Progress = (done: number, total: number) => Promise<void>;
/** One thing that stands on what an import wrote: a message key and how many. */
export type Dependant = { code: string; params: Facts };

/**
 * One kind of file that the import office takes. Rows travel through `people.import_row` (columns in the migration):
 * `check` reads without writing, `compare` fills that table, `apply` and `undo` write set-based from it. Most kinds are
 * rows about people known already: those are made by `recordKind`.
 */
export type ImportKind = {
	shape: FileShape;
	/** Message key of its name. */
	label: string;
	/** Message key of what a changed field is called. */
	fieldLabel: (field: string) => string;
	/** A stored value as people read it, where it is a code or a figure (which the screen knows how to write). */
	shown?: (field: string, value: string, inFigures: (value: number) => string) => string;
	check: (sheet: Sheet, known: Checking) => Promise<Iterable<CheckedRow<unknown>>>;
	compare: (tx: Tx, compared: ComparedRows) => Promise<void>;
	apply: (tx: Tx, applied: Applied, progress: Progress) => Promise<void>;
	/** What came to depend on it since; nothing means that it can be undone. */
	dependants: (tx: Tx, undone: Undone) => Promise<Dependant[]>;
	undo: (tx: Tx, undone: Undone) => Promise<void>;
	/** `(id, label, agency_id, href)` of everything the kind is about: names rows whose label was forgotten. */
	subjects: RawBuilder<unknown>;
	/** Likewise, of those that a whole file would name: what is missing is told. Null where files are never whole. */
	expected: RawBuilder<unknown> | null;
};

/**
 * What a room to the right adds by itself about new people (a survey under way asks them too): no reason to refuse the undoing
 * of a list while nobody has touched it, and gone with the people.
 */
export type Follower = {
	/** Tables with a foreign key to people.person that it looks after. */
	tables: readonly string[];
	/** What has been touched since, about people whom the import brought. */
	dependants: (tx: Tx, undone: Undone) => Promise<Dependant[]>;
	forget: (tx: Tx, undone: Undone) => Promise<void>;
};
const followers = new Set<Follower>();
export const addFollower = (follower: Follower): void => void followers.add(follower);
export const allFollowers = (): readonly Follower[] => [...followers];

const kinds = new Map<string, ImportKind>();

/** Makes the office take a kind of file; the same name again replaces it. */
export function addImportKind(kind: ImportKind): void {
	kinds.set(kind.shape.name, kind);
	addShape(kind.shape);
}

/** Kinds stored in the database are kinds that were registered; one of a room that is gone is a bug. */
export function importKind(name: string): ImportKind {
	const kind = kinds.get(name);
	if (!kind) throw new Error(`no kind of import is called ${name}`);
	return kind;
}

export const allImportKinds = (): readonly ImportKind[] => [...kinds.values()];
