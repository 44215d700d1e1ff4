import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canIssue } from '../../access.ts';
import { paperFacts } from '../../document/build.ts';
import { draftParts } from '../../document/draft.ts';
import type { PaperFacts } from '../../facts.ts';
import { ADDRESSED, type PaperKind, type PartKey, type Parts } from '../../model.ts';
import { linesOf, numberOf } from '../../rules.ts';
import { lessonOf } from '../lesson.ts';
import { settingOn } from '../settings.ts';

const BLANK = '………………………………';

export type PreviewOf = {
	kind: PaperKind;
	classId: string;
	unitId: string | null;
	personId: string | null;
	/** Texts as edited; null: as they would be drafted now. */
	parts: Parts | null;
};

/**
 * A paper as it would be printed today, without a number and with dotted lines where something is not set yet.
 * Refuses: missing, for all but the office.
 */
export async function previewOf(
	db: Db,
	actor: Actor,
	{ kind, classId, unitId, personId, parts }: PreviewOf,
	now: Date,
	today: CivilDate
): Promise<PaperFacts> {
	if (!canIssue(actor)) throw missing();
	const lesson = await lessonOf(db, classId, now, today);
	if (!lesson) throw missing();
	const { letterhead, numbering, signatory } = await settingOn(db, kind, today);
	// A letter without its unit is shown as the first unit of the class would get it.
	const unit = ADDRESSED.includes(kind) ? (unitId ?? lesson.people[0]?.unitId ?? null) : unitId;
	return paperFacts({
		kind,
		lesson,
		parts: parts ?? draftParts(kind, lesson),
		people: lesson.people.filter(
			(one) => (unit === null || one.unitId === unit) && (personId === null || one.personId === personId)
		),
		alone: personId !== null,
		letterhead: letterhead ?? {
			government: lesson.agency,
			office: BLANK,
			address: BLANK,
			city: lesson.city,
			postalCode: '',
			phone: '',
			email: '',
			website: '',
			logoId: null
		},
		signatory: signatory ?? { lines: [BLANK], name: BLANK, rank: null, nip: null },
		copies: linesOf(numbering?.copies ?? ''),
		number: numbering === null ? BLANK : numberOf(numbering.pattern, null, today),
		on: today
	});
}

type Printable = {
	kind: PaperKind;
	class_id: string;
	unit_id: string | null;
	person_id: string | null;
	texts: readonly { key: PartKey; text: string }[];
	facts: PaperFacts | null;
};

/** What is frozen, or for a draft what would be printed today. */
export const factsToPrint = async (
	db: Db,
	actor: Actor,
	paper: Printable,
	now: Date,
	today: CivilDate
): Promise<PaperFacts> =>
	paper.facts ??
	(await previewOf(
		db,
		actor,
		{
			kind: paper.kind,
			classId: paper.class_id,
			unitId: paper.unit_id,
			personId: paper.person_id,
			parts: Object.fromEntries(paper.texts.map(({ key, text }) => [key, text]))
		},
		now,
		today
	));
